// Prints what truce computes, for other libraries to be compared with: one line for each line read.
//   quantile FAMILY U PARAMETER...           truncated FAMILY LOW HIGH U PARAMETER...
//   cdf FAMILY X PARAMETER...                wilson SUCCESSES N
//   tango ONLY_A ONLY_B N                    newcombe SUCCESSES N SUCCESSES N
//   mean VALUE...                            points DESIGN POINTS WIDTH (a line, by row)
//   saltelli POINTS, emulator POINTS         first, then total orders of Ishigami's function
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "analysis/comparison.hpp"
#include "analysis/emulator.hpp"
#include "analysis/sobol.hpp"
#include "engine/distributions.hpp"
#include "results/summary.hpp"
#include "study/design.hpp"
#include "support/test_functions.hpp"

using namespace truce;
using Numbers = std::vector<double>;

namespace {

Numbers of(const results::Interval& interval) {
  return {interval.low, interval.high};
}

Numbers yes(double successes, double n) {
  Numbers values(static_cast<std::size_t>(n), 0.0);
  std::fill_n(values.begin(), static_cast<std::size_t>(successes), 1.0);
  return values;
}

Numbers distribution(const std::string& what, const std::string& name, const Numbers& n) {
  const auto family = engine::family_named(name);
  if (!family) throw std::invalid_argument(name);
  const std::size_t own = what == "truncated" ? 3 : 1;
  const std::span<const double> parameters = std::span(n).subspan(own);
  if (what == "quantile") return {engine::quantile(*family, parameters, n[0])};
  if (what == "cdf") return {engine::cdf(*family, parameters, n[0])};
  return {engine::truncated_quantile(*family, parameters, n[0], n[1], n[2])};
}

Eigen::MatrixXd points_of(study::DesignKind kind, double points, double width) {
  return study::unit_points({.kind = kind, .points = static_cast<std::uint64_t>(points)},
                            static_cast<Eigen::Index>(width));
}

template <class Indices>
Numbers orders(const std::vector<Indices>& parameters) {
  Numbers result;
  for (const auto& p : parameters) result.push_back(p.first.value);
  for (const auto& p : parameters) result.push_back(p.total.value);
  return result;
}

Numbers answer(const std::string& what, std::istringstream& line) {
  const auto numbers = [&] {
    Numbers n;
    std::string word;
    while (line >> word) n.push_back(std::stod(word));
    return n;
  };
  if (what == "quantile" || what == "cdf" || what == "truncated") {
    std::string family;
    line >> family;
    return distribution(what, family, numbers());
  }
  if (what == "points") {
    std::string design;
    line >> design;
    const Numbers n = numbers();
    const Eigen::MatrixXd rows =
        points_of(design == "sobol" ? study::DesignKind::sobol : study::DesignKind::latin_hypercube,
                  n[0], n[1])
            .transpose();
    return {rows.data(), rows.data() + rows.size()};
  }
  const Numbers n = numbers();
  if (what == "wilson") {
    return of(results::wilson_interval_of(n[0], n[1]));
  }
  if (what == "tango") {
    Numbers a = yes(n[0], n[2]);
    Numbers b(a.size(), 0.0);
    std::fill_n(b.rbegin(), static_cast<std::size_t>(n[1]), 1.0);
    return of(analysis::compare_paired({a}, {b}, analysis::ValueKind::yes_or_no)
                  .difference.interval(0.95));
  }
  if (what == "newcombe") {
    return of(analysis::compare_independent(yes(n[0], n[1]), yes(n[2], n[3]),
                                            analysis::ValueKind::yes_or_no)
                  .difference.interval(0.95));
  }
  if (what == "mean") {
    results::Moments moments;
    for (const double x : n) moments.add(x);
    return of(results::summary_of(moments, results::ColumnKind::real).ci);
  }
  if (what == "saltelli") {
    const auto x = points_of(study::DesignKind::saltelli, n[0], 3);
    return orders(analysis::sobol_analysis(test::evaluate(x, test::ishigami),
                                           static_cast<Eigen::Index>(n[0]), 1)
                      .parameters);
  }
  if (what == "emulator") {
    const auto x = points_of(study::DesignKind::sobol, n[0], 3);
    return orders(analysis::emulator_analysis(x, x, test::evaluate(x, test::ishigami)).parameters);
  }
  throw std::invalid_argument(what);
}

}  // namespace

int main() {
  std::cout << std::setprecision(17);
  for (std::string text; std::getline(std::cin, text);) {
    std::istringstream line(text);
    std::string what;
    line >> what;
    for (const double x : answer(what, line)) std::cout << x << ' ';
    std::cout << '\n';
  }
}
