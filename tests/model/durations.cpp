#include <string>

#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"

using namespace truce;

TEST_CASE("a trigger's negative duration is refused by the name of its key") {
  const std::string key = GENERATE("at", "every");
  const auto loaded =
      test::loaded("truce: 2\nhorizon: 10\nlevels: {x: 3}\ntriggers:\n  early: {" + key +
                   ": 'x - 5', do: [{add: {x: 0}}]}\noutcomes: {n: {value: x}}\n");
  model::Simulator simulator(loaded.model, {});
  model::TrialRecord record;
  CHECK_THROWS_WITH(simulator.run(0, record), "'early': the duration '" + key + "' is -2 days");
}
