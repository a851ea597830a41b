// The stopping rule on known answers: its intervals must cover as often as they say, though it
// looks at the data before it stops.
#include <cmath>
#include <numeric>

#include "results/interval.hpp"
#include "study/precision.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "support/uniform.hpp"

using namespace truce;

namespace {

/// Of intervals of 95 % so many of `repeats` hold, and `sds` standard deviations of it more.
double held(int repeats, double sds) {
  return 0.95 * repeats + sds * std::sqrt(0.95 * 0.05 * repeats);
}

/// Trials when the rule stops, and whether the interval then covers the truth.
struct Stopped {
  std::uint64_t trials = 0;
  bool covers = false;
};

template <class Draw>
Stopped run_rule(std::uint64_t seed, double half_width, results::ColumnKind values, double truth,
                 Draw&& draw) {
  study::PrecisionRule rule(0, half_width, values);
  test::Uniform uniform(seed);
  results::Block block;
  results::Moments moments;
  for (std::uint64_t first = 0; first < 1'000'000; first += study::block_trials) {
    block.first = first;
    block.status.assign(study::block_trials, results::Status::completed);
    block.columns.assign(1, std::vector<double>(study::block_trials));
    for (double& x : block.columns[0]) {
      x = draw(uniform());
      moments.add(x);
    }
    if (rule.add(block) == study::Verdict::go_on) continue;
    const std::uint64_t n = first + study::block_trials;
    if (values == results::ColumnKind::boolean) {
      const auto yes =
          static_cast<std::uint64_t>(std::llround(moments.mean() * static_cast<double>(n)));
      const auto interval = results::wilson_interval(yes, n);
      return {n, interval.low <= truth && truth <= interval.high};
    }
    const auto interval = results::mean_interval(
        {static_cast<double>(n), moments.mean(), moments.sd(), moments.skewness()}, results::z_95);
    return {n, interval.low <= truth && truth <= interval.high};
  }
  return {};
}

}  // namespace

TEST_CASE("intervals at the stopping time cover, for shares common and rare") {
  // 95 % of 2,000 is 1,900 with sd 9.7; at least 94 % is asked for.
  constexpr int repeats = test::repeated(2000);
  for (const auto& [p, half_width] :
       {std::pair(0.5, 0.012), std::pair(0.05, 0.005), std::pair(0.01, 0.0025)}) {
    CAPTURE(p);
    int covered = 0;
    for (int r = 0; r < repeats; ++r) {
      const double rate = p;
      const Stopped stopped =
          run_rule(static_cast<std::uint64_t>(r), half_width, results::ColumnKind::boolean, p,
                   [rate](double u) { return u < rate; });
      REQUIRE(stopped.trials >= study::PrecisionRule::least_trials);
      covered += stopped.covers;
    }
    CHECK(covered >= held(repeats, -2.05));
  }
}

TEST_CASE("intervals at the stopping time cover for a skewed outcome") {
  constexpr int repeats = test::repeated(2000);
  int covered = 0;
  for (int r = 0; r < repeats; ++r) {
    covered +=
        run_rule(static_cast<std::uint64_t>(r), 0.025, results::ColumnKind::real, 1, [](double u) {
          return -std::log1p(-u);
        }).covers;
  }
  CHECK(covered >= held(repeats, -2.05));
}

TEST_CASE("intervals at the stopping time cover for values that are rare and large") {
  constexpr int repeats = test::repeated(500);
  // 1,000 in one of 2,000 trials: the first looks see none of them, or two or three. 95 % of 500 is
  // 475, sd 4.9.
  int covered = 0;
  for (int r = 0; r < repeats; ++r) {
    covered +=
        run_rule(static_cast<std::uint64_t>(r), 0.2, results::ColumnKind::real, 0.5, [](double u) {
          return u < 0.0005 ? 1000.0 : 0.0;
        }).covers;
  }
  CHECK(covered >= held(repeats, -2.05));
  CHECK(covered <= held(repeats, 3.1));
}

TEST_CASE("with control variates the rule stops on their interval, which covers") {
  // x = 2 u + noise, of which u is known: variance 1/3 + 0.04, of which 0.04 is left.
  constexpr int repeats = test::repeated(1000);
  constexpr double half_width = 0.006;
  results::Schema schema;
  schema.columns = {{.name = "ending", .kind = results::ColumnKind::category, .labels = {"held"}},
                    {.name = "x", .kind = results::ColumnKind::real}};
  schema.controls = results::ControlPlan{.streams = {"u"}, .rounding = {{1, 0x1p11}}};
  int covered = 0;
  for (int r = 0; r < repeats; ++r) {
    study::PrecisionRule rule(1, half_width, results::ColumnKind::real);
    rule.use_controls(schema);
    test::Uniform uniform(static_cast<std::uint64_t>(r));
    results::Block block;
    block.status.assign(study::block_trials, results::Status::completed);
    block.columns.assign(2, std::vector<double>(study::block_trials));
    block.controls.assign(1, std::vector<double>(study::block_trials));
    study::Verdict verdict = study::Verdict::go_on;
    for (; verdict == study::Verdict::go_on; block.first += study::block_trials) {
      REQUIRE(block.first < 30'000);  // the plain interval needs 40,000
      for (std::size_t i = 0; i < study::block_trials; ++i) {
        const double u = uniform();
        block.controls[0][i] = u - 0.5;
        block.columns[1][i] = 2 * u + 0.2 * uniform.normal();
      }
      verdict = rule.add(block);
    }
    const results::PrecisionReached reached = rule.reached();
    REQUIRE(reached.ci.high - reached.ci.low <= 2 * half_width);
    covered += reached.ci.low <= 1 && 1 <= reached.ci.high ? 1 : 0;
  }
  // 95 % of 1,000 is 950, sd 6.9.
  CHECK(covered >= held(repeats, -2.9));
  CHECK(covered <= held(repeats, 2.9));
}

TEST_CASE("the rule cannot stop on what has not happened") {
  study::PrecisionRule rule(0, 0.5, results::ColumnKind::boolean);
  results::Block block;
  block.status.assign(study::block_trials, results::Status::completed);
  block.columns.assign(1, std::vector<double>(study::block_trials, 0.0));
  for (int b = 0; b < 1000; ++b) {
    block.first = static_cast<std::uint64_t>(b) * study::block_trials;
    REQUIRE(rule.add(block) == study::Verdict::go_on);
  }
}

TEST_CASE("another confidence asks for another width") {
  const auto width = [](double confidence) {
    study::PrecisionRule rule(0, 0.0, results::ColumnKind::real, confidence);
    results::Block block;
    block.status.assign(40, results::Status::completed);
    block.columns.assign(1, std::vector<double>(40));
    std::iota(block.columns[0].begin(), block.columns[0].end(), 1);
    rule.add(block);
    return rule.half_width();
  };
  CHECK(width(0.99) / width(0.95) == Approx(2.5758293 / 1.9599640));
}
