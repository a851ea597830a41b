#include <fmt/format.h>

#include <span>
#include <type_traits>

#include "results/detail/file_rows.hpp"
#include "results/detail/group_summary.hpp"

namespace truce::results::file_rows {

namespace {

using enum StoredType;

FileVariable days() {
  return coordinate("day", int32, {units("day")});
}

FileVariable quantiles() {
  return coordinate("quantile", float64);
}

template <class Item>
StoredType type_of(const Field<Item>& field) {
  return std::visit(
      []<class T>(T& (*)(Item&)) {
        if constexpr (std::is_same_v<Stored<T>, double>) return float64;
        return std::is_same_v<Stored<T>, std::int8_t> ? int8 : int64;
      },
      field.of);
}

/// Behind the others of a group, what it holds of every item along an axis.
template <class Item>
Variables with_fields(Variables variables, const std::vector<std::string>& axes, Files files,
                      std::span<const Field<Item>> fields) {
  for (const Field<Item>& field : fields) {
    FileVariable& variable =
        variables.emplace_back(FileVariable{.name = field.name, .axes = axes, .files = files});
    variable.type = type_of(field);
    if (field.inner != nullptr) variable.axes.emplace_back(field.inner);
    if (field.since != nullptr) variable.since = field.since;
    if (field.when != nullptr) variable.when = field.when;
    if (field.when == with_controls) variable.files = Files::runs;
    if (variable.type == int8) variable.attributes.push_back({"dtype", text, "bool"});
  }
  return variables;
}

FileGroup summary() {
  FileGroup group{
      "/summary",
      with_fields<OutcomeSummary>(
          {points(), coordinate("outcome", text), quantiles(), {"unit", {"outcome"}, text}},
          {"outcome"}, Files::all_by_point, summary_fields())};
  for (const char* name : {"trials", "trials_failed"}) {
    group.variables.push_back({.name = name,
                               .axes = {"point"},
                               .type = int64,
                               .files = Files::studies,
                               .when = "with --keep",
                               .since = "1.2"});
  }
  return group;
}

FileGroup shares(const std::string& axis) {
  return {"/" + axis + "s", with_fields<Share>({points(), coordinate(axis, text), days()}, {axis},
                                               Files::all_by_point, share_fields())};
}

FileGroup precision() {
  return {.path = "/precision",
          .variables = with_fields<PrecisionReached>({points()}, {"point"}, Files::studies,
                                                     precision_fields()),
          .attributes = precision_goal(),
          .files = Files::studies,
          .when = "where the study asks for precision"};
}

void add_distributions(std::vector<FileGroup>& groups) {
  const auto of_kind = [](const char* kind, Variables variables, Attributes attributes) {
    return FileGroup{"/distributions/OUTCOME", std::move(variables), std::move(attributes),
                     Files::runs, kind};
  };
  groups.push_back({.path = "/distributions", .variables = {}, .files = Files::runs});
  groups.push_back(of_kind("a whole number, or a yes or no",
                           {coordinate("value", int32, {units()}), {"counts", {"value"}, int64}},
                           {}));
  groups.push_back(of_kind("a real",
                           {coordinate("bin", float64, {units()}),
                            coordinate("edge", int32),
                            {"counts", {"bin"}, int64},
                            {"edges", {"edge"}, float64, {units()}}},
                           {{"infinite", int64}}));
}

void add_timelines(std::vector<FileGroup>& groups) {
  const auto timeline = [](const char* statistic, std::vector<std::string> axes) {
    return FileVariable{fmt::format("NAME.{}", statistic),
                        std::move(axes),
                        float64,
                        {units(), {"statistic", text, statistic}, long_name()},
                        Files::all_by_point};
  };
  FileVariable mean = timeline("mean", {"day"});
  mean.attributes.push_back({"values"});
  FileVariable of_quantiles = timeline("quantiles", {"day", "quantile"});
  of_quantiles.attributes.push_back({"relative_error", float64, {}, {}, Files::runs});
  of_quantiles.attributes.push_back(
      {"counts", text, {}, "where whole numbers could not be counted", Files::runs});
  FileGroup group{"/timelines",
                  {points(),
                   days(),
                   quantiles(),
                   {.name = "date",
                    .axes = {"day"},
                    .type = int32,
                    .attributes = {units(), {"calendar", text, "proleptic_gregorian"}},
                    .when = "where there is a start between 1700 and 2200"},
                   mean,
                   timeline("sd", {"day"}),
                   of_quantiles}};
  for (const char* name : {"mean_controlled", "se_controlled", "gain"}) {
    FileVariable& variable = group.variables.emplace_back(timeline(name, {"day"}));
    variable.files = Files::runs;
    variable.when = with_controls;
    variable.since = "1.4";
  }
  groups.push_back(std::move(group));
  groups.push_back({.path = "/timelines/counts", .variables = {}, .files = Files::runs});
  groups.push_back({.path = "/timelines/counts/NAME",
                    .variables = {days(),
                                  coordinate("value", int64, {units()}),
                                  {"counts", {"day", "value"}, int64}},
                    .files = Files::runs,
                    .when = "of whole numbers"});
}

}  // namespace

std::vector<FileGroup> statistics() {
  std::vector<FileGroup> groups = {summary()};
  add_distributions(groups);
  for (const FileGroup& group : {shares("ending"), shares("cause"), precision()})
    groups.push_back(group);
  add_timelines(groups);
  return groups;
}

}  // namespace truce::results::file_rows
