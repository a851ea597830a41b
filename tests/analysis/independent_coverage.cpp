// How often the interval of P(a > b) of independent runs holds, with few trials and chances near
// none or all.
#include <cmath>
#include <functional>

#include "analysis/comparison.hpp"
#include "support/catch.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;
using truce::test::Uniform;

namespace {

using Draw = std::function<double(Uniform&)>;

Draw normal(double mean, double sd = 1) {
  return [=](Uniform& u) { return mean + sd * u.normal(); };
}
Draw exponential(double mean) {
  return [=](Uniform& u) { return -mean * std::log(u()); };
}
Draw yes(double p) {
  return [=](Uniform& u) { return static_cast<double>(u() < p); };
}
Draw one_of(int n) {
  return [=](Uniform& u) { return std::floor(n * u()); };
}

double phi(double z) {
  return truce::engine::normal_cdf(z);
}

}  // namespace

TEST_CASE("intervals of P(more) of independent runs hold at small n and extreme chances") {
  struct Case {
    const char* name;
    Draw a, b;
    double larger;  ///< P(a > b)
  };
  const Case cases[] = {
      {"normal, 0.5", normal(0), normal(0), 0.5},
      {"normal, 0.92", normal(2), normal(0), phi(std::sqrt(2))},
      {"normal, 0.98", normal(3), normal(0), phi(3 / std::sqrt(2))},
      {"normal, 0.02", normal(0), normal(3), phi(-3 / std::sqrt(2))},
      {"exponential, 0.98", exponential(1), exponential(0.02), 1 / 1.02},
      {"wide and narrow, 0.91", normal(4, 3), normal(0, 0.3), phi(4 / std::sqrt(9.09))},
      {"yes or no, 0.1", yes(0.1), yes(0.02), 0.1 * 0.98},
      {"yes or no, 0.81", yes(0.9), yes(0.1), 0.81},
      {"one of three", one_of(3), one_of(3), 1.0 / 3}};
  const std::pair<std::size_t, std::size_t> sizes[] = {{5, 5}, {10, 10}, {30, 30}, {10, 60}};
  constexpr int repetitions = 400;  // of 95 %, sd 1.1 %
  for (const Case& of : cases) {
    for (const auto& [n, m] : sizes) {
      Uniform uniform(12);
      double larger = 0;
      double smaller = 0;
      for (int r = 0; r < repetitions; ++r) {
        std::vector<double> a(n);
        std::vector<double> b(m);
        for (double& x : a) x = of.a(uniform);
        for (double& x : b) x = of.b(uniform);
        const auto holds = [&](const Estimate& e) {
          return e.interval.low - 1e-12 <= of.larger && of.larger <= e.interval.high + 1e-12;
        };
        larger += holds(compare_independent(a, b, ValueKind::numbers).larger);
        smaller += holds(compare_independent(b, a, ValueKind::numbers).smaller);
      }
      CAPTURE(of.name, n, m, larger / repetitions, smaller / repetitions);
      CHECK(larger >= repetitions * 0.91);
      // Equal but where rounding decides whether an event is one of few.
      CHECK(std::abs(larger - smaller) <= repetitions * 0.01);
    }
  }
}

TEST_CASE("an interval of P(more) has a width where all trials are larger") {
  const std::vector<double> a = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
  const std::vector<double> b = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const Comparison c = compare_independent(a, b, ValueKind::numbers);
  CHECK(c.larger.value == 1);
  CHECK(c.larger.interval.high == 1);
  // Wilson's of 10 of 10: 10 / (10 + 1.96^2).
  CHECK(c.larger.interval.low == Approx(10 / (10 + 3.8414588)).margin(1e-6));
  CHECK(c.smaller.value == 0);
  CHECK(c.smaller.interval.high == Approx(3.8414588 / (10 + 3.8414588)).margin(1e-6));
}
