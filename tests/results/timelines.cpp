#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "results/moments.hpp"
#include "results/timeline_statistics.hpp"
#include "support/catch.hpp"

using namespace truce::results;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Feeds the statistics, and keeps every value of every day to compare with.
class Reference {
 public:
  Reference(std::size_t days, TimelineValues values) : statistics_(days, values), values_(days) {}

  void trial(const std::vector<std::pair<std::uint32_t, double>>& changes) {
    statistics_.next_trial();
    for (const auto& [day, value] : changes) statistics_.change(day, value);
    for (std::uint32_t day = 0; day < values_.size(); ++day) {
      double value = missing;
      for (const auto& change : changes) {
        if (change.first <= day) value = change.second;
      }
      if (!std::isnan(value)) values_[day].push_back(value);
    }
  }

  void check(double relative_error) { check(statistics_.summary(), relative_error); }

  void check(const TimelineSummary& summary, double relative_error) const {
    CHECK(summary.relative_error == relative_error);
    for (std::size_t day = 0; day < values_.size(); ++day) {
      std::vector<double> sorted = values_[day];
      std::ranges::sort(sorted);
      Moments moments;
      for (const double x : sorted) moments.add(x);
      if (sorted.empty()) {
        CHECK(std::isnan(summary.mean[day]));
        CHECK(std::isnan(summary.quantiles[day][0]));
        continue;
      }
      CHECK(summary.mean[day] == Approx(moments.mean()).epsilon(1e-12));
      if (sorted.size() > 1) CHECK(summary.sd[day] == Approx(moments.sd()).epsilon(1e-9));
      for (std::size_t q = 0; q < quantile_count; ++q) {
        const auto rank = quantile_rank(quantile_thousandths[q], sorted.size());
        const double exact = sorted[rank];
        CHECK(std::abs(summary.quantiles[day][q] - exact) <= relative_error * std::abs(exact));
      }
      if (!summary.counted) continue;
      for (std::size_t i = 0; i < summary.values.size(); ++i) {
        const auto count = std::ranges::count(sorted, static_cast<double>(summary.values[i]));
        CHECK(summary.counts[day * summary.values.size() + i] == count);
      }
    }
  }

  TimelineStatistics& statistics() { return statistics_; }

 private:
  TimelineStatistics statistics_;
  std::vector<std::vector<double>> values_;  ///< [day]
};

/// A random walk of whole or real numbers; several changes may fall on one day.
std::vector<std::pair<std::uint32_t, double>> walk(std::mt19937& random, std::uint32_t days,
                                                   TimelineValues values) {
  std::vector<std::pair<std::uint32_t, double>> changes;
  double value = static_cast<double>(random() % 10) - 3;
  for (std::uint32_t day = 0; day < days; day += static_cast<std::uint32_t>(random() % 4)) {
    changes.emplace_back(day, value);
    value += values == TimelineValues::whole ? static_cast<double>(random() % 7) - 2
                                             : static_cast<double>(random() % 1000) / 371.0 - 1;
  }
  return changes;
}

}  // namespace

TEST_CASE("Whole timelines are counted exactly") {
  Reference reference(20, TimelineValues::whole);
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) reference.trial(walk(random, 20, TimelineValues::whole));
  const auto summary = reference.statistics().summary();
  CHECK(summary.counted);
  CHECK(std::ranges::is_sorted(summary.values));
  CHECK(summary.counts.size() == 20 * summary.values.size());
  reference.check(0);
}

TEST_CASE("Real timelines have exact means and deviations and quantiles to a thousandth") {
  Reference reference(20, TimelineValues::real);
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) reference.trial(walk(random, 20, TimelineValues::real));
  CHECK_FALSE(reference.statistics().summary().counted);
  reference.check(0x1p-10);
}

TEST_CASE("A spread that is small against the mean is not lost") {
  Reference reference(3, TimelineValues::real);
  std::mt19937 random(3);
  for (int i = 0; i < 1000; ++i) {
    const double noise = static_cast<double>(random() % 1000) * 1e-9;
    reference.trial({{0, 1e6}, {1, 1e6 + noise}, {2, 123.456}});
  }
  const auto summary = reference.statistics().summary();
  CHECK(summary.sd[0] == 0);
  CHECK(summary.sd[1] == Approx(2.9e-7).epsilon(0.05));
  CHECK(summary.sd[2] == 0);
  CHECK(summary.mean[2] == 123.456);
}

TEST_CASE("Missing and infinite values of timelines are told apart") {
  TimelineStatistics timeline(3, TimelineValues::real);
  timeline.next_trial();
  timeline.change(0, 1);
  timeline.change(1, missing);
  timeline.change(2, 5);
  timeline.next_trial();
  timeline.change(0, 3);
  timeline.change(2, infinity);
  timeline.next_trial();  // never has a value
  const auto summary = timeline.summary();
  CHECK(summary.mean[0] == 2);
  CHECK(summary.mean[1] == 3);
  CHECK(std::isnan(summary.sd[1]));
  CHECK(summary.mean[2] == infinity);
  CHECK(std::isnan(summary.sd[2]));
  CHECK(summary.quantiles[2][0] == 5);
  CHECK(summary.quantiles[2][8] == infinity);
}

TEST_CASE("Whole timelines with too many values fall back to buckets and say so") {
  constexpr auto most = 100'000U;
  STATIC_REQUIRE(TimelineStatistics::most_values == most);
  const auto values = GENERATE(range(100'000U, 100'002U));
  Reference reference(2, TimelineValues::whole);
  for (std::uint32_t i = 0; i < values; ++i) reference.trial({{0, i}, {1, 2.0 * (i / 2)}});
  const auto summary = reference.statistics().summary();
  CHECK(summary.counted == (values == most));
  reference.check(values == most ? 0 : 0x1p-10);
}

TEST_CASE("A whole timeline with a broken value falls back to buckets") {
  Reference reference(4, TimelineValues::whole);
  reference.trial({{0, 1}, {2, 4}});
  reference.trial({{0, 2}, {1, 2.5}, {3, 7}});
  reference.trial({{0, -1}, {1, 1e100}});
  CHECK_FALSE(reference.statistics().summary().counted);
  reference.check(0);  // every bucket has seen one value only
}

TEST_CASE("Deviations whose squares no double can hold are not defined") {
  TimelineStatistics timeline(1, TimelineValues::real);
  for (const double x : {1e200, 3e200}) {
    timeline.next_trial();
    timeline.change(0, x);
  }
  CHECK(timeline.summary().mean[0] == 2e200);
  CHECK(std::isnan(timeline.summary().sd[0]));
}

TEST_CASE("Memory is bounded: buckets get coarser where a timeline has too many") {
  constexpr std::size_t days = 20'000;  // room for 1677 rows
  Reference reference(days, TimelineValues::real);
  std::mt19937 random(4);
  std::uniform_real_distribution<double> exponent(-5, 5);
  for (int i = 0; i < 4000; ++i) reference.trial({{0, std::exp2(exponent(random))}});
  const auto summary = reference.statistics().summary();
  CHECK(summary.relative_error == 0x1p-8);
  // Only the first days are compared, to be quick.
  Reference few(2, TimelineValues::real);
  random.seed(4);
  exponent.reset();
  for (int i = 0; i < 4000; ++i) few.trial({{0, std::exp2(exponent(random))}});
  few.check(summary, 0x1p-8);
}

TEST_CASE("Many timelines share their memory") {
  // Two have each what one has; of four each has half of it.
  for (const auto& [timelines, values, counted] :
       {std::tuple(1U, 1600, true), std::tuple(2U, 1600, true), std::tuple(4U, 1600, false),
        std::tuple(4U, 800, true)}) {
    TimelineStatistics timeline(20'000, TimelineValues::whole, timelines);
    for (int i = 0; i < values; ++i) {
      timeline.next_trial();
      timeline.change(0, i);
    }
    const TimelineSummary summary = timeline.summary();
    CHECK(summary.counted == counted);
    CHECK(summary.mean[19'999] == Approx((values - 1) / 2.0));
    CHECK((summary.relative_error == 0) == counted);
    CHECK(summary.relative_error <= 0x1p-8);
    CHECK(summary.quantiles[19'999][4] == Approx(values / 2 - 1).epsilon(summary.relative_error));
  }
}
