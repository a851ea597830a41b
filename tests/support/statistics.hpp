#pragma once

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <span>

#include "support/catch.hpp"

/// Exact answers and checks against them. A check's tolerance is z standard errors.
namespace truce::test {

inline double mean_of(std::span<const double> x) {
  double sum = 0;
  for (const double value : x) sum += value;
  return sum / static_cast<double>(x.size());
}

inline double sd_of(std::span<const double> x) {
  const double mean = mean_of(x);
  double squares = 0;
  for (const double value : x) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(x.size() - 1));
}

/// The sample's mean is within z of its standard errors of what is expected.
inline void check_mean(std::span<const double> x, double expected, double z = 4) {
  const double mean = mean_of(x);
  const double error = sd_of(x) / std::sqrt(static_cast<double>(x.size()));
  CAPTURE(x.size(), mean, expected, error, (mean - expected) / error);
  CHECK(std::fabs(mean - expected) <= z * error);
}

inline void check_proportion(std::size_t successes, std::size_t n, double p, double z = 4) {
  const double share = static_cast<double>(successes) / static_cast<double>(n);
  const double error = std::sqrt(p * (1 - p) / static_cast<double>(n));
  CAPTURE(n, share, p, error, (share - p) / error);
  CHECK(std::fabs(share - p) <= z * error);
}

/// P(chi-square >= observed statistic); all parameters of `expected` are known beforehand.
inline double chi_square_p_value(std::span<const double> observed,
                                 std::span<const double> expected) {
  double statistic = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double difference = observed[i] - expected[i];
    statistic += difference * difference / expected[i];
  }
  const boost::math::chi_squared law(static_cast<double>(observed.size() - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

/// Kolmogorov-Smirnov test of a sorted sample against a continuous cdf: asymptotic distribution
/// with the correction of M. A. Stephens, J. R. Stat. Soc. B 32 (1970), 115-122.
template <class Cdf>
double ks_p_value(std::span<const double> sorted, Cdf cdf) {
  const auto n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double f = cdf(sorted[i]);
    distance =
        std::max({distance, f - static_cast<double>(i) / n, (static_cast<double>(i) + 1) / n - f});
  }
  const double x = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
  double p = 0;
  for (int k = 1; k <= 100; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return std::clamp(p, 0.0, 1.0);
}

/// Time-average number in an M/M/c queue (Erlang C), utilisation below 1.
inline double mmc_mean_in_system(double arrivals, double service, int servers) {
  const double load = arrivals / service;
  const double utilisation = load / servers;
  double sum = 0;
  double term = 1;
  for (int k = 0; k < servers; ++k) {
    sum += term;
    term *= load / (k + 1);
  }
  const double all_busy = term / (1 - utilisation);
  const double waits = all_busy / (sum + all_busy);
  return waits * utilisation / (1 - utilisation) + load;
}

struct CountLaw {
  double mean;
  double variance;
};

/// Mean and variance of the number of events until `end` of a Hawkes process that starts empty:
/// intensity mu + X, X jumps by a at each event and decays at b. The moments of (X, N) obey a
/// closed linear system, from the generator of the Markov process; solved by Runge-Kutta.
inline CountLaw hawkes_count(double mu, double a, double b, double end) {
  using State = std::array<double, 5>;  // E X, E X^2, E N, E NX, E N^2
  const auto slope = [&](const State& s) {
    const auto [x, xx, n, nx, nn] = s;
    return State{
        -b * x + a * (mu + x), -2 * b * xx + 2 * a * mu * x + 2 * a * xx + a * a * (mu + x), mu + x,
        -b * nx + a * mu * n + a * nx + mu * x + xx + a * mu + a * x, 2 * mu * n + mu + 2 * nx + x};
  };
  const auto moved = [](State s, const State& d, double h) {
    for (std::size_t i = 0; i < s.size(); ++i) s[i] += h * d[i];
    return s;
  };
  constexpr int steps = 20'000;
  const double h = end / steps;
  State s{};
  for (int i = 0; i < steps; ++i) {
    const State k1 = slope(s);
    const State k2 = slope(moved(s, k1, h / 2));
    const State k3 = slope(moved(s, k2, h / 2));
    const State k4 = slope(moved(s, k3, h));
    s = moved(moved(moved(moved(s, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
  }
  return {s[2], s[4] - s[2] * s[2]};
}

}  // namespace truce::test
