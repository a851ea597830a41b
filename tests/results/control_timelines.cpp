// What control variates explain of timelines, day by day, against what they explain of an outcome
// that is the timeline's value on that day.
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "results/detail/control_statistics.hpp"
#include "results/detail/control_timeline.hpp"
#include "results/timeline_statistics.hpp"
#include "support/catch.hpp"
#include "support/uniform.hpp"

namespace truce::results {
namespace {

constexpr std::uint32_t last_day = 10;

/// A timeline, and as outcomes its values at the ends of days 0, 4 and 10.
Schema schema_of_days() {
  Schema schema;
  schema.horizon = last_day;
  schema.columns = {{.name = "ending", .kind = ColumnKind::category, .labels = {"held"}},
                    {.name = "cause", .kind = ColumnKind::category, .labels = {"none"}},
                    {.name = "duration", .kind = ColumnKind::real}};
  ControlPlan plan{.streams = {"a", "b"}};
  for (const char* day : {"0", "4", "10"}) {
    schema.columns.push_back({.name = std::string("day_") + day, .kind = ColumnKind::real});
    plan.rounding.push_back({5, 0x1p13});
  }
  schema.timelines = {{.name = "value"}};
  plan.rounding.push_back({5, 0x1p13});
  schema.controls = plan;
  return schema;
}

/// Trials whose value begins at 5, becomes 5 + a on day 2 or 4, and 5 + a + b + noise on day 7.
StoredBlock trials_of(test::Uniform& uniform, std::uint64_t first, std::size_t count) {
  StoredBlock block{.first = first};
  block.status.assign(count, Status::completed);
  block.controls.resize(2);
  block.timelines.resize(1);
  std::vector<double> day_0, day_4, day_10;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double a = uniform() - 0.5, b = uniform() - 0.5;
    block.controls[0].push_back(a);
    block.controls[1].push_back(b);
    const double noisy = 5 + a + b + 0.2 * uniform.normal();
    block.timelines[0].push_back({i, 0, 5});
    block.timelines[0].push_back({i, uniform() < 0.5 ? 2U : 4U, 5 + a});
    block.timelines[0].push_back({i, 7, noisy});
    day_0.push_back(5);
    day_4.push_back(5 + a);
    day_10.push_back(noisy);
  }
  block.columns = {std::vector<std::int8_t>(count),
                   std::vector<std::int8_t>(count),
                   std::vector<double>(count),
                   day_0,
                   day_4,
                   day_10};
  return block;
}

std::vector<std::uint8_t> bytes_of(const ControlTimeline& timeline) {
  ByteWriter writer;
  timeline.write(writer);
  return writer.bytes();
}

TEST_CASE("A timeline's day is controlled as an outcome with its values is") {
  test::Uniform uniform(19);
  const StoredBlock block = trials_of(uniform, 3, 100'000);
  ControlStatistics outcomes(schema_of_days());
  ControlTimeline timeline(schema_of_days(), 0);
  outcomes.add(block);
  timeline.add(block);
  const ControlRegression regression = outcomes.regression();
  const auto as_outcomes = outcomes.results(regression);
  const auto by_day = timeline.results(regression);
  REQUIRE(by_day.size() == last_day + 1);
  CHECK(std::isnan(by_day[0].gain));
  CHECK(by_day[4].shift == as_outcomes[1].shift);
  CHECK(by_day[4].gain == as_outcomes[1].gain);
  CHECK(by_day[4].gain > 1e4);
  CHECK(by_day[6].shift == by_day[4].shift);
  CHECK(by_day[10].shift == as_outcomes[2].shift);
  CHECK(by_day[10].gain == as_outcomes[2].gain);
  // 1/12 twice, and the noise's 0.04.
  CHECK(by_day[10].gain == Approx((1.0 / 6 + 0.04) / 0.04).epsilon(0.05));
  // Half of the trials have a on day 2: explained is a quarter of its variance of a half.
  CHECK(by_day[2].gain == Approx(2).epsilon(0.05));
}

TEST_CASE("Controlled timelines do not depend on how trials are divided") {
  test::Uniform uniform(23);
  ControlTimeline whole(schema_of_days(), 0), joined(schema_of_days(), 0);
  std::uint64_t first = 0;
  for (const std::size_t count : {1, 700, 3000, 513}) {
    const StoredBlock block = trials_of(uniform, first, count);
    whole.add(block);
    ControlTimeline part(schema_of_days(), 0), again(schema_of_days(), 0);
    part.add(block);
    const auto stored = bytes_of(part);
    ByteReader reader(stored);
    again.read(reader);
    CHECK(reader.done());
    joined.add(again);
    first += count;
  }
  CHECK(bytes_of(joined) == bytes_of(whole));
}

TEST_CASE("A timeline is not controlled from the first day on which a trial has no number") {
  test::Uniform uniform(29);
  StoredBlock block = trials_of(uniform, 0, 6000);
  block.timelines[0][3 * 80 + 2].value = std::numeric_limits<double>::quiet_NaN();
  ControlStatistics outcomes(schema_of_days());
  ControlTimeline timeline(schema_of_days(), 0);
  outcomes.add(block);
  timeline.add(block);
  const auto by_day = timeline.results(outcomes.regression());
  CHECK(by_day[6].gain > 1);
  CHECK(std::isnan(by_day[7].gain));
  CHECK(std::isnan(by_day[10].shift));
  SECTION("nor at all where trials have none on the first day") {
    ControlStatistics more_outcomes(schema_of_days());
    ControlTimeline late(schema_of_days(), 0);
    block.timelines[0][3 * 80].day = 1;
    more_outcomes.add(block);
    late.add(block);
    CHECK(std::isnan(late.results(more_outcomes.regression())[6].gain));
  }
}

TEST_CASE("There are bounds to the memory of controlled timelines") {
  Schema schema = schema_of_days();
  CHECK(ControlTimeline::fits(schema));
  schema.horizon = 100'000;
  CHECK(ControlTimeline::fits(schema));
  schema.timelines.resize(5);
  CHECK_FALSE(ControlTimeline::fits(schema));
}

}  // namespace
}  // namespace truce::results
