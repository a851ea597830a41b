#include "results/file_table.hpp"

#include <fmt/format.h>

#include <utility>

#include "results/detail/file_rows.hpp"
#include "results/detail/trial_columns.hpp"

namespace truce::results {

namespace {

using enum StoredType;
using file_rows::Attributes;
using file_rows::coordinate;
using file_rows::points;
using file_rows::units;

FileGroup design() {
  const auto of_study = [](const char* name, StoredType type = text) {
    return FileAttribute{.name = name, .type = type, .files = Files::studies};
  };
  FileAttribute setting = of_study("setting_SETTING", float64);
  setting.when = "where the design has it";
  return {"/design",
          {points(),
           coordinate("parameter", text),
           {"variant", {"point"}, text, {}, Files::studies},
           {"value", {"parameter"}, float64, {}, Files::all_by_point},
           {"unit_value",
            {"point", "parameter"},
            float64,
            {},
            Files::studies,
            "where the design samples"},
           {"origin", {"parameter"}, text, {}, Files::runs, {}, "1.1"}},
          {{"kind"},
           of_study("points", int64),
           of_study("variants"),
           of_study("against"),
           of_study("compared"),
           setting}};
}

FileGroup parameters() {
  return {.path = "/parameters",
          .variables = {coordinate("trial", int64), {"NAME", {"trial"}, float64}},
          .files = Files::runs,
          .when = "where parameters are drawn",
          .since = "1.1"};
}

/// A category's codes and their labels.
Attributes codes() {
  return {{.name = "flag_values", .type = int8, .list = true}, {"flag_meanings"}};
}

/// What holds a value of every trial: an outcome of that kind.
FileVariable column(const std::string& name, ColumnKind kind, const std::string& when) {
  FileVariable variable{
      name, {"trial"}, int8, {units(), file_rows::long_name()}, Files::all_by_point, when};
  const auto add = [&](FileAttribute attribute) {
    variable.attributes.push_back(std::move(attribute));
  };
  const std::string failed = fmt::format("{}", failed_code);
  switch (kind) {
    case ColumnKind::real:
      variable.type = float64;
      break;
    case ColumnKind::integer:
      variable.type = int32;
      add({"failed_value", int32, fmt::format("{}", failed_integer)});
      break;
    case ColumnKind::boolean:
      add({"failed_value", int8, failed});
      add({"dtype", text, "bool"});
      break;
    case ColumnKind::category:
      add({"failed_value", int8, failed});
      for (FileAttribute& attribute : codes()) add(std::move(attribute));
      break;
  }
  return variable;
}

FileGroup trials() {
  Attributes of_status = codes();
  of_status.insert(of_status.begin(), units("1"));
  FileVariable real = column("OUTCOME", ColumnKind::real, "a real");
  real.attributes.push_back({.name = "missing",
                             .value = "never",
                             .when = "where it is the time at which something first came",
                             .since = "1.1"});
  const FileAttribute until{.name = "until",
                            .value = "ending",
                            .when = "where it is a sum or count up to each trial's own ending",
                            .since = "1.1"};
  FileVariable whole = column("OUTCOME", ColumnKind::integer, "a whole number");
  real.attributes.push_back(until);
  whole.attributes.push_back(until);
  return {"/trials",
          {points(),
           coordinate("trial", int64),
           {"status", {"trial"}, int8, of_status, Files::all_by_point},
           column("ending", ColumnKind::category, {}),
           column("cause", ColumnKind::category, {}),
           column("duration", ColumnKind::real, {}),
           real,
           whole,
           column("OUTCOME", ColumnKind::boolean, "a yes or no")}};
}

FileVariable of_control_variates(const char* name, const char* axis, StoredType type) {
  return {.name = name,
          .axes = {axis},
          .type = type,
          .files = Files::runs,
          .when = "of runs with control variates",
          .since = "1.3"};
}

FileGroup state() {
  return {.path = "/state",
          .variables = {coordinate("byte", int64),
                        {"statistics", {"byte"}, int8},
                        of_control_variates("control", "control", text),
                        of_control_variates("rounded", "rounded", int64),
                        of_control_variates("rounded_around", "rounded", float64),
                        of_control_variates("rounded_steps", "rounded", float64)},
          .when = "in a shard of a run, or (1.4) with a point in part, or where it was interrupted",
          .since = "1.2"};
}

/// What is in all files that have its owner is in no others.
void confine(Attributes& attributes, Files owner) {
  if (owner == Files::all_by_point) return;
  for (FileAttribute& attribute : attributes) {
    if (attribute.files == Files::all) attribute.files = owner;
  }
}

std::vector<FileGroup> made() {
  std::vector<FileGroup> groups = {file_rows::root()};
  for (FileGroup& group : file_rows::provenance()) groups.push_back(std::move(group));
  for (const FileGroup& group : {design(), parameters(), trials()}) groups.push_back(group);
  for (FileGroup& group : file_rows::statistics()) groups.push_back(std::move(group));
  for (const FileGroup& group :
       {file_rows::failures(), file_rows::chronicle(), state(), file_rows::turning_points()}) {
    groups.push_back(group);
  }
  for (FileGroup& group : file_rows::conditioned()) groups.push_back(std::move(group));
  for (FileGroup& group : groups) {
    confine(group.attributes, group.files);
    for (FileVariable& variable : group.variables) {
      if (variable.files == Files::all) variable.files = group.files;
      // As every variable of reals gets it where it is made.
      if (variable.type == float64 && !variable.is_coordinate()) {
        variable.attributes.push_back({fill_value, float64, "NaN"});
      }
      confine(variable.attributes, variable.files);
    }
  }
  return groups;
}

}  // namespace

namespace file_rows {

FileAttribute units(const std::string& value) {
  return {"units", text, value};
}

FileAttribute long_name() {
  return {"long_name", text, {}, "where it has a summary"};
}

FileVariable coordinate(const std::string& axis, StoredType type, Attributes attributes) {
  return {axis, {axis}, type, std::move(attributes)};
}

FileVariable points() {
  FileVariable variable = coordinate("point", int32);
  variable.files = Files::studies;
  return variable;
}

}  // namespace file_rows

const std::vector<FileGroup>& file_table() {
  static const std::vector<FileGroup> table = made();
  return table;
}

}  // namespace truce::results
