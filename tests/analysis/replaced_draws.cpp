// By what draws are replaced, and that saved states give what whole trials do.
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/detail/replacements.hpp"
#include "analysis/turning_point_summary.hpp"
#include "analysis/turning_points.hpp"
#include "model/known_draws.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"

using namespace truce;
using analysis::ExplainedTrial;
using analysis::TurningPoint;
using analysis::Watched;
using test::loaded;

TEST_CASE("a value is replaced by eight quantiles, a count of few values by each") {
  const scenario::Loaded scenario = loaded(
      "truce: 2\nhorizon: 10\n"
      "levels: {x: {initial: 'uniform(0, 1)'}, n: {initial: 'binomial(2, 0.25)'}}\n"
      "triggers:\n"
      "  high: {at: 1, do: [{end: high, if: x > 0.375}]}\n"
      "  some: {at: 2, do: [{end: some, if: n > 0}]}\n");
  const model::Model& model = scenario.model;
  const auto names = analysis::results_of(model, analysis::watched(model));
  analysis::TurningPointFinder finder(model, {}, analysis::watched(model));
  std::map<std::string, int> seen;
  for (std::uint64_t trial = 0; trial < 60; ++trial) {
    const ExplainedTrial told = finder.explain(trial);
    const std::string ending =
        model.endings[model::EndingId{static_cast<std::size_t>(told.record.columns[0])}];
    ++seen[ending];
    for (const TurningPoint& point : told.points) {
      const std::string& name = model.streams[point.address.stream].name;
      REQUIRE(point.alternatives.size() == 1);
      const analysis::Alternative& other = point.alternatives.front();
      if (name == "x") {
        CHECK(point.value == Approx(point.u));
        CHECK(other.probability == (ending == "high" ? 0.375 : 0.625));
        CHECK(other.low == Approx(ending == "high" ? 1 / 16.0 : 7 / 16.0));
        CHECK(other.high == Approx(ending == "high" ? 5 / 16.0 : 15 / 16.0));
      } else {
        CHECK(ending != "high");
        CHECK(other.probability == Approx(ending == "some" ? 0.5625 : 0.4375));
        CHECK(other.low == (ending == "some" ? 0 : 1));
        CHECK(other.high == (ending == "some" ? 0 : 2));
      }
    }
    CHECK(told.points.size() == (ending == "high" ? 1U : 2U));
  }
  CHECK(seen.size() == 3);
}

TEST_CASE("of a number the change that counts is given, and what is missing is told") {
  const scenario::Loaded scenario = loaded(
      "truce: 2\nhorizon: 10\nlevels: {x: 0}\n"
      "triggers: {a: {at: 1, chance: 0.5, do: [{add: {x: 1}}]}, b: {at: 2, chance: 0.5, do: [{add: "
      "{x: 3}}]}}\n"
      "outcomes: {x: {value: x}, came: {first: x > 3}, any: {value: x > 0}}\n");
  const model::Model& model = scenario.model;
  const auto points = [&](const Watched& watched, std::uint64_t trial) {
    return analysis::TurningPointFinder(model, {}, watched).explain(trial).points;
  };
  for (std::uint64_t trial = 0; trial < 20; ++trial) {
    CHECK(points(analysis::watched(model, "x", 1), trial).size() == 2);
    const auto large = points(analysis::watched(model, "x", 3), trial);
    REQUIRE(large.size() == 1);
    CHECK(model.streams[large.front().address.stream].name == "b.chance");
    CHECK(std::abs(large.front().alternatives.front().value_low) >= 0);
    CHECK(points(analysis::watched(model, "x", 3.5), trial).empty());
    const Watched came = analysis::watched(model, "came", 0.5);
    const auto names = analysis::results_of(model, came);
    for (const TurningPoint& point : points(came, trial)) {
      const std::string& name = names[point.alternatives.front().result];
      CHECK((name == "missing" || name == "present"));
    }
  }
  CHECK_THROWS_WITH(analysis::watched(model, "y"), Catch::Contains("no outcome 'y'"));
  CHECK_THROWS_WITH(analysis::watched(model, "cames", 1), Catch::Contains("did you mean 'came'"));
  CHECK_THROWS_WITH(analysis::watched(model, "x"), Catch::Contains("--by"));
  CHECK_THROWS_WITH(analysis::watched(model, "x", 0), Catch::Contains("above 0"));
  CHECK_THROWS_WITH(analysis::watched(model, "any", 1), Catch::Contains("yes or no"));
  CHECK_THROWS_WITH(analysis::watched(model, "ending", 1), Catch::Contains("label"));
}

TEST_CASE("a replacement that makes the trial fail is told so") {
  const scenario::Loaded scenario = loaded(
      "truce: 2\nhorizon: 10\nlevels: {p: 0.5}\n"
      "triggers: {a: {at: 1, chance: 0.5, do: [{set: {p: 2}}]}, b: {at: 2, chance: p, do: [{set: "
      "{p: 0.5}}]}}\n");
  const model::Model& model = scenario.model;
  const Watched watched = analysis::watched(model);
  analysis::TurningPointFinder finder(model, {}, watched);
  std::size_t failed = 0;
  for (std::uint64_t trial = 0; trial < 20; ++trial) {
    const ExplainedTrial told = finder.explain(trial);
    if (!told.failure.empty()) {
      ++failed;
      CHECK(told.points.empty());
      continue;
    }
    REQUIRE(told.points.size() == 1);
    CHECK(analysis::results_of(model, watched)[told.points[0].alternatives[0].result] == "fails");
    CHECK(std::isnan(told.points[0].alternatives[0].value_low));
  }
  CHECK(failed > 2);
  const auto points = analysis::turning_points_of(model, {}, watched, 20, 2);
  CHECK(points.failed == failed);
  CHECK(points.all.share == 1);
}

namespace {

/// All draws of a trial.
class AllDraws : public model::DrawHook {
 public:
  double on_draw(const model::OfferedDraw& draw) override {
    made.push_back(analysis::with_replacements(draw));
    return draw.u;
  }
  std::vector<analysis::MadeDraw> made;
};

using Changes = std::map<std::pair<std::size_t, std::uint32_t>, double>;

/// The probability of a change by each draw, of whole trials that are run from their start.
Changes by_whole_trials(const model::Model& model, const model::SimulatorSettings& settings,
                        std::uint64_t trial, std::size_t column) {
  model::Simulator simulator(model, settings);
  model::TrialRecord record;
  AllDraws all;
  simulator.run(trial, record, nullptr, &all);
  const double base = record.columns[column];
  Changes changes;
  for (const analysis::MadeDraw& draw : all.made) {
    for (const analysis::Replacement& other : draw.replacements) {
      model::KnownDraws known;
      known.replace(draw.address, other.u);
      simulator.run(trial, record, nullptr, &known);
      CHECK(known.met() == 1);
      if (record.columns[column] != base) {
        changes[{draw.address.stream.index(), draw.address.number}] += other.probability;
      }
    }
  }
  return changes;
}

}  // namespace

TEST_CASE("turning points from saved states are those of whole trials") {
  std::size_t points = 0;
  for (unsigned seed = 0; seed < 25; ++seed) {
    CAPTURE(seed);
    const scenario::Loaded scenario = loaded(test::RandomScenario(seed).text());
    const model::SimulatorSettings settings{.seed = seed};
    for (const std::string outcome : {"ending", "x_at_ending"}) {
      const bool label = outcome == "ending";
      const Watched watched =
          analysis::watched(scenario.model, outcome, label ? std::nan("") : 1e-300);
      const ExplainedTrial told =
          analysis::TurningPointFinder(scenario.model, settings, watched).explain(1);
      Changes changes;
      for (const TurningPoint& point : told.points) {
        changes[{point.address.stream.index(), point.address.number}] = point.decisiveness();
      }
      const Changes expected = by_whole_trials(scenario.model, settings, 1, watched.column);
      REQUIRE(changes.size() == expected.size());
      for (const auto& [address, change] : expected) {
        REQUIRE(changes.contains(address));
        CHECK(changes[address] == Approx(change));
      }
      points += changes.size();
    }
  }
  CHECK(points > 200);
}
