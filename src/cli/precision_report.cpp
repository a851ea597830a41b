#include "cli/precision_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/json.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using results::PrecisionGoal;
using results::PrecisionReached;
using results::short_number;

/// The row of the design of each of the file's points; all variants have the same rows.
std::size_t design_row(const results::StudySchema& schema, std::size_t row) {
  return schema.contained[row] % (schema.points.size() / schema.variants.size());
}

/// One of the file's points for each row of the design that it has, or all of them.
std::vector<std::size_t> told_rows(const results::StudySchema& schema) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const bool first = row == 0 || design_row(schema, row) > design_row(schema, rows.back());
    if (!schema.precision->of_difference() || first) rows.push_back(row);
  }
  return rows;
}

std::string goal_text(const PrecisionGoal& goal) {
  std::string text = goal.of_difference()
                         ? fmt::format("difference {} - {} of {}", goal.a, goal.b, goal.outcome)
                         : fmt::format("mean of {}", goal.outcome);
  std::string wanted;
  if (goal.half_width > 0) wanted = fmt::format("within {}", short_number(goal.half_width));
  if (goal.excludes > 0) {
    wanted += fmt::format("{}told from {} and -{}", wanted.empty() ? "" : ", or ",
                          short_number(goal.excludes), short_number(goal.excludes));
  }
  return fmt::format("precision: {},\n  {}, at {} %", text, wanted,
                     short_number(100 * goal.confidence));
}

}  // namespace

std::string precision_text(const results::StudyReader& study, std::size_t most_rows) {
  const results::StudySchema& schema = study.schema();
  if (!schema.precision) return {};
  const auto all = study.precision();
  const auto rows = told_rows(schema);
  const auto reached =
      std::ranges::count_if(rows, [&](std::size_t row) { return all[row].reached; });
  const bool difference = schema.precision->of_difference();
  std::string text =
      fmt::format("{}: reached at {} of {} {}\n", goal_text(*schema.precision), reached,
                  rows.size(), difference ? "rows of the design" : "points");
  if (!difference) return text;
  results::TextTable table({{"row"}, {"pairs"}, {"difference"}, {"interval"}, {"reached"}});
  for (std::size_t i = 0; i < std::min(most_rows, rows.size()); ++i) {
    const PrecisionReached& at = all[rows[i]];
    table.add({std::to_string(design_row(schema, rows[i])), std::to_string(at.count),
               short_number(at.value),
               fmt::format("{} to {}", short_number(at.ci.low), short_number(at.ci.high)),
               at.reached ? "yes" : "no"});
  }
  text += table.text();
  if (rows.size() > most_rows) {
    text += fmt::format("({} more rows; truce show --json tells all)\n", rows.size() - most_rows);
  }
  return text;
}

Json precision_json(const results::StudyReader& study) {
  const results::StudySchema& schema = study.schema();
  if (!schema.precision) return nullptr;
  const PrecisionGoal& goal = *schema.precision;
  Json json{{"outcome", goal.outcome}};
  if (goal.of_difference()) json["difference"] = {goal.a, goal.b};
  if (goal.half_width > 0) json["half_width"] = goal.half_width;
  if (goal.excludes > 0) json["excludes"] = goal.excludes;
  json["confidence"] = goal.confidence;
  json[goal.of_difference() ? "rows" : "points"] = Json::array();
  Json& list = json.back();
  const auto all = study.precision();
  for (const std::size_t row : told_rows(schema)) {
    Json entry;
    if (goal.of_difference()) {
      entry["row"] = design_row(schema, row);
    } else {
      entry["point"] = schema.contained[row];
    }
    entry["count"] = all[row].count;
    entry["value"] = number(all[row].value);
    entry["ci_low"] = number(all[row].ci.low);
    entry["ci_high"] = number(all[row].ci.high);
    entry["reached"] = all[row].reached;
    list.push_back(std::move(entry));
  }
  return json;
}

}  // namespace truce::cli
