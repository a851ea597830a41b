#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "results/detail/group_run.hpp"
#include "results/file_table.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

using Json = nlohmann::ordered_json;

/// "; in runs; where trials failed; since 1.1": what is not always so where its owner is.
std::string conditions(Files owner, Files files, const std::string& when,
                       const std::string& since) {
  std::string result;
  if (files != owner && files == Files::runs) result += "; in runs";
  if (files != owner && files == Files::studies) result += "; in studies";
  if (!when.empty()) result += "; " + when;
  if (since != "1.0") result += "; since " + since;
  return result;
}

std::string typed(const FileAttribute& attribute) {
  return name_of(attribute.type) + (attribute.list ? "[]" : "");
}

std::string line_of(const FileAttribute& attribute, Files owner) {
  std::string line = fmt::format("@{} {}", attribute.name, typed(attribute));
  if (!attribute.value.empty()) line += " = " + attribute.value;
  return line + conditions(owner, attribute.files, attribute.when, attribute.since) + "\n";
}

std::string line_of(const FileVariable& variable, Files owner) {
  const char* point = variable.files != Files::all_by_point ? ""
                      : variable.axes.empty()               ? "(point)"
                                                            : "(point,) ";
  return fmt::format("{} [{}{}] {}{}\n", variable.name, point, fmt::join(variable.axes, ", "),
                     name_of(variable.type),
                     conditions(owner, variable.files, variable.when, variable.since));
}

Json kinds_of(Files files) {
  Json kinds = Json::array();
  if (files != Files::studies) kinds.push_back("run");
  if (files != Files::runs) kinds.push_back("study");
  return kinds;
}

void add_when(Json& json, const std::string& when) {
  if (!when.empty()) json["when"] = when;
}

Json as_json(const std::vector<FileAttribute>& attributes) {
  Json all = Json::array();
  for (const FileAttribute& attribute : attributes) {
    Json json = {{"name", attribute.name}, {"type", typed(attribute)}};
    if (!attribute.value.empty()) json["value"] = attribute.value;
    json["in"] = kinds_of(attribute.files);
    json["since"] = attribute.since;
    add_when(json, attribute.when);
    all.push_back(std::move(json));
  }
  return all;
}

Json as_json(const FileVariable& variable) {
  Json json = {{"name", variable.name}, {"type", name_of(variable.type)}};
  for (const auto& kind : kinds_of(variable.files)) {
    std::vector<std::string> axes = variable.axes;
    if (variable.files == Files::all_by_point && kind == "study")
      axes.insert(axes.begin(), "point");
    json["axes"][kind.get<std::string>()] = axes;
  }
  json["since"] = variable.since;
  add_when(json, variable.when);
  json["attributes"] = as_json(variable.attributes);
  return json;
}

}  // namespace

std::string name_of(StoredType type) {
  switch (type) {
    case StoredType::float64:
      return "float64";
    case StoredType::int8:
      return "int8";
    case StoredType::int32:
      return "int32";
    case StoredType::int64:
      return "int64";
    case StoredType::uint64:
      return "uint64";
    case StoredType::text:
      return "text";
  }
  return {};
}

std::string file_table_text(std::size_t columns) {
  std::string text = wrapped(
      fmt::format("{} {}: groups, then their variables NAME [AXES] TYPE and attributes @NAME TYPE. "
                  "(point) is an axis in files of studies only. Words in capitals stand for names "
                  "of the scenario or study. All float64 but axes have @{} = NaN.\n",
                  format_name, format_version, fill_value),
      0, columns);
  for (const FileGroup& group : file_table()) {
    text += "\n" + wrapped(group.path +
                               conditions(Files::all, group.files, group.when, group.since) + "\n",
                           6, columns);
    for (const FileAttribute& attribute : group.attributes) {
      text += wrapped("  " + line_of(attribute, group.files), 6, columns);
    }
    for (const FileVariable& variable : group.variables) {
      text += wrapped("  " + line_of(variable, group.files), 6, columns);
      for (const FileAttribute& attribute : variable.attributes) {
        if (attribute.name == fill_value) continue;
        text += wrapped("    " + line_of(attribute, variable.files), 8, columns);
      }
    }
  }
  return text;
}

std::string file_table_json() {
  Json groups = Json::array();
  for (const FileGroup& group : file_table()) {
    Json json = {{"path", group.path}, {"in", kinds_of(group.files)}, {"since", group.since}};
    add_when(json, group.when);
    json["attributes"] = as_json(group.attributes);
    json["variables"] = Json::array();
    for (const FileVariable& variable : group.variables) {
      json["variables"].push_back(as_json(variable));
    }
    groups.push_back(std::move(json));
  }
  const Json all = {
      {"format", format_name}, {"format_version", format_version}, {"groups", groups}};
  return all.dump(2) + "\n";
}

}  // namespace truce::results
