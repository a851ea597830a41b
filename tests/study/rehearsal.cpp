#include "study/rehearsal.hpp"

#include "scenario/compile.hpp"
#include "support/catch.hpp"

using namespace truce;

TEST_CASE("what a run would refuse or lose is told beforehand") {
  const auto told = [](const std::string& rest) {
    scenario::Diagnostics diagnostics;
    const auto loaded =
        scenario::load_text("truce: 2\nhorizon: 10\n" + rest, "s.yaml", {}, diagnostics);
    if (loaded) study::rehearse(*loaded, diagnostics);
    return diagnostics.text();
  };
  CHECK(told("levels: {x: 1}\ntimelines: [x]\noutcomes: {y: {value: x}}\n").empty());
  CHECK_THAT(told("levels: {x: 1}\ntimelines: [x / 10]\n"),
             Catch::StartsWith("s.yaml:4:13: error: 'x / 10'"));
  CHECK_THAT(told("levels: {x: 1}\noutcomes: {y: {value: x, unit: days since 1970}}\n"),
             Catch::StartsWith("s.yaml:4:12: error:") && Catch::Contains("since"));
  std::string many = "levels: {x: 1}\ntimelines: [x";
  for (int i = 0; i < 1000; ++i) many += ", x + " + std::to_string(i + 1);
  CHECK_THAT(told(many + "]\n"), Catch::Contains("error: 1001 timelines are more than 1000"));
  CHECK_THAT(told("levels: {x: -3}\ntriggers: {t: {at: 1, do: [{add: {x: 1}, after: x}]}}\n"),
             Catch::Contains("warning: trial 0 fails") && Catch::Contains("'after' is -3 days"));
  const auto delay = [&](const std::string& days) {
    return told(
        "parameters: {m: 2}\nlevels: {x: 1}\noutcomes: {x: {value: x * m}}\n"
        "triggers: {t: {at: 1, do: [{add: {x: 1}, after: '" +
        days + "'}]}}\n");
  };
  CHECK_THAT(delay("normal(3, 2)"), Catch::Contains("s.yaml:6:50: warning") &&
                                        Catch::Contains("'after' can be drawn negative") &&
                                        Catch::Contains("truncated("));
  CHECK(delay("normal(3, 0.4)").empty());
  CHECK(delay("beta(m + 1, 2 * m)").empty());
  CHECK(delay("truncated(normal(3, 2), 0, 9)").empty());
}
