#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "results/detail/utf8.hpp"
#include "results/failures.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

constexpr std::size_t most_listed = 8;

/// The reasons of all points together, the most frequent first.
std::vector<Failure> reasons_of(const FailureReport& report) {
  std::vector<Failure> all;
  for (const PointFailures& point : report.points) {
    for (const Failure& failure : point.failures) {
      const auto known = std::ranges::find(all, failure.reason, &Failure::reason);
      if (known == all.end()) {
        all.push_back(failure);
      } else {
        known->count += failure.count;
      }
    }
  }
  std::ranges::stable_sort(all, std::greater{}, &Failure::count);
  return all;
}

/// "and 3 more" for what a list leaves out.
std::string rest_of(std::size_t size) {
  return size > most_listed ? fmt::format(" and {} more", size - most_listed) : "";
}

std::string points_text(const FailureReport& report) {
  std::vector<PointFailures> points = report.points;
  std::ranges::stable_sort(points, std::greater{}, &PointFailures::failed);
  const std::size_t listed = std::min(points.size(), most_listed);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < listed; ++i) {
    parts.push_back(
        fmt::format("{} ({} of {})", points[i].point, points[i].failed, points[i].trials));
  }
  return fmt::format("at {} of {} points: {}{}", points.size(), report.points_in_all,
                     fmt::join(parts, ", "), rest_of(points.size()));
}

}  // namespace

std::string failures_text(const FailureReport& report, const std::string& whose) {
  if (report.failed == 0) return {};
  std::string text = fmt::format(
      "warning: {}{} of {} trials failed; they are left out, and the others are no fair sample\n",
      whose.empty() ? "" : printable(whose) + ": ", report.failed, report.trials);
  const auto reasons = reasons_of(report);
  const std::size_t listed = std::min(reasons.size(), most_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    text += fmt::format("{} trial{}: {}", reasons[i].count, reasons[i].count == 1 ? "" : "s",
                        printable(reasons[i].reason)) +
            "\n";
  }
  if (reasons.size() > listed)
    text += fmt::format("and {} more reasons\n", reasons.size() - listed);
  if (report.points_in_all > 1) text += points_text(report) + "\n";
  return wrapped(text, 2);
}

nlohmann::ordered_json failures_json(const FailureReport& report) {
  using Json = nlohmann::ordered_json;
  Json points = Json::array();
  for (const PointFailures& point : report.points) {
    Json reasons = Json::array();
    for (const Failure& failure : point.failures) {
      reasons.push_back({{"reason", failure.reason},
                         {"count", failure.count},
                         {"first_trial", failure.first_trial},
                         {"message", failure.message}});
    }
    points.push_back({{"point", point.point},
                      {"trials", point.trials},
                      {"failed", point.failed},
                      {"reasons", std::move(reasons)}});
  }
  return {{"trials", report.trials}, {"failed", report.failed}, {"points", std::move(points)}};
}

}  // namespace truce::results
