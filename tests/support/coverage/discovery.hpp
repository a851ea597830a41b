#pragma once

#include <functional>

#include "analysis/discovery.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// A chance of cases that depends on assumptions, of which some have few values.
struct CaseLaw {
  std::string name;
  std::vector<int> levels;  ///< [assumption] number of values 0, 1, ...; 0: all numbers in (0, 1)
  int trials = 1;           ///< at each point
  bool box = true;          ///< whether there is one to be found
  std::function<double(const Eigen::RowVectorXd&)> chance;

  [[nodiscard]] Eigen::RowVectorXd point(Uniform& uniform) const {
    Eigen::RowVectorXd x(static_cast<Eigen::Index>(levels.size()));
    for (std::size_t d = 0; d < levels.size(); ++d) {
      const double u = uniform();
      x(static_cast<Eigen::Index>(d)) = levels[d] == 0 ? u : std::floor(levels[d] * u);
    }
    return x;
  }
};

inline std::vector<CaseLaw> laws_of_cases() {
  const auto logistic = [](const auto& x) { return 1 / (1 + std::exp(4 - 4 * x(0) - 2 * x(1))); };
  return {{"a box in two of four numbers",
           {0, 0, 0, 0},
           1,
           true,
           [](const auto& x) { return x(0) > 0.6 && x(1) < 0.7 ? 0.7 : 0.15; }},
          {"half of a number, rare",
           {0, 0, 0},
           1,
           true,
           [](const auto& x) { return x(0) > 0.7 ? 0.3 : 0.02; }},
          {"a box in two of four counts",
           {5, 3, 2, 0},
           1,
           true,
           [](const auto& x) { return x(0) >= 2 && x(1) <= 1 ? 0.8 : 0.2; }},
          {"no box: a smooth chance", {0, 0, 0}, 1, true, logistic},
          {"the same, 20 trials a point", {0, 0, 0}, 20, true, logistic},
          {"nothing: numbers and counts", {0, 0, 3, 4}, 1, false, [](const auto&) { return 0.3; }}};
}

inline bool holds(const analysis::Box& box, const Eigen::RowVectorXd& x) {
  return std::ranges::all_of(box.limits, [&](const analysis::Box::Limit& limit) {
    return limit.low <= x(limit.dimension) && x(limit.dimension) <= limit.high;
  });
}

/// Intervals of `truce discover`, of the share of cases among all possible points of the box that
/// it found; where there is none to be found, how often it finds none.
inline CoverageRow coverage_of_discovery(const CaseLaw& law, Eigen::Index n, int repetitions) {
  CoverageRow row{law.box ? "discover: density of the box" : "discover: no box, at 5 %",
                  law.name,
                  std::to_string(n),
                  repetitions,
                  {{}}};
  std::vector<Eigen::RowVectorXd> all;
  Uniform of_all(0);
  for (int i = 0; i < 20'000; ++i) all.push_back(law.point(of_all));
  const analysis::PeelingSettings settings{.boxes = 1, .permutations = 99};
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    analysis::Assumptions assumptions;
    assumptions.points.resize(n, static_cast<Eigen::Index>(law.levels.size()));
    Eigen::VectorXd share = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      const Eigen::RowVectorXd x = law.point(uniform);
      assumptions.points.row(i) = x;
      for (int t = 0; t < law.trials; ++t) share(i) += uniform() < law.chance(x) ? 1 : 0;
    }
    share /= law.trials;
    const analysis::Search search =
        analysis::discover(assumptions, share, settings).searches.front();
    if (!law.box) {
      row.of.front().add({0, 0}, search.found ? 1 : 0);
      continue;
    }
    if (!search.found) continue;
    double inside = 0;
    double density = 0;
    for (const auto& x : all) {
      if (!holds(search.box, x)) continue;
      ++inside;
      density += law.chance(x);
    }
    row.of.front().add(search.density_interval, density / inside, search.too_few);
  }
  return row;
}

}  // namespace truce::test
