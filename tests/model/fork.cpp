// Forks of a trial: what the parent has drawn stays, what follows comes from streams of its own.
#include <cmath>
#include <set>
#include <string>

#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"
#include "support/row_text.hpp"
#include "support/sanitized.hpp"
#include "support/trace_text.hpp"

using namespace truce;
using test::loaded;

namespace {

double value_of(const model::Model& model, const model::TrialRecord& record,
                const std::string& name) {
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (model.columns[i].name == name) return record.columns[i];
  }
  FAIL("no column " << name);
  return 0;
}

}  // namespace

TEST_CASE("a fork with the parent's streams equals the parent") {
  std::size_t forks = 0;
  std::size_t other_rows = 0;
  constexpr unsigned seeds = test::sanitized ? 40 : 100;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    CAPTURE(seed);
    const scenario::Loaded scenario = loaded(test::RandomScenario(seed).text());
    model::Simulator simulator(scenario.model, {.seed = seed});
    model::Simulator other(scenario.model, {.seed = seed});
    model::TrialRecord record;
    model::TrialRecord forked;
    model::SavedTrial saved;
    simulator.start(1, record);
    for (int step = 0; step < 10 && !simulator.ended(); ++step) simulator.step();
    if (simulator.ended()) continue;
    simulator.save(saved);
    simulator.go_on(record);
    other.restore(saved);
    other.fork(0);
    other.go_on(forked);
    ++forks;
    CHECK(test::row_text(record) == test::row_text(forked));
    // One with streams of its own is the same whenever it is made, and another course.
    std::set<std::string> rows = {test::row_text(record)};
    for (std::uint64_t number = 1; number <= 3; ++number) {
      other.restore(saved);
      other.fork(number);
      other.go_on(forked);
      const std::string row = test::row_text(forked);
      simulator.restore(saved);
      simulator.fork(number);
      simulator.go_on(record);
      CHECK(row == test::row_text(record));
      rows.insert(row);
    }
    other_rows += rows.size() - 1;
  }
  CHECK(forks > seeds * 9 / 10);
  CHECK(other_rows > seeds * 5 / 2);
}

TEST_CASE("forks draw anew what their parent has not drawn") {
  // Three chances of each stream are the parent's, an odd number, so that one more of them has been
  // computed; four others are each fork's own.
  const scenario::Loaded scenario = loaded(
      "truce: 2\nhorizon: 10\nlevels: {early: 0, late: 0, x: {initial: 'uniform(0, 1)'}}\n"
      "triggers:\n"
      "  a: {every: 1, while: time < 3.2, chance: 0.5, do: [{add: {early: 1}}]}\n"
      "  b: {at: 3.5, do: [{add: {x: 0}}]}\n"
      "  c: {every: 1, while: time < 7.2, chance: 0.4, do: [{add: {late: 1}, if: time > 3.2}]}\n"
      "outcomes: {early: {value: early}, late: {value: late}, x: {value: x}}\n");
  model::Simulator simulator(scenario.model, {.seed = 9});
  model::TrialRecord record;
  model::SavedTrial saved;
  simulator.start(4, record);
  while (simulator.now() < 3.5) simulator.step();
  simulator.save(saved);
  simulator.go_on(record);
  const double early = value_of(scenario.model, record, "early");
  const double x = value_of(scenario.model, record, "x");
  constexpr int forks = 4000;
  double sum = 0;
  double squares = 0;
  for (int fork = 1; fork <= forks; ++fork) {
    simulator.restore(saved);
    simulator.fork(static_cast<std::uint64_t>(fork));
    simulator.go_on(record);
    CHECK(value_of(scenario.model, record, "early") == early);
    CHECK(value_of(scenario.model, record, "x") == x);
    const double late = value_of(scenario.model, record, "late");
    sum += late;
    squares += late * late;
  }
  // Binomial with n = 4 and p = 0.4: mean 1.6, variance 0.96.
  const double mean = sum / forks;
  CHECK(std::abs(mean - 1.6) < 4 * std::sqrt(0.96 / forks));
  const double variance = squares / forks - mean * mean;
  CHECK(std::abs(variance - 0.96) < 0.08);
}

TEST_CASE("forks of forks are forks of their own") {
  const scenario::Loaded scenario = loaded(
      "truce: 2\nhorizon: 10\nlevels: {x: {initial: 0}}\n"
      "triggers: {t: {at: 1, do: [{set: {x: 'uniform(0, 1)'}}]}}\noutcomes: {x: {value: x}}\n");
  model::Simulator simulator(scenario.model, {});
  model::TrialRecord record;
  model::SavedTrial saved;
  simulator.start(0, record);
  simulator.save(saved);
  std::set<double> values;
  for (std::uint64_t first = 0; first < 20; ++first) {
    for (std::uint64_t second = 0; second < 20; ++second) {
      simulator.restore(saved);
      simulator.fork(first);
      simulator.fork(second);
      simulator.go_on(record);
      values.insert(value_of(scenario.model, record, "x"));
    }
  }
  // (0, k) and (k, 0) are both fork k.
  CHECK(values.size() == 400 - 19);
}
