#include "results/detail/group_run.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "results/detail/file_rows.hpp"
#include "results/detail/group_parameters.hpp"
#include "results/detail/group_provenance.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/disclaimer.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

using hdf5::read_attribute;
using hdf5::write_attribute;

/// An attribute of the root that is a text of the schema.
struct RootText {
  const char* name;
  std::string Schema::*of;  ///< null: the disclaimer, which is no part of it
  const char* since = nullptr;
};

/// Those behind the format's, in the order of the file.
constexpr RootText root_texts[] = {
    {"title", &Schema::title},
    {"program_version", &Schema::program_version},
    {"git_revision", &Schema::git_revision},
    {"random_generator", &Schema::random_generator},
    {"arithmetic", &Schema::arithmetic, "1.3"},
    {"disclaimer", nullptr},
    {"start_date", &Schema::start_date},
};

}  // namespace

void write_root(hid_t root, const Schema& schema) {
  write_attribute(root, "format", std::string(format_name));
  write_attribute(root, "format_version", std::string(format_version));
  for (const RootText& text : root_texts) {
    write_attribute(root, text.name,
                    text.of != nullptr ? schema.*text.of : std::string(disclaimer));
  }
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
  for (const RootText& text : root_texts) {
    const bool absent = text.since != nullptr && !hdf5::has_attribute(root, text.name);
    if (text.of == nullptr || absent) continue;
    schema.*text.of = read_attribute<std::string>(root, text.name);
  }
  schema.seed = read_attribute<std::uint64_t>(root, "seed");
  schema.horizon = read_attribute<double>(root, "horizon");
  if (!(schema.horizon >= 0 && schema.horizon <= base::longest_horizon)) {
    throw hdf5::Error("attribute 'horizon' is out of range");
  }
  schema.trials = count("trials_planned");
  if (hdf5::has_attribute(root, "trials_kept")) schema.keep = count("trials_kept");
  if (hdf5::has_attribute(root, "trials_first")) run.first = count("trials_first");
  run.trials = count("trials");
  run.failed = count("trials_failed");
  const auto completion = read_attribute<std::string>(root, "completion");
  const auto known = completion_of(completion);
  if (!known) throw hdf5::Error("the completion '" + completion + "' is unknown");
  run.completion = *known;
  read_provenance(root, schema);
  return run;
}

RunSummary read_run(hid_t root) {
  RunSummary run = read_root(root);
  run.schema.parameters = read_run_design(root);
  return run;
}

namespace file_rows {

FileGroup root() {
  using enum StoredType;
  FileGroup group{"/", {}, {{"format", text, format_name}, {"format_version"}}};
  Attributes& attributes = group.attributes;
  for (const RootText& row : root_texts) {
    FileAttribute& attribute = attributes.emplace_back(FileAttribute{.name = row.name});
    if (row.since != nullptr) attribute.since = row.since;
  }
  const Attributes others = {
      {"seed", uint64},
      {"horizon", float64},
      {"trials_planned", int64},
      {"trials", int64},
      {"trials_failed", int64},
      {"completion"},
      {.name = "trials_kept", .type = int64, .when = "with --keep", .since = "1.2"},
      {.name = "trials_first",
       .type = int64,
       .when = "in a shard of a run, or (1.4) with a point in part",
       .since = "1.2"}};
  attributes.insert(attributes.end(), others.begin(), others.end());
  return group;
}

}  // namespace file_rows

}  // namespace truce::results
