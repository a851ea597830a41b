#include "discrete.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "truce/engine/normal.hpp"

namespace truce::engine {

namespace {

namespace bm = boost::math;
using Policy = bm::policies::policy<bm::policies::promote_double<false>>;

/// Smallest whole k in [0, most] that is reached, by bisection outwards from a guess.
template <class Reached>
double search(Reached reached, double guess, double most) {
  double at = std::isnan(guess) ? 0 : std::clamp(std::floor(guess), 0.0, most);
  double step = 1;
  double low = -1;  // not reached
  double high = most;
  if (reached(at)) {
    high = at;
    while (high - step > low && reached(high - step)) {
      high -= step;
      step *= 2;
    }
    low = std::max(low, high - step);
  } else {
    low = at;
    while (low + step < most && !reached(low + step)) {
      low += step;
      step *= 2;
    }
    high = std::min(most, low + step);
  }
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (reached(middle) ? high : low) = middle;
  }
  return high;
}

double binomial_cdf(double n, double p, double k) {
  if (k < 0) return 0;
  if (k >= n || p == 0) return 1;
  if (p == 1) return 0;
  return bm::ibetac(k + 1, n - k, p, Policy{});
}

double poisson_cdf(double mean, double k) {
  if (k < 0) return 0;
  if (mean == 0 || std::isinf(k)) return 1;
  return bm::gamma_q(k + 1, mean, Policy{});
}

double binomial_above(double n, double p, double k) {
  if (k < 0) return 1;
  if (k >= n || p == 0) return 0;
  if (p == 1) return 1;
  return bm::ibeta(k + 1, n - k, p, Policy{});
}

double poisson_above(double mean, double k) {
  if (k < 0) return 1;
  if (mean == 0 || std::isinf(k)) return 0;
  return bm::gamma_p(k + 1, mean, Policy{});
}

double choice_sum(std::span<const double> p) {
  double sum = 0;
  for (std::size_t i = 1; i < p.size(); i += 2) sum += p[i];
  return sum;
}

}  // namespace

double truncated_choice(std::span<const double> p, double low, double high, double u) {
  const auto allowed = [&](std::size_t i) { return p[i] >= low && p[i] <= high; };
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); i += 2) sum += allowed(i) ? p[i + 1] : 0;
  if (!(sum > 0)) return std::numeric_limits<double>::quiet_NaN();
  double left = u * sum;
  double last = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < p.size(); i += 2) {
    if (!allowed(i) || p[i + 1] == 0) continue;
    last = p[i];
    if (left <= p[i + 1]) break;
    left -= p[i + 1];
  }
  return last;
}

double discrete_quantile(Family family, std::span<const double> p, double u, Tail tail) {
  const bool lower = tail == Tail::lower;
  const auto normal = [&] { return lower ? inverse_normal(u) : -inverse_normal(u); };
  const auto reached = [&](double k) {
    return lower ? discrete_cdf(family, p, k) >= u : discrete_above(family, p, k) <= u;
  };
  switch (family) {
    case Family::bernoulli:
      return (lower ? u > 1 - p[0] : u < p[0]) ? 1 : 0;
    case Family::binomial: {
      const double n = std::round(p[0]);
      const double sd = std::sqrt(n * p[1] * (1 - p[1]));
      return search(reached, n * p[1] + sd * normal(), n);
    }
    case Family::poisson:
      return search(reached, p[0] + std::sqrt(p[0]) * normal(), 4e9);
    case Family::geometric: {
      if (p[0] == 1) return 0;
      const double log_above = lower ? std::log1p(-u) : std::log(u);
      return std::max(0.0, std::ceil(log_above / std::log1p(-p[0])) - 1);
    }
    default: {
      constexpr double infinity = std::numeric_limits<double>::infinity();
      return truncated_choice(p, -infinity, infinity, u);
    }
  }
}

double discrete_cdf(Family family, std::span<const double> p, double x) {
  const double k = std::floor(x);
  switch (family) {
    case Family::bernoulli:
      return k < 0 ? 0 : k < 1 ? 1 - p[0] : 1;
    case Family::binomial:
      return binomial_cdf(std::round(p[0]), p[1], k);
    case Family::poisson:
      return poisson_cdf(p[0], k);
    case Family::geometric:
      if (k < 0) return 0;
      return p[0] == 1 ? 1 : -std::expm1((k + 1) * std::log1p(-p[0]));
    default: {
      double below = 0;
      for (std::size_t i = 0; i < p.size(); i += 2) below += p[i] <= x ? p[i + 1] : 0;
      return below / choice_sum(p);
    }
  }
}

double discrete_above(Family family, std::span<const double> p, double x) {
  const double k = std::floor(x);
  switch (family) {
    case Family::bernoulli:
      return k < 0 ? 1 : k < 1 ? p[0] : 0;
    case Family::binomial:
      return binomial_above(std::round(p[0]), p[1], k);
    case Family::poisson:
      return poisson_above(p[0], k);
    case Family::geometric:
      if (k < 0) return 1;
      return p[0] == 1 ? 0 : std::exp((k + 1) * std::log1p(-p[0]));
    default:
      return 1 - discrete_cdf(family, p, x);
  }
}

double discrete_mean(Family family, std::span<const double> p) {
  switch (family) {
    case Family::binomial:
      return std::round(p[0]) * p[1];
    case Family::geometric:
      return (1 - p[0]) / p[0];
    case Family::choice: {
      double sum = 0;
      for (std::size_t i = 0; i < p.size(); i += 2) sum += p[i] * p[i + 1];
      return sum / choice_sum(p);
    }
    default:
      return p[0];
  }
}

double discrete_variance(Family family, std::span<const double> p) {
  switch (family) {
    case Family::bernoulli:
      return p[0] * (1 - p[0]);
    case Family::binomial:
      return std::round(p[0]) * p[1] * (1 - p[1]);
    case Family::poisson:
      return p[0];
    case Family::geometric:
      return (1 - p[0]) / (p[0] * p[0]);
    default: {
      const double mean = discrete_mean(family, p);
      double sum = 0;
      for (std::size_t i = 0; i < p.size(); i += 2) {
        sum += (p[i] - mean) * (p[i] - mean) * p[i + 1];
      }
      return sum / choice_sum(p);
    }
  }
}

}  // namespace truce::engine
