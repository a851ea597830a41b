#include "results/detail/group_run.hpp"

#include <fmt/format.h>

#include <numeric>
#include <span>

#include "results/detail/group_parameters.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"
#include "results/disclaimer.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

using hdf5::read_attribute;
using hdf5::write_attribute;

/// The tables' columns one behind the other, with the number of rows of each.
void write_inputs(hid_t root, const std::vector<Input>& inputs) {
  if (inputs.empty()) return;
  std::vector<std::int32_t> numbers;
  std::vector<std::string> files, columns;
  std::vector<std::int64_t> rows;
  std::vector<double> values;
  for (const Input& input : inputs) {
    numbers.push_back(static_cast<std::int32_t>(numbers.size() + 1));
    files.push_back(input.file);
    columns.push_back(input.column);
    rows.push_back(static_cast<std::int64_t>(input.values.size()));
    values.insert(values.end(), input.values.begin(), input.values.end());
  }
  std::vector<std::int64_t> places(values.size());
  std::iota(places.begin(), places.end(), 0);
  netcdf::Group group(root, "provenance/inputs");
  group.coordinate<std::int32_t>("input", numbers);
  group.coordinate<std::int64_t>("row", places);
  group.variable<std::string>("file", {"input"}, files);
  group.variable<std::string>("column", {"input"}, columns);
  group.variable<std::int64_t>("rows", {"input"}, rows);
  group.variable<double>("values", {"row"}, values);
}

std::vector<Input> read_inputs(hid_t provenance) {
  std::vector<Input> inputs;
  if (!hdf5::has_member(provenance, "inputs")) return inputs;
  const hdf5::Handle group = hdf5::open_group(provenance, "inputs");
  const auto files = hdf5::read<std::string>(group.id(), "file");
  const auto columns = hdf5::read<std::string>(group.id(), "column", {files.size()});
  const auto rows = hdf5::read<std::int64_t>(group.id(), "rows", {files.size()});
  const auto values = hdf5::read<double>(group.id(), "values");
  auto rest = std::span(values);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (rows[i] < 0 || static_cast<std::size_t>(rows[i]) > rest.size()) {
      throw hdf5::Error("/provenance/inputs has fewer values than rows");
    }
    const auto own = rest.first(static_cast<std::size_t>(rows[i]));
    rest = rest.subspan(own.size());
    inputs.push_back({files[i], columns[i], {own.begin(), own.end()}});
  }
  return inputs;
}

void write_provenance(hid_t root, const Schema& schema) {
  const netcdf::Group group(root, "provenance");
  group.text("scenario_yaml", schema.scenario_yaml);
  group.text("study_yaml", schema.study_yaml);
  group.text("command_line", schema.command_line);
  group.text("build", schema.build);
  group.text("summary", schema.summary);
  netcdf::Group sources(root, "provenance/sources");
  std::vector<std::int32_t> numbers;
  for (std::size_t i = 1; i <= schema.sources.size(); ++i) {
    numbers.push_back(static_cast<std::int32_t>(i));
  }
  sources.coordinate<std::int32_t>("source", numbers);
  sources.variable<std::string>("reference", {"source"}, schema.sources);
  write_inputs(root, schema.inputs);
}

Completion completion_of(const std::string& name) {
  for (const Completion completion :
       {Completion::complete, Completion::precise, Completion::interrupted, Completion::shard}) {
    if (name == name_of(completion)) return completion;
  }
  throw hdf5::Error("the completion '" + name + "' is unknown");
}

}  // namespace

void write_root(hid_t root, const Schema& schema) {
  const auto text = [&](const char* name, std::string_view value) {
    write_attribute(root, name, std::string(value));
  };
  text("format", format_name);
  text("format_version", format_version);
  text("title", schema.title);
  text("program_version", schema.program_version);
  text("git_revision", schema.git_revision);
  text("random_generator", schema.random_generator);
  text("arithmetic", schema.arithmetic);
  text("disclaimer", disclaimer);
  text("start_date", schema.start_date);
  write_attribute(root, "seed", schema.seed);
  write_attribute(root, "horizon", schema.horizon);
  write_attribute(root, "trials_planned", static_cast<std::int64_t>(schema.trials));
  if (schema.keep) write_attribute(root, "trials_kept", static_cast<std::int64_t>(*schema.keep));
  write_provenance(root, schema);
}

void write_run(hid_t root, const Schema& schema) {
  write_root(root, schema);
  write_run_design(root, schema.parameters);
}

void write_outcome_of_run(hid_t root, std::uint64_t trials, std::uint64_t failed,
                          Completion completion) {
  write_attribute(root, "trials", static_cast<std::int64_t>(trials));
  write_attribute(root, "trials_failed", static_cast<std::int64_t>(failed));
  write_attribute(root, "completion", std::string(name_of(completion)));
}

void write_first_trial(hid_t root, std::uint64_t first) {
  write_attribute(root, "trials_first", static_cast<std::int64_t>(first));
}

void require_format(hid_t root) {
  if (!hdf5::has_attribute(root, "format") ||
      read_attribute<std::string>(root, "format") != format_name) {
    throw hdf5::Error("is not a file of results of truce");
  }
  const auto version = read_attribute<std::string>(root, "format_version");
  const std::string_view readable = format_version;
  const auto major = [](std::string_view text) { return text.substr(0, text.find('.')); };
  if (major(version) != major(readable)) {
    throw hdf5::Error(
        fmt::format("has format version {}; this program reads {}.x", version, major(readable)));
  }
}

std::string design_kind(hid_t root) {
  const hdf5::Handle design = hdf5::open_group(root, "design");
  return read_attribute<std::string>(design.id(), "kind");
}

bool is_kind_of_run(const std::string& kind) {
  return kind == plain_run || kind == uncertain_run;
}

void require_run(hid_t root) {
  require_format(root);
  if (const auto kind = design_kind(root); !is_kind_of_run(kind)) {
    throw hdf5::Error(fmt::format("is of a study ({}), not of a run", kind));
  }
}

RunSummary read_root(hid_t root) {
  RunSummary run;
  Schema& schema = run.schema;
  const auto count = [&](const char* name) {
    const auto value = read_attribute<std::int64_t>(root, name);
    if (value < 0) throw hdf5::Error(fmt::format("attribute '{}' is negative", name));
    return static_cast<std::uint64_t>(value);
  };
  schema.title = read_attribute<std::string>(root, "title");
  schema.program_version = read_attribute<std::string>(root, "program_version");
  schema.git_revision = read_attribute<std::string>(root, "git_revision");
  schema.random_generator = read_attribute<std::string>(root, "random_generator");
  if (hdf5::has_attribute(root, "arithmetic")) {
    schema.arithmetic = read_attribute<std::string>(root, "arithmetic");
  }
  schema.start_date = read_attribute<std::string>(root, "start_date");
  schema.seed = read_attribute<std::uint64_t>(root, "seed");
  schema.horizon = read_attribute<double>(root, "horizon");
  if (!(schema.horizon >= 0 && schema.horizon <= longest_horizon)) {
    throw hdf5::Error("attribute 'horizon' is out of range");
  }
  schema.trials = count("trials_planned");
  if (hdf5::has_attribute(root, "trials_kept")) schema.keep = count("trials_kept");
  if (hdf5::has_attribute(root, "trials_first")) run.first = count("trials_first");
  run.trials = count("trials");
  run.failed = count("trials_failed");
  run.completion = completion_of(read_attribute<std::string>(root, "completion"));

  const hdf5::Handle provenance = hdf5::open_group(root, "provenance");
  schema.scenario_yaml = hdf5::read_text(provenance.id(), "scenario_yaml");
  schema.study_yaml = hdf5::read_text(provenance.id(), "study_yaml");
  schema.command_line = hdf5::read_text(provenance.id(), "command_line");
  schema.build = hdf5::read_text(provenance.id(), "build");
  schema.summary = hdf5::read_text(provenance.id(), "summary");
  const hdf5::Handle sources = hdf5::open_group(provenance.id(), "sources");
  schema.sources = hdf5::read<std::string>(sources.id(), "reference");
  schema.inputs = read_inputs(provenance.id());
  return run;
}

RunSummary read_run(hid_t root) {
  RunSummary run = read_root(root);
  run.schema.parameters = read_run_design(root);
  return run;
}

}  // namespace truce::results
