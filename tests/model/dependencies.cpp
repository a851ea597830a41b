#include "model/trial/dependencies.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace truce::model;

namespace {

/// Conditions 0 and 65, rate 128, measures 192 and 193. Variable 0 is read by condition 65 and the
/// rate, variable 1 by condition 0 and both measures, variable 2 by nothing.
DependencyGraph graph() {
  DependencyGraph graph;
  graph.watchers.resize(256);
  graph.first_rate_word = 2;
  graph.first_measure_word = 3;
  graph.watchers[128] = {.kind = WatcherKind::mortality, .subject = CohortId{4}};
  graph.masks = {{1, 2}, {2, 1}, {0, 1}, {3, 3}};
  graph.by_variable = {{0, 2}, {2, 4}, {4, 4}};
  graph.all = {{0, 1}, {1, 2}, {2, 1}, {3, 3}};
  graph.clock_readers = {{3, 2}};
  return graph;
}

std::vector<std::size_t> conditions(Dependencies& dependencies) {
  std::vector<std::size_t> taken;
  for (auto id = dependencies.take_condition(); id.valid(); id = dependencies.take_condition()) {
    taken.push_back(id.index());
  }
  return taken;
}

std::vector<std::size_t> measures(Dependencies& dependencies) {
  std::vector<std::size_t> taken;
  dependencies.take_measures([&](MeasureId id) { taken.push_back(id.index()); });
  return taken;
}

}  // namespace

TEST_CASE("what reads a variable that has changed is taken once, in its order") {
  Dependencies dependencies(graph());
  CHECK_FALSE(dependencies.conditions_pending());
  dependencies.changed(VariableId{2});
  CHECK_FALSE(dependencies.conditions_pending());
  dependencies.changed(VariableId{0});
  dependencies.changed(VariableId{0});
  dependencies.changed(VariableId{1});
  CHECK(dependencies.conditions_pending());
  CHECK(conditions(dependencies) == std::vector<std::size_t>{0, 65});
  CHECK_FALSE(dependencies.conditions_pending());
  std::vector<std::size_t> rates;
  const auto read = [&](const Watcher& r) { rates.push_back(r.subject.as<CohortId>().index()); };
  CHECK(dependencies.take_rates(read));
  CHECK_FALSE(dependencies.take_rates(read));
  CHECK(rates == std::vector<std::size_t>{4});
  CHECK(measures(dependencies) == std::vector<std::size_t>{0, 1});
  CHECK(measures(dependencies).empty());
}

TEST_CASE("one, all, and what reads the clock can be marked") {
  Dependencies dependencies(graph());
  dependencies.mark(WatcherId{65});
  CHECK(conditions(dependencies) == std::vector<std::size_t>{65});
  dependencies.mark_clock_readers();
  CHECK(dependencies.any_reads_clock());
  CHECK(measures(dependencies) == std::vector<std::size_t>{1});
  dependencies.mark_all();
  CHECK(conditions(dependencies) == std::vector<std::size_t>{0, 65});
  dependencies.reset();
  CHECK(measures(dependencies).empty());
}

TEST_CASE("a condition is remembered as it was read") {
  Dependencies dependencies(graph());
  dependencies.set_holds(WatcherId{65}, true);
  const DependenciesState held = dependencies.state();
  CHECK(dependencies.holds(WatcherId{65}));
  CHECK_FALSE(dependencies.holds(WatcherId{0}));
  dependencies.reset();
  CHECK_FALSE(dependencies.holds(WatcherId{65}));
  dependencies.restore(held);
  CHECK(dependencies.holds(WatcherId{65}));
}
