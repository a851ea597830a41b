#include "results/detail/group_trials.hpp"

#include <algorithm>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/trial_columns.hpp"

namespace truce::results {

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; std::getline(stream, word, ' ');) words.push_back(word);
  return words;
}

Column column_of(const hdf5::Dataset& dataset, const std::string& name) {
  Column column{.name = name};
  column.unit = hdf5::read_attribute<std::string>(dataset.id(), "units");
  if (hdf5::has_attribute(dataset.id(), "long_name")) {
    column.summary = hdf5::read_attribute<std::string>(dataset.id(), "long_name");
  }
  column.event_time = hdf5::has_attribute(dataset.id(), "missing");
  column.until_ending = hdf5::has_attribute(dataset.id(), "until");
  if (dataset.kind() == hdf5::Kind::text) {
    throw hdf5::Error("'" + name + "' is of an unexpected type");
  }
  if (dataset.kind() == hdf5::Kind::real) {
    column.kind = ColumnKind::real;
  } else if (dataset.width() > 1) {
    column.kind = ColumnKind::integer;
  } else if (!hdf5::has_attribute(dataset.id(), "flag_meanings")) {
    column.kind = ColumnKind::boolean;
  } else {
    column.kind = ColumnKind::category;
    column.labels = words_of(hdf5::read_attribute<std::string>(dataset.id(), "flag_meanings"));
    if (column.labels.size() < 2) throw hdf5::Error("the category '" + name + "' has no labels");
    column.labels.erase(column.labels.begin());  // of failed trials
  }
  return column;
}

}  // namespace

std::vector<Column> read_columns(hid_t root, const std::vector<hsize_t>& shape) {
  const hdf5::Handle group = hdf5::open_group(root, "trials");
  const hdf5::Handle summary = hdf5::open_group(root, "summary");
  auto own = hdf5::read<std::string>(summary.id(), "outcome");
  own.insert(own.end(), {"point", "trial", "status", "ending", "cause"});
  std::vector<Column> columns;
  for (const std::string& name : hdf5::members(group.id())) {
    if (std::ranges::find(own, name) == own.end()) continue;  // put there by a user
    const hdf5::Dataset dataset(group.id(), name);
    const bool axis = name == "point" || name == "trial";
    if (axis ? dataset.shape().size() != 1 : dataset.shape() != shape) {
      throw hdf5::Error("'" + name + "' has an unexpected shape");
    }
    if (!axis && name != "status") columns.push_back(column_of(dataset, name));
  }
  return columns;
}

std::vector<double> read_column(hid_t root, const Column& column, std::uint64_t trials) {
  const hdf5::Handle group = hdf5::open_group(root, "trials");
  if (column.kind == ColumnKind::real) {
    return hdf5::read<double>(group.id(), column.name, {trials});
  }
  return numbers_of(column, hdf5::read<std::int32_t>(group.id(), column.name, {trials}));
}

StoredValues read_stored(hid_t root, const Column& column, const std::vector<hsize_t>& shape) {
  const hdf5::Handle group = hdf5::open_group(root, "trials");
  switch (column.kind) {
    case ColumnKind::real:
      return hdf5::read<double>(group.id(), column.name, shape);
    case ColumnKind::integer:
      return hdf5::read<std::int32_t>(group.id(), column.name, shape);
    case ColumnKind::boolean:
    case ColumnKind::category:
      return hdf5::read<std::int8_t>(group.id(), column.name, shape);
  }
  throw std::logic_error("a column has no kind");
}

std::vector<double> numbers_of(const Column& column, const std::vector<std::int32_t>& values) {
  const std::int32_t failed = column.kind == ColumnKind::integer ? failed_integer : failed_code;
  std::vector<double> result;
  result.reserve(values.size());
  for (const std::int32_t value : values) {
    const auto labels = static_cast<std::int32_t>(column.labels.size());
    if (column.kind == ColumnKind::category && (value < failed_code || value >= labels)) {
      throw hdf5::Error("'" + column.name + "' has a code without a label");
    }
    result.push_back(value == failed ? std::numeric_limits<double>::quiet_NaN() : value);
  }
  return result;
}

std::vector<Status> read_status(hid_t root, const std::vector<hsize_t>& shape) {
  const hdf5::Handle group = hdf5::open_group(root, "trials");
  std::vector<Status> result;
  for (const std::int8_t code : hdf5::read<std::int8_t>(group.id(), "status", shape)) {
    if (code != 0 && code != 1) throw hdf5::Error("'status' has a code without a label");
    result.push_back(static_cast<Status>(code));
  }
  return result;
}

}  // namespace truce::results
