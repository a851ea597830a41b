#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "results/detail/column_statistics.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// A distribution by its quantiles.
struct QuantileLaw {
  std::string name;
  bool whole = false;                      ///< values are whole numbers
  std::function<double(double)> quantile;  ///< inverse distribution function
};

inline std::vector<QuantileLaw> laws_of_quantiles() {
  return {{"exponential", false, [](double u) { return -std::log1p(-u); }},
          {"normal, 1e6 off", false, [](double u) { return 1e6 + engine::inverse_normal(u); }},
          {"Cauchy", false, [](double u) { return std::tan(M_PI * (u - 0.5)); }},
          {"one of 3", true, [](double u) { return std::ceil(3 * u); }},
          {"geometric", true, [](double u) { return std::ceil(std::log1p(-u) / std::log(0.9)); }},
          {"none in 99 of 100", true, [](double u) { return u <= 0.99 ? 0.0 : 1.0; }}};
}

inline results::OutcomeSummary summary_of_reals(const std::vector<double>& values) {
  results::RealColumn column(true);
  for (const double x : values) column.add(x);
  return column.result([&](const auto& consumer) { consumer(values); }).summary;
}

inline results::OutcomeSummary summary_of_whole(const std::vector<double>& values) {
  results::WholeColumn column(results::ColumnKind::integer);
  for (const double x : values) column.add(static_cast<std::int32_t>(x));
  return column.result().summary;
}

/// Intervals of all stored quantiles.
inline CoverageRow coverage_of_quantiles(const QuantileLaw& law, std::size_t n, int repetitions) {
  CoverageRow row{"run: quantiles", law.name, std::to_string(n), repetitions, {}};
  row.of.resize(results::quantile_count);
  std::vector<double> values(n);
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    for (double& x : values) x = law.quantile(uniform());
    const auto bounds =
        (law.whole ? summary_of_whole(values) : summary_of_reals(values)).quantile_intervals;
    for (std::size_t q = 0; q < results::quantile_count; ++q) {
      row.of[q].add({bounds.low[q], bounds.high[q]},
                    law.quantile(results::quantile_probabilities()[q]));
    }
  }
  return row;
}

}  // namespace truce::test
