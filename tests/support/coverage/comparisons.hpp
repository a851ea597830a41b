#pragma once

#include <functional>
#include <utility>

#include "analysis/comparison.hpp"
#include "support/coverage/coverage.hpp"
#include "support/coverage/outcomes.hpp"

namespace truce::test {

/// Two outcomes of one trial at a number of points, with what is true of them.
struct PairLaw {
  std::string name;
  analysis::ValueKind kind = analysis::ValueKind::numbers;
  std::size_t points = 1;
  bool paired = true;
  double difference = 0;  ///< of the means
  double larger = 0;      ///< P(a > b)
  /// Of a less that of b; empty where it is not told or has mass at a point.
  std::function<double(double probability)> quantile;
  /// Of one trial at all points: first a, then b.
  std::function<void(Uniform&, std::vector<std::pair<double, double>>&)> draw;
};

inline std::vector<PairLaw> laws_of_pairs() {
  using Pairs = std::vector<std::pair<double, double>>;
  using analysis::ValueKind;
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const auto yes = [](double u, double p) { return u < p ? 1.0 : 0.0; };
  const auto phi = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  std::vector<PairLaw> laws = {
      {"normal, shared", ValueKind::numbers, 1, true, 0.5, phi(0.5 / std::sqrt(2.0)),
       [](double) { return 0.5; },
       [](Uniform& u, Pairs& p) {
         const double shared = 3 * u.normal();
         p[0] = {shared + 0.5 + u.normal(), shared + u.normal()};
       }},
      {"exponential, mean 1.5 and 1", ValueKind::numbers, 1, true, 0.5, 0.6,
       [](double p) { return -0.5 * std::log1p(-p); },
       [](Uniform& u, Pairs& p) {
         p[0] = {-1.5 * std::log1p(-u()), -std::log1p(-u())};
       }},
      {"Poisson, mean 0.02 and 0.01", ValueKind::numbers, 1, true, 0.01, none, nullptr,
       [](Uniform& u, Pairs& p) {
         p[0] = {poisson(u, 0.02), poisson(u, 0.01)};
       }},
      {"normal at 4 points", ValueKind::numbers, 4, true, 0.5, none, nullptr,
       [](Uniform& u, Pairs& p) {
         const double shared = u.normal();
         for (auto& pair : p) pair = {shared + 0.5 + 0.1 * u.normal(), 0.1 * u.normal()};
       }},
      {"chances of 0.3 and 0.2", ValueKind::yes_or_no, 1, true, 0.1, 0.24, nullptr,
       [yes](Uniform& u, Pairs& p) {
         p[0] = {yes(u(), 0.3), yes(u(), 0.2)};
       }},
      {"chances of 0.3 and 0.2, same draw", ValueKind::yes_or_no, 1, true, 0.1, 0.1, nullptr,
       [yes](Uniform& u, Pairs& p) {
         const double x = u();
         p[0] = {yes(x, 0.3), yes(x, 0.2)};
       }},
      {"chances of 0.01 and 0.005", ValueKind::yes_or_no, 1, true, 0.005, 0.00995, nullptr,
       [yes](Uniform& u, Pairs& p) {
         p[0] = {yes(u(), 0.01), yes(u(), 0.005)};
       }},
      {"chances of 0.3 and 0.2 at 4 points", ValueKind::yes_or_no, 4, true, 0.1, 0.24, nullptr,
       [yes](Uniform& u, Pairs& p) {
         const double x = u();
         const double y = u();
         for (auto& pair : p) pair = {yes(x, 0.3), yes(y, 0.2)};
       }},
      // The expectation of the earlier of day 100 and an exponential time of mean m is
      // m (1 - exp(-100 / m)).
      {"restricted mean times", ValueKind::numbers, 1, true,
       60 * (1 - std::exp(-100.0 / 60)) - 50 * (1 - std::exp(-2)), none, nullptr,
       [](Uniform& u, Pairs& p) {
         const double x = -std::log1p(-u());
         p[0] = {std::min(100.0, 60 * x), std::min(100.0, 50 * x)};
       }}};
  for (const std::size_t of : {0, 1, 2, 4, 6, 8}) {
    PairLaw law = laws[of];
    law.paired = false;
    if (of == 0) law.larger = phi(0.5 / std::sqrt(20.0));
    if (of == 8) law.name = "restricted mean times, apart";
    // Their a and b are drawn for different trials.
    law.draw = [draw = law.draw](Uniform& u, Pairs& p) {
      draw(u, p);
      const double a = p[0].first;
      draw(u, p);
      p[0].first = a;
    };
    laws.push_back(law);
  }
  return laws;
}

/// Intervals of `truce compare`: of the difference, of P(more) and of the quantiles' differences;
/// and how often `--equivalence` does not call the true difference smaller than itself, at 5 %.
inline CoverageRows coverage_of_comparison(const PairLaw& law, int n, int repetitions) {
  const std::string how = law.paired ? "compare, paired: " : "compare, independent: ";
  const bool share = law.kind == analysis::ValueKind::yes_or_no;
  const auto row = [&](const std::string& of) {
    return CoverageRow{how + of, law.name, std::to_string(n), repetitions, {{}}};
  };
  CoverageRow difference = row(share ? "difference of shares" : "difference of means");
  CoverageRow larger = row("P(more)");
  CoverageRow quantiles = row("difference of quantiles");
  CoverageRow equivalence = row("not equivalent, at the margin");
  std::vector<std::pair<double, double>> pair(law.points);
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    analysis::PointValues a(law.points, std::vector<double>(static_cast<std::size_t>(n)));
    analysis::PointValues b = a;
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
      law.draw(uniform, pair);
      for (std::size_t p = 0; p < law.points; ++p) std::tie(a[p][i], b[p][i]) = pair[p];
    }
    const analysis::Comparison c = law.paired ? analysis::compare_paired(a, b, law.kind)
                                              : analysis::compare_independent(a[0], b[0], law.kind);
    difference.of[0].add(c.difference.interval(0.95), law.difference, c.too_few);
    if (!std::isnan(law.larger)) larger.of[0].add(c.larger.interval, law.larger);
    equivalence.of[0].add(!(c.difference.p_not_equivalent(law.difference) < 0.05), c.too_few);
    if (!law.quantile) continue;
    quantiles.of.resize(c.quantiles.size());
    for (std::size_t q = 0; q < c.quantiles.size(); ++q) {
      quantiles.of[q].add(c.quantiles[q].difference.interval,
                          law.quantile(c.quantiles[q].probability));
    }
  }
  CoverageRows rows = {difference, equivalence};
  if (larger.of[0].told > 0) rows.push_back(larger);
  if (law.quantile) rows.push_back(quantiles);
  return rows;
}

}  // namespace truce::test
