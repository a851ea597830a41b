#include "results/detail/group_provenance.hpp"

#include <numeric>
#include <span>

#include "results/detail/file_rows.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

namespace {

/// A variable of the group that is a text of the schema.
struct ProvenanceText {
  const char* name;
  std::string Schema::*of;
};

constexpr ProvenanceText provenance_texts[] = {
    {"scenario_yaml", &Schema::scenario_yaml},
    {"study_yaml", &Schema::study_yaml},
    {"command_line", &Schema::command_line},
    {"build", &Schema::build},
    {"summary", &Schema::summary},
};

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

}  // namespace

void write_provenance(hid_t root, const Schema& schema) {
  const netcdf::Group group(root, "provenance");
  for (const ProvenanceText& text : provenance_texts) group.text(text.name, schema.*text.of);
  netcdf::Group sources(root, "provenance/sources");
  std::vector<std::int32_t> numbers;
  for (std::size_t i = 1; i <= schema.sources.size(); ++i) {
    numbers.push_back(static_cast<std::int32_t>(i));
  }
  sources.coordinate<std::int32_t>("source", numbers);
  sources.variable<std::string>("reference", {"source"}, schema.sources);
  write_inputs(root, schema.inputs);
}

void read_provenance(hid_t root, Schema& schema) {
  const hdf5::Handle provenance = hdf5::open_group(root, "provenance");
  for (const ProvenanceText& text : provenance_texts) {
    schema.*text.of = hdf5::read_text(provenance.id(), text.name);
  }
  const hdf5::Handle sources = hdf5::open_group(provenance.id(), "sources");
  schema.sources = hdf5::read<std::string>(sources.id(), "reference");
  schema.inputs = read_inputs(provenance.id());
}

namespace file_rows {

std::vector<FileGroup> provenance() {
  using enum StoredType;
  FileGroup group{"/provenance", {}};
  for (const ProvenanceText& row : provenance_texts)
    group.variables.push_back({row.name, {}, text});
  return {group,
          {"/provenance/sources", {coordinate("source", int32), {"reference", {"source"}, text}}},
          {.path = "/provenance/inputs",
           .variables = {coordinate("input", int32),
                         coordinate("row", int64),
                         {"file", {"input"}, text},
                         {"column", {"input"}, text},
                         {"rows", {"input"}, int64},
                         {"values", {"row"}, float64}},
           .when = "where tables were read",
           .since = "1.1"},
          {.path = "/provenance/variants",
           .variables = {coordinate("variant", text), {"scenario_yaml", {"variant"}, text}},
           .files = Files::studies,
           .since = "1.1"}};
}

}  // namespace file_rows

}  // namespace truce::results
