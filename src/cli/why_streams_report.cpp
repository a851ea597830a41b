#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "cli/json.hpp"
#include "cli/why_report.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using results::Align;
using results::short_number;
using results::TextTable;

constexpr std::size_t most_streams = 15;

std::string interval_text(const results::Interval& ci) {
  return results::range_text(results::decimal(ci.low, 3), results::decimal(ci.high, 3));
}

/// "collapsed 62 %": what most of the changes lead to, with its share of them.
std::string mostly(const results::StreamTurns& turns, const std::vector<std::string>& results) {
  const double sum = std::accumulate(turns.to.begin(), turns.to.end(), 0.0);
  const auto most = std::ranges::max_element(turns.to);
  if (!(sum > 0)) return "";
  return fmt::format("{} {:.0f} %", results[static_cast<std::size_t>(most - turns.to.begin())],
                     100 * *most / sum);
}

void print_figures(const results::TurningPoints& points) {
  const results::StreamTurns& all = points.all;
  TextTable figures({{"of a trial", Align::left}, {"mean"}, {"95 %", Align::left}});
  figures.add({"draws", results::decimal(all.draws, 1), ""});
  figures.add({"draws that could have changed it", results::decimal(all.turning_points, 2), ""});
  figures.add(
      {"expected changes", results::decimal(all.changes, 3), interval_text(all.changes_ci)});
  figures.add({"trials that no single draw could have changed, %", results::per_cent(1 - all.share),
               results::range_text(results::per_cent(1 - all.share_ci.high),
                                   results::per_cent(1 - all.share_ci.low))});
  fmt::print("{}\n", figures.text(screen_columns()));
}

void print_streams(const results::TurningPoints& points, bool all) {
  const std::size_t count = points.streams.size();
  const std::size_t shown = all ? count : std::min(count, most_streams);
  if (shown == 0) return;
  TextTable table({{"stream", Align::left},
                   {"changes"},
                   {"95 %", Align::left},
                   {"trials, %"},
                   {"mostly to", Align::left}});
  double rest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const results::StreamTurns& turns = points.by_stream[i];
    if (i >= shown) {
      rest += turns.changes;
      continue;
    }
    table.add({points.streams[i], results::decimal(turns.changes, 3),
               interval_text(turns.changes_ci), results::per_cent(turns.share),
               mostly(turns, points.results)});
  }
  fmt::print("{}", table.text(screen_columns()));
  if (shown < count) {
    fmt::print("{}\n", fitted(fmt::format("and {} streams more, together {} changes; --all lists "
                                          "them",
                                          count - shown, results::decimal(rest, 3))));
  }
}

void print_text(const results::TurningPoints& points, bool all) {
  const std::string by =
      points.by > 0 ? fmt::format(" (by {} or more)", short_number(points.by)) : "";
  fmt::print("{}\n\n", fitted(fmt::format("which chance decides '{}'{} in this model: {} trials",
                                          points.outcome, by, points.trials - points.failed)));
  print_figures(points);
  print_streams(points, all);
  fmt::print("\n{}\n", fitted(how_draws_are_replaced));
  fmt::print("{}\n",
             fitted("Changes: how many of a trial's draws would change it on average, were each "
                    "drawn once more on its own. Trials: those that could have been changed by one "
                    "draw of the stream."));
  if (points.failed > 0) {
    fmt::print("{}\n", fitted(fmt::format("{} of {} trials failed, and are left out.",
                                          points.failed, points.trials)));
  }
  fmt::print("\n{}\n", results::disclaimer);
}

Json json_of(const results::StreamTurns& turns, const std::vector<std::string>& results) {
  Json to = Json::object();
  for (std::size_t i = 0; i < results.size(); ++i) to[results[i]] = number(turns.to[i]);
  return {{"draws", number(turns.draws)},
          {"turning_points", number(turns.turning_points)},
          {"changes", number(turns.changes)},
          {"changes_ci", {number(turns.changes_ci.low), number(turns.changes_ci.high)}},
          {"trials", turns.hanging},
          {"share", number(turns.share)},
          {"share_ci", {number(turns.share_ci.low), number(turns.share_ci.high)}},
          {"changes_to", std::move(to)}};
}

void print_json(const results::TurningPoints& points) {
  Json streams = Json::array();
  for (std::size_t i = 0; i < points.streams.size(); ++i) {
    Json entry = {{"stream", points.streams[i]}};
    entry.update(json_of(points.by_stream[i], points.results));
    streams.push_back(std::move(entry));
  }
  Json report = {{"outcome", points.outcome}};
  if (points.by > 0) report["by"] = points.by;
  report["trials"] = points.trials;
  report["trials_failed"] = points.failed;
  report["all"] = json_of(points.all, points.results);
  report["streams"] = std::move(streams);
  report["disclaimer"] = results::disclaimer;
  fmt::print("{}\n", report.dump(2));
}

}  // namespace

void print_why(const results::TurningPoints& points, Format format, bool all) {
  if (format == Format::json) return print_json(points);
  print_text(points, all);
}

}  // namespace truce::cli
