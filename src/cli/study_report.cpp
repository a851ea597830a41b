#include "cli/study_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/json.hpp"
#include "cli/precision_report.hpp"
#include "results/disclaimer.hpp"
#include "results/study_reader.hpp"
#include "results/summary_text.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using results::OutcomeSummary;

std::vector<std::string> default_outcomes(const results::StudySchema& schema) {
  if (!schema.compared.empty()) return schema.compared;
  for (const results::Column& column : schema.common.columns) {
    if (column.kind != results::ColumnKind::category && column.name != "duration") {
      return {column.name};
    }
  }
  return {"duration"};
}

std::string cell_of(const OutcomeSummary& outcome) {
  if (outcome.count == 0) return "-";
  const std::string mean = outcome.kind == results::ColumnKind::boolean
                               ? results::per_cent(outcome.mean) + " %"
                               : results::short_number(outcome.mean);
  return fmt::format("{} ({})", mean, results::interval_text(outcome));
}

/// What the table cannot say of the points that it shows, in lines that fit the screen.
std::string notes_of(const std::vector<std::vector<OutcomeSummary>>& summaries, std::size_t rows) {
  std::vector<const OutcomeSummary*> shown;
  std::vector<OutcomeSummary> over_points;
  for (const auto& summary : summaries) {
    if (summary.empty()) continue;
    over_points.push_back(summary.front());
    over_points.back().missing = 0;
    for (const OutcomeSummary& outcome : summary) over_points.back().missing += outcome.missing;
    for (std::size_t row = 0; row < rows; ++row) shown.push_back(&summary[row]);
  }
  std::vector<const OutcomeSummary*> over;
  for (const OutcomeSummary& outcome : over_points) over.push_back(&outcome);
  return fitted(results::few_text(shown) + results::missing_text(over));
}

/// "16 of 200" trials of a point; empty where none failed.
std::string failed_at(const results::FailureReport& failures, std::uint32_t point) {
  const auto at = std::ranges::find(failures.points, point, &results::PointFailures::point);
  return at == failures.points.end() ? "" : fmt::format("{} of {}", at->failed, at->trials);
}

/// Which trials these are, where a point is here in part.
std::string stretch_text(const results::StudySchema& schema) {
  if (!schema.stretch) return "";
  return fmt::format("a share of this point: trials {} to {} of {}\n", schema.stretch->first,
                     schema.stretch->end - 1, schema.common.trials);
}

std::vector<std::vector<OutcomeSummary>> summaries_of(const results::StudyReader& study,
                                                      const std::vector<std::string>& outcomes) {
  std::vector<std::vector<OutcomeSummary>> summaries;
  for (const std::string& outcome : outcomes) summaries.push_back(study.summary(outcome));
  return summaries;
}

}  // namespace

Json study_json(const results::StudyReader& study, const std::vector<std::string>& outcomes) {
  const auto summaries = summaries_of(study, outcomes);
  const results::StudySchema& schema = study.schema();
  Json points = Json::array();
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const results::StudyPoint& point = schema.points[schema.contained[row]];
    Json entry{{"point", schema.contained[row]},
               {"variant", schema.variants[point.variant]},
               {"parameters", Json::object()},
               {"outcomes", Json::object()}};
    for (std::size_t j = 0; j < schema.parameters.size(); ++j) {
      entry["parameters"][schema.parameters[j]] = point.values[j];
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const OutcomeSummary& outcome = summaries[i][row];
      entry["outcomes"][outcomes[i]] = {
          {"mean", number(outcome.mean)},       {"ci_low", number(outcome.ci.low)},
          {"ci_high", number(outcome.ci.high)}, {"too_few", results::too_few(outcome)},
          {"sd", number(outcome.sd)},           {"count", outcome.count},
          {"missing", outcome.missing}};
    }
    points.push_back(std::move(entry));
  }
  Json json{{"title", schema.common.title},
            {"design", schema.design},
            {"seed", schema.common.seed},
            {"failures", results::failures_json(results::failures_of(study))},
            {"precision", precision_json(study)},
            {"points", std::move(points)},
            {"disclaimer", results::disclaimer}};
  if (schema.stretch) {
    json["share_of_point"] = {{"first", schema.stretch->first},
                              {"end", schema.stretch->end},
                              {"of", schema.common.trials}};
  }
  return json;
}

void print_study(const std::filesystem::path& file, Format format,
                 std::vector<std::string> outcomes) {
  constexpr std::size_t most_rows = 40;
  const results::StudyReader study(file);
  const results::StudySchema& schema = study.schema();
  if (outcomes.empty()) outcomes = default_outcomes(schema);
  if (format == Format::json) {
    fmt::print("{}\n", study_json(study, outcomes).dump(2));
    return;
  }
  const auto summaries = summaries_of(study, outcomes);
  std::vector<results::TextTable::Heading> headings = {{"point"},
                                                       {"variant", results::Align::left}};
  for (const std::string& parameter : schema.parameters) headings.push_back({parameter});
  for (const std::string& outcome : outcomes) headings.push_back({outcome});
  const results::FailureReport failures = results::failures_of(study);
  if (failures.failed > 0) headings.push_back({"failed"});
  results::TextTable table(headings, 2);
  const std::size_t rows = std::min(most_rows, schema.contained.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const results::StudyPoint& point = schema.points[schema.contained[row]];
    std::vector<std::string> cells = {std::to_string(schema.contained[row]),
                                      schema.variants[point.variant]};
    for (const double value : point.values) cells.push_back(results::short_number(value));
    for (const auto& summary : summaries) cells.push_back(cell_of(summary[row]));
    if (failures.failed > 0) cells.push_back(failed_at(failures, schema.contained[row]));
    table.add(std::move(cells));
  }
  fmt::print("{}\n{} point{} of {}, {}; seed {}; means with 95 % intervals\n{}{}\n{}",
             fitted(schema.common.title), schema.contained.size(),
             schema.contained.size() == 1 ? "" : "s", schema.points.size(), schema.design,
             schema.common.seed, stretch_text(schema), results::failures_text(failures),
             table.text(screen_columns()));
  if (rows < schema.contained.size()) {
    fmt::print("({} more points; truce show --json tells all)\n", schema.contained.size() - rows);
  }
  fmt::print("{}", notes_of(summaries, rows));
  if (const std::string text = precision_text(study, most_rows); !text.empty()) {
    fmt::print("\n{}", text);
  }
  fmt::print("\n{}\n", results::disclaimer);
}

}  // namespace truce::cli
