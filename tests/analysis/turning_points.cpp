// Turning points in scenarios in which they are known exactly.
#include "analysis/turning_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "analysis/turning_point_summary.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"

using namespace truce;
using analysis::ExplainedTrial;
using analysis::TurningPoint;
using analysis::Watched;
using test::loaded;

namespace {

/// So many steps, each done with a probability, and an ending where a condition on `done` holds.
std::string steps(int count, double p, const std::string& condition) {
  std::string text = "truce: 2\nhorizon: 10\nlevels: {done: 0}\ntriggers:\n";
  for (int i = 1; i <= count; ++i) {
    text += fmt::format("  s{}: {{at: {}, chance: {}, do: [{{add: {{done: 1}}}}]}}\n", i, i, p);
  }
  return text + "  judge: {at: 8, do: [{end: reached, if: " + condition + "}]}\n";
}

/// Which of the steps were done, as the finder tells it only of turning points, from a trace.
class Steps : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent&) override {}
  void on_draw(const model::Draw& draw) override { done.push_back(draw.u < draw.probability); }
  std::vector<bool> done;
};

struct Found {
  std::vector<bool> done;
  std::map<std::string, double> decisiveness;  ///< by stream
  bool reached = false;
};

std::vector<Found> explain_all(const std::string& text, std::uint64_t trials) {
  const scenario::Loaded scenario = loaded(text);
  const model::Model& model = scenario.model;
  analysis::TurningPointFinder finder(model, {}, analysis::watched(model));
  model::Simulator simulator(model, {});
  std::vector<Found> all;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    Found& found = all.emplace_back();
    Steps told;
    model::TrialRecord record;
    simulator.run(trial, record, &told);
    found.done = told.done;
    const ExplainedTrial explained = finder.explain(trial);
    CHECK(explained.record.columns == record.columns);
    const auto ending = static_cast<std::size_t>(record.columns[0]);
    REQUIRE(model.columns[0].name == "ending");
    found.reached = model.endings[model::EndingId{ending}] == "reached";
    for (const TurningPoint& point : explained.points) {
      REQUIRE(point.alternatives.size() == 1);
      const std::string other =
          analysis::results_of(model, analysis::watched(model))[point.alternatives.front().result];
      CHECK((other == "reached") != found.reached);
      found.decisiveness[model.streams[point.address.stream].name] = point.decisiveness();
    }
  }
  return all;
}

std::string stream(std::size_t step) {
  return fmt::format("s{}.chance", step + 1);
}

}  // namespace

TEST_CASE("each performed step of a chain that was completed is decisive with 1 - p") {
  constexpr int count = 4;
  constexpr double p = 0.8;
  std::size_t completed = 0;
  std::size_t nearly = 0;
  for (const Found& found : explain_all(steps(count, p, "done >= 4"), 400)) {
    REQUIRE(found.done.size() == count);
    const auto failed = std::ranges::count(found.done, false);
    CHECK(found.reached == (failed == 0));
    if (failed == 0) {
      ++completed;
      REQUIRE(found.decisiveness.size() == count);
      for (const auto& [name, decisive] : found.decisiveness) CHECK(decisive == Approx(1 - p));
    } else if (failed == 1) {
      ++nearly;
      const auto missing =
          static_cast<std::size_t>(std::ranges::find(found.done, false) - found.done.begin());
      REQUIRE(found.decisiveness.size() == 1);
      CHECK(found.decisiveness.at(stream(missing)) == Approx(p));
    } else {
      CHECK(found.decisiveness.empty());
    }
  }
  CHECK(completed > 100);
  CHECK(nearly > 100);
}

TEST_CASE("in a majority of three the two that made it are decisive, and none where all agree") {
  constexpr double p = 0.6;
  std::size_t split = 0;
  for (const Found& found : explain_all(steps(3, p, "done >= 2"), 300)) {
    const auto yes = std::ranges::count(found.done, true);
    if (yes == 0 || yes == 3) {
      CHECK(found.decisiveness.empty());
      continue;
    }
    ++split;
    CHECK(found.decisiveness.size() == 2);
    for (std::size_t i = 0; i < 3; ++i) {
      const bool with_majority = found.done[i] == (yes == 2);
      REQUIRE(found.decisiveness.contains(stream(i)) == with_majority);
      if (with_majority) {
        CHECK(found.decisiveness.at(stream(i)) == Approx(found.done[i] ? 1 - p : p));
      }
    }
  }
  CHECK(split > 150);
}

TEST_CASE("of two ways to an ending both are decisive where neither came, none where both did") {
  constexpr double p = 0.4;
  for (const Found& found : explain_all(steps(2, p, "done >= 1"), 200)) {
    const auto yes = std::ranges::count(found.done, true);
    CHECK(found.decisiveness.size() == (yes == 0 ? 2 : yes == 1 ? 1 : 0));
    for (const auto& [name, decisive] : found.decisiveness) {
      CHECK(decisive == Approx(yes == 0 ? p : 1 - p));
    }
    if (yes == 1) CHECK(found.decisiveness.contains(stream(found.done[0] ? 0 : 1)));
  }
}

TEST_CASE("the sums by stream are those of the exact probabilities") {
  // In a chain of k steps a stream changes the ending with 2 p^k (1 - p), and hangs on it where all
  // others are done.
  constexpr int k = 3;
  constexpr double p = 0.7;
  constexpr std::uint64_t trials = 4000;
  const scenario::Loaded scenario = loaded(steps(k, p, "done >= 3"));
  const auto points = analysis::turning_points_of(scenario.model, {.seed = 2},
                                                  analysis::watched(scenario.model), trials, 2);
  const double all = std::pow(p, k);
  const double changes = 2 * all * (1 - p);
  const double share = std::pow(p, k - 1);
  REQUIRE(points.streams.size() == k);
  for (const results::StreamTurns& turns : points.by_stream) {
    CHECK(turns.draws == 1);
    CHECK(turns.turning_points == turns.share);
    const auto n = static_cast<double>(trials);
    CHECK(std::abs(turns.share - share) < 4 * std::sqrt(share * (1 - share) / n));
    // A trial's change is 1 - p, p or 0.
    const double squares = all * (1 - p) * (1 - p) + share * (1 - p) * p * p;
    CHECK(std::abs(turns.changes - changes) < 4 * std::sqrt((squares - changes * changes) / n));
    CHECK(turns.to.size() == points.results.size());
    CHECK(std::accumulate(turns.to.begin(), turns.to.end(), 0.0) == Approx(turns.changes));
  }
  const double any = all + k * share * (1 - p);
  CHECK(std::abs(points.all.share - any) < 4 * std::sqrt(any * (1 - any) / trials));
  CHECK(points.all.draws == k);
  CHECK(points.points.size() == trials);
}

TEST_CASE("sums are the same for any number of threads") {
  const scenario::Loaded scenario = loaded(test::RandomScenario(3).text());
  const Watched watched = analysis::watched(scenario.model);
  const auto text_of = [&](unsigned threads) {
    const auto points =
        analysis::turning_points_of(scenario.model, {.seed = 4}, watched, 40, threads);
    std::string text;
    for (std::size_t i = 0; i < points.streams.size(); ++i) {
      const results::StreamTurns& turns = points.by_stream[i];
      text += fmt::format("{} {:a} {:a} {:a} {:a}\n", points.streams[i], turns.draws, turns.changes,
                          turns.changes_ci.low, turns.share_ci.high);
      for (const double to : turns.to) text += fmt::format(" {:a}", to);
    }
    for (const double x : points.changes) text += fmt::format(" {:a}", x);
    return text;
  };
  const std::string one = text_of(1);
  CHECK(one.size() > 1000);
  CHECK(one == text_of(2));
  CHECK(one == text_of(7));
}
