#pragma once

#include <functional>
#include <utility>

#include "analysis/best.hpp"
#include "support/coverage/coverage.hpp"
#include "support/coverage/outcomes.hpp"

namespace truce::test {

/// Whole numbers of two alternatives in one trial.
struct BestLaw {
  std::string name;
  std::function<std::pair<double, double>(Uniform&)> draw;
};

inline std::vector<BestLaw> laws_of_best() {
  const auto yes = [](double u, double p) { return u < p ? 1.0 : 0.0; };
  return {{"chances of 0.3 and 0.25",
           [yes](Uniform& u) {
             const double a = yes(u(), 0.3);
             return std::pair{a, yes(u(), 0.25)};
           }},
          {"chances of 0.02 and 0.01",
           [yes](Uniform& u) {
             const double x = u();
             return std::pair{yes(x, 0.02), yes(x, 0.01)};
           }},
          {"Poisson, mean 3.2 and 3", [](Uniform& u) {
             const double a = poisson(u, 3.2);
             return std::pair{a, poisson(u, 3)};
           }}};
}

/// Distribution of the sum of so many independent values, of which one is `low` + i with chance
/// p[i]: by squaring. The sum is times low + i.
inline std::vector<double> of_sum(const std::vector<double>& p, std::size_t times) {
  const auto with = [](const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> c(a.size() + b.size() - 1, 0.0);
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; a[i] > 1e-20 && j < b.size(); ++j) c[i + j] += a[i] * b[j];
    }
    return c;
  };
  std::vector<double> sum = {1};
  std::vector<double> power = p;
  for (; times > 0; times /= 2) {
    if (times % 2 == 1) sum = with(sum, power);
    if (times > 1) power = with(power, power);
  }
  return sum;
}

/// Monte Carlo intervals of `truce compare --best`: of the chance that endless resampling would
/// give. For two alternatives that is the chance that a sum of differences drawn from those of the
/// sample is positive, and half of that it is 0.
inline CoverageRow coverage_of_best(const BestLaw& law, std::size_t n, int repetitions) {
  CoverageRow row{"compare: chance of the best", law.name, std::to_string(n), repetitions, {{}}};
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    std::vector<double> a(n);
    std::vector<double> b(n);
    for (std::size_t i = 0; i < n; ++i) std::tie(a[i], b[i]) = law.draw(uniform);
    double low = a[0] - b[0];
    double high = low;
    for (std::size_t i = 0; i < n; ++i) {
      low = std::min(low, a[i] - b[i]);
      high = std::max(high, a[i] - b[i]);
    }
    std::vector<double> p(static_cast<std::size_t>(high - low) + 1, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      p[static_cast<std::size_t>(a[i] - b[i] - low)] += 1 / static_cast<double>(n);
    }
    const std::vector<double> sum = of_sum(p, n);
    double chance = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
      const double total = static_cast<double>(n) * low + static_cast<double>(i);
      chance += (total > 0 ? 1 : total == 0 ? 0.5 : 0) * sum[i];
    }
    const auto found = analysis::best_alternative({{a}, {b}}, analysis::Best::largest);
    row.of.front().add(found.alternatives[0].chance.interval, chance);
  }
  return row;
}

}  // namespace truce::test
