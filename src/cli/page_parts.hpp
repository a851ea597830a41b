#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "results/schema.hpp"
#include "results/summary.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::cli {

/// Which days of a course are told: as many as keep a page of many courses small.
class PageDays {
 public:
  /// For so many courses of all timelines.
  PageDays(const results::Schema& schema, std::size_t courses);
  [[nodiscard]] const std::vector<std::size_t>& days() const { return days_; }
  /// These days of a row of numbers, to five digits: they are drawn.
  [[nodiscard]] nlohmann::ordered_json thinned(const std::vector<double>& values) const;

 private:
  std::vector<std::size_t> days_;
};

/// Outcomes that a page tells: those that the scenario names, and the duration.
bool is_told(const std::string& outcome);
std::vector<std::string> told_outcomes(const results::Schema& schema);

/// How the endings came by day, in their order.
nlohmann::ordered_json incidence_json(const std::vector<results::Share>& endings,
                                      const PageDays& days);
/// Mean and quantiles by day.
nlohmann::ordered_json timeline_json(const results::TimelineSummary& timeline,
                                     const PageDays& days);
/// As `show --json` tells them.
nlohmann::ordered_json shares_of(const std::vector<results::Share>& shares);

/// What does not depend on the kind of results: title, columns, timelines, parameters with their
/// sources, texts, provenance.
nlohmann::ordered_json common_json(const results::Schema& schema, const PageDays& days);

}  // namespace truce::cli
