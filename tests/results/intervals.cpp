#include <cmath>

#include "results/interval.hpp"
#include "results/moments.hpp"
#include "results/summary.hpp"
#include "support/catch.hpp"

using namespace truce::results;

TEST_CASE("Wilson intervals agree with published values") {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
  struct Case {
    std::uint64_t successes, n;
    double low, high;
  };
  for (const Case& c :
       {Case{81, 263, 0.2553, 0.3662}, Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0, 0.1611}}) {
    const Interval ci = wilson_interval(c.successes, c.n);
    CHECK(ci.low == Approx(c.low).margin(5e-5));
    CHECK(ci.high == Approx(c.high).margin(5e-5));
    const Interval mirrored = wilson_interval(c.n - c.successes, c.n);
    CHECK(mirrored.low == Approx(1 - ci.high).margin(1e-14));
    CHECK(mirrored.high == Approx(1 - ci.low).margin(1e-14));
  }
  // Few successes: quantiles of chi-square with 2, 4 and 6 degrees of freedom at 5 %, halved.
  CHECK(wilson_interval(1, 29).low == Approx(0.0512933 / 29));
  CHECK(wilson_interval(2, 29).low == Approx(0.3553615 / 29));
  CHECK(wilson_interval(3, 29).low == Approx(0.8176914 / 29));
  CHECK(wilson_interval(1, 29).high == Approx(0.1718).margin(5e-5));  // the same source
  CHECK(wilson_interval(28, 29).high == Approx(1 - 0.0512933 / 29));
  // Far out, where p-values are sought: P(k or more events) is about mean^k / k!.
  CHECK(wilson_interval(2, 29, 37).low * 29 == Approx(std::sqrt(4 * std::erfc(37 / M_SQRT2) / 2)));
  CHECK(wilson_interval(3, 29, 38.4).low > 0);
  CHECK(wilson_interval(1, 29, 6.3).low ==
        Approx(-std::log1p(-std::erfc(6.3 / M_SQRT2)) / 29).epsilon(1e-7));
  // The interval of no confidence is the share.
  CHECK(wilson_interval(2, 29, 0).low == Approx(2.0 / 29));
  CHECK(wilson_interval(2, 29, 0).high == Approx(2.0 / 29));
  CHECK(wilson_interval(0, 20).low == 0);
  CHECK(wilson_interval(20, 20).high == 1);
  CHECK(std::isnan(wilson_interval(0, 0).low));
}

TEST_CASE("a sample is too small as far as its skewness, or what it may hide, says") {
  CHECK(too_few(SampleShape{.count = 24, .mean = 1, .sd = 1, .skewness = 0}));
  CHECK_FALSE(too_few(SampleShape{.count = 25, .mean = 1, .sd = 1, .skewness = 0}));
  // sqrt(n) against 5 (skewness + 2 sqrt(6 / n)).
  CHECK(too_few(SampleShape{.count = 100, .mean = 1, .sd = 1, .skewness = 1.52}));
  CHECK_FALSE(too_few(SampleShape{.count = 100, .mean = 1, .sd = 1, .skewness = -1.5}));
  CHECK(too_few(SampleShape{.count = 10'000, .mean = 1, .sd = 1, .skewness = -20}));
  CHECK_FALSE(too_few(SampleShape{.count = 10'000, .mean = 1, .sd = 1, .skewness = 19.9}));
}

TEST_CASE(
    "The interval of a mean is Student's without skewness, and that of a count is Poisson's") {
  const double t = student_quantile(0.95, 9);
  CHECK(t == Approx(2.262157));
  const Interval symmetric = mean_interval({10, 3, 2, 0}, t);
  CHECK(symmetric.low == Approx(3 - t * 2 / std::sqrt(10.0)));
  CHECK(symmetric.high == Approx(3 + t * 2 / std::sqrt(10.0)));

  // k events in n trials, n large: k + z^2/2 -+ z sqrt(k + z^2/4).
  const auto poisson = [](double k) {
    const double n = 1e8;
    return mean_interval({n, k / n, std::sqrt(k / n), 1 / std::sqrt(k / n)}, z_95);
  };
  for (const double k : {1.0, 5.0, 400.0}) {
    const double half = z_95 * std::sqrt(k + z_95 * z_95 / 4);
    CHECK(poisson(k).low * 1e8 == Approx(k + z_95 * z_95 / 2 - half));
    CHECK(poisson(k).high * 1e8 == Approx(k + z_95 * z_95 / 2 + half));
    CHECK(poisson(k).low > 0);
  }
  const Interval none = mean_interval({1000, 0, 0, 0}, z_95, 1);
  CHECK(none.high == Approx(z_95 * z_95 / 1000));
}

TEST_CASE("an interval that is none has the same bits from every compiler") {
  const double none = std::nan("");
  for (const double nan : {none, -none}) {
    const Interval of_one = mean_interval({1, 3, nan, nan}, z_95);
    for (const double end : {of_one.low, of_one.high}) {
      CHECK(std::isnan(end));
      CHECK_FALSE(std::signbit(end));
    }
  }
}

TEST_CASE("Counts: means of what is rare have intervals within what is possible, and a warning") {
  const auto summary = [](std::uint64_t n, std::uint64_t k) {
    Moments moments;
    for (std::uint64_t i = 0; i < n; ++i) moments.add(i < k ? 1 : 0);
    return summary_of(moments, ColumnKind::integer);
  };
  CHECK(summary(1000, 0).ci.low == 0);
  CHECK(summary(1000, 0).ci.high == Approx(0.0038416).epsilon(0.01));
  CHECK(summary(1000, 1).ci.low > 0);
  CHECK(too_few(summary(1000, 20)));
  CHECK_FALSE(too_few(summary(1000, 30)));
  // Of what never was otherwise nobody knows how large it may be.
  CHECK(too_few(summary(1000, 0)));
  CHECK(is_constant(summary(1000, 0)));
  CHECK_FALSE(is_constant(summary(1000, 1)));
  CHECK_FALSE(too_few(summary_of({}, ColumnKind::integer)));
}
