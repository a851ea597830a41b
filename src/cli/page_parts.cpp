#include "cli/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "cli/json.hpp"
#include "results/disclaimer.hpp"
#include "results/quantiles.hpp"
#include "scenario/document.hpp"
#include "study/version.hpp"

namespace truce::cli {

namespace {

/// The parameters as the scenario writes them, with what it says of each. What was set is told by
/// its value; a text that is no scenario of this version has none.
Json parameters_json(const results::Schema& schema) {
  scenario::Diagnostics diagnostics;
  const scenario::Node document =
      scenario::parse_document(schema.scenario_yaml, "scenario", diagnostics);
  Json all = Json::array();
  const scenario::Node* const parameters = document.find("parameters");
  if (parameters == nullptr || !parameters->is_mapping()) return all;
  for (const scenario::Node::Entry& entry : parameters->entries) {
    const scenario::Node& node = entry.value;
    std::string value = node.is_scalar() ? node.text : node.text_at("value");
    std::string origin = "scenario";
    const auto of_run =
        std::ranges::find(schema.parameters, entry.key, &results::RunParameter::name);
    if (of_run != schema.parameters.end() && of_run->origin != results::Origin::scenario) {
      origin = results::name_of(of_run->origin);
      if (of_run->origin == results::Origin::set) value = fmt::format("{}", of_run->value + 0.0);
    }
    all.push_back({{"name", entry.key},
                   {"value", value},
                   {"origin", origin},
                   {"prior", node.text_at("prior")},
                   {"unit", node.text_at("unit")},
                   {"summary", node.text_at("summary")},
                   {"source", node.text_at("source")}});
  }
  return all;
}

std::string trimmed(const std::string& text) {
  const auto last = text.find_last_not_of(" \n\r\t");
  return last == std::string::npos ? "" : text.substr(0, last + 1);
}

}  // namespace

PageDays::PageDays(const results::Schema& schema, std::size_t courses) {
  constexpr std::size_t most_numbers = 150'000;  // about a megabyte of text
  constexpr std::size_t most_days = 400;         // more than a figure has pixels for
  const std::size_t all = results::days_of(schema);
  const std::size_t by_day =
      courses * (schema.timelines.size() * (results::quantile_count + 1) + 4);
  const std::size_t most = std::clamp<std::size_t>(most_numbers / std::max<std::size_t>(1, by_day),
                                                   std::size_t{30}, most_days);
  const std::size_t step = (all + most - 1) / most;
  for (std::size_t day = 0; day < all; day += step) days_.push_back(day);
  if (days_.back() != all - 1) days_.push_back(all - 1);
}

Json PageDays::thinned(const std::vector<double>& values) const {
  Json told = Json::array();
  for (const std::size_t day : days_) {
    told.push_back(number(std::strtod(fmt::format("{:.5g}", values.at(day)).c_str(), nullptr)));
  }
  return told;
}

bool is_told(const std::string& outcome) {
  return results::is_of_scenario(outcome) || outcome == "duration";
}

std::vector<std::string> told_outcomes(const results::Schema& schema) {
  std::vector<std::string> names;
  for (const results::Column& column : schema.columns) {
    if (column.kind != results::ColumnKind::category && is_told(column.name)) {
      names.push_back(column.name);
    }
  }
  return names;
}

Json incidence_json(const std::vector<results::Share>& endings, const PageDays& days) {
  Json all = Json::array();
  for (const results::Share& ending : endings) {
    all.push_back(days.thinned(ending.cumulative_incidence));
  }
  return all;
}

Json timeline_json(const results::TimelineSummary& timeline, const PageDays& days) {
  Json quantiles = Json::array();
  for (std::size_t q = 0; q < results::quantile_count; ++q) {
    std::vector<double> by_day;
    for (const results::Quantiles& day : timeline.quantiles) by_day.push_back(day[q]);
    quantiles.push_back(days.thinned(by_day));
  }
  return {{"mean", days.thinned(timeline.mean)}, {"quantiles", std::move(quantiles)}};
}

Json shares_of(const std::vector<results::Share>& shares) {
  Json all = Json::array();
  for (const results::Share& share : shares) {
    all.push_back({{"name", share.label},
                   {"count", share.count},
                   {"probability", number(share.probability)},
                   {"ci", {number(share.ci.low), number(share.ci.high)}}});
  }
  return all;
}

Json common_json(const results::Schema& schema, const PageDays& days) {
  Json columns = Json::array();
  for (const results::Column& column : schema.columns) {
    columns.push_back({{"name", column.name},
                       {"kind", results::name_of(column.kind)},
                       {"unit", column.unit},
                       {"summary", column.summary},
                       {"own", results::is_of_scenario(column.name)}});
  }
  Json timelines = Json::array();
  for (const results::Timeline& timeline : schema.timelines) {
    timelines.push_back(
        {{"name", timeline.name}, {"unit", timeline.unit}, {"summary", timeline.summary}});
  }
  return {
      {"title", schema.title},
      {"summary", trimmed(schema.summary)},
      {"start_date", schema.start_date},
      {"horizon", number(schema.horizon)},
      {"columns", std::move(columns)},
      {"timelines", std::move(timelines)},
      {"days", days.days()},
      {"probabilities", results::quantile_probabilities()},
      {"parameters", parameters_json(schema)},
      {"sources", schema.sources},
      {"scenario_yaml", schema.scenario_yaml},
      {"study_yaml", schema.study_yaml},
      {"provenance",
       {{"command_line", schema.command_line},
        {"build", schema.build},
        {"program_version", schema.program_version},
        {"git_revision", schema.git_revision},
        {"seed", schema.seed},
        {"random_generator", schema.random_generator}}},
      {"made_by", fmt::format("truce {} ({})", study::program_version(), study::git_revision())},
      {"disclaimer", results::disclaimer}};
}

}  // namespace truce::cli
