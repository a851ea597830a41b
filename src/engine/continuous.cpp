#include "continuous.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "inversion.hpp"
#include "truce/engine/normal.hpp"

namespace truce::engine {

namespace {

namespace bm = boost::math;
/// Errors come back as values, and nothing is computed in long double.
using Policy = bm::policies::policy<bm::policies::domain_error<bm::policies::ignore_error>,
                                    bm::policies::overflow_error<bm::policies::ignore_error>,
                                    bm::policies::underflow_error<bm::policies::ignore_error>,
                                    bm::policies::evaluation_error<bm::policies::ignore_error>,
                                    bm::policies::promote_double<false>>;

struct Gamma {
  double shape, scale;
};

Gamma gamma_of(std::span<const double> p) {
  return {gamma_shape(p), p[1] * (p[1] / p[0])};
}

/// Mean and sd of the logarithm of a lognormal variable with this mean and sd.
struct Logarithm {
  double mean, sd;
};

Logarithm logarithm_of(std::span<const double> p) {
  const double variance = std::log1p(p[1] / p[0] * (p[1] / p[0]));
  return {std::log(p[0]) - variance / 2, std::sqrt(variance)};
}

/// The value that a family without spread always takes; NaN where it has one.
double only_value(Family family, std::span<const double> p) {
  constexpr double spread = std::numeric_limits<double>::quiet_NaN();
  switch (family) {
    case Family::uniform:
      return p[0] == p[1] ? p[0] : spread;
    case Family::triangular:
    case Family::pert:
      return p[0] == p[2] ? p[0] : spread;
    case Family::exponential:
      return p[0] == 0 ? 0 : spread;
    case Family::gamma:
    case Family::lognormal:
    case Family::normal:
      return p[1] == 0 ? p[0] : spread;
    case Family::weibull:
      return p[1] == 0 ? 0 : spread;
    default:
      return spread;
  }
}

double normal_probability(double z, Tail tail) {
  return 0.5 * bm::erfc(tail == Tail::lower ? -z / std::numbers::sqrt2 : z / std::numbers::sqrt2,
                        Policy{});
}

double normal_quantile(double u, Tail tail) {
  return tail == Tail::lower ? inverse_normal(u) : -inverse_normal(u);
}

double triangular_quantile(std::span<const double> p, double u, Tail tail) {
  const double width = p[2] - p[0];
  const double below = tail == Tail::lower ? u : 1 - u;
  const double above = tail == Tail::lower ? 1 - u : u;
  if (below * width <= p[1] - p[0]) return p[0] + std::sqrt(below * width * (p[1] - p[0]));
  return p[2] - std::sqrt(above * width * (p[2] - p[1]));
}

double triangular_probability(std::span<const double> p, double x, Tail tail) {
  const double width = p[2] - p[0];
  const bool lower_side = x < p[1] || p[1] == p[2];
  if (x <= p[0]) return tail == Tail::lower ? 0 : 1;
  if (x >= p[2]) return tail == Tail::lower ? 1 : 0;
  const double part = lower_side ? (x - p[0]) * (x - p[0]) / (width * (p[1] - p[0]))
                                 : (p[2] - x) * (p[2] - x) / (width * (p[2] - p[1]));
  return lower_side == (tail == Tail::lower) ? part : 1 - part;
}

}  // namespace

double gamma_shape(std::span<const double> p) {
  return p[0] / p[1] * (p[0] / p[1]);
}

Beta beta_of(Family family, std::span<const double> p) {
  if (family == Family::beta) return {p[0], p[1], 0, 1};
  // PERT: a beta distribution on [low, high] whose mean is (low + 4 mode + high) / 6.
  const double width = p[2] - p[0];
  return {1 + 4 * (p[1] - p[0]) / width, 1 + 4 * (p[2] - p[1]) / width, p[0], width};
}

double continuous_quantile(Family family, std::span<const double> p, double u, Tail tail) {
  if (const double only = only_value(family, p); !std::isnan(only)) return only;
  const bool lower = tail == Tail::lower;
  const auto log_above = [&] { return lower ? std::log1p(-u) : std::log(u); };
  switch (family) {
    case Family::uniform:
      return lower ? p[0] + u * (p[1] - p[0]) : p[1] - u * (p[1] - p[0]);
    case Family::triangular:
      return triangular_quantile(p, u, tail);
    case Family::exponential:
      return -p[0] * log_above();
    case Family::weibull:
      return p[1] * std::pow(-log_above(), 1 / p[0]);
    case Family::normal:
      return p[0] + p[1] * normal_quantile(u, tail);
    case Family::lognormal: {
      const Logarithm l = logarithm_of(p);
      return std::exp(l.mean + l.sd * normal_quantile(u, tail));
    }
    case Family::gamma: {
      const Gamma g = gamma_of(p);
      return g.scale * gamma_inverse(g.shape, u, tail);
    }
    default: {
      const Beta b = beta_of(family, p);
      return b.low + b.width * beta_inverse(b.a, b.b, u, tail);
    }
  }
}

double continuous_probability(Family family, std::span<const double> p, double x, Tail tail) {
  const bool lower = tail == Tail::lower;
  if (const double only = only_value(family, p); !std::isnan(only)) {
    return (x >= only) == lower ? 1 : 0;
  }
  const auto bounded = [&](double low, double high, auto inside) {
    if (x <= low) return lower ? 0.0 : 1.0;
    if (x >= high) return lower ? 1.0 : 0.0;
    return static_cast<double>(inside());
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto from_log_above = [&](double log_above) {
    return lower ? -std::expm1(log_above) : std::exp(log_above);
  };
  switch (family) {
    case Family::uniform:
      return bounded(p[0], p[1], [&] { return (lower ? x - p[0] : p[1] - x) / (p[1] - p[0]); });
    case Family::triangular:
      return triangular_probability(p, x, tail);
    case Family::exponential:
      return bounded(0, infinity, [&] { return from_log_above(-x / p[0]); });
    case Family::weibull:
      return bounded(0, infinity, [&] { return from_log_above(-std::pow(x / p[1], p[0])); });
    case Family::normal:
      return normal_probability((x - p[0]) / p[1], tail);
    case Family::lognormal:
      return bounded(0, infinity, [&] {
        const Logarithm l = logarithm_of(p);
        return normal_probability((std::log(x) - l.mean) / l.sd, tail);
      });
    case Family::gamma:
      return bounded(0, infinity, [&] {
        const Gamma g = gamma_of(p);
        return gamma_probability(g.shape, x / g.scale, tail);
      });
    default: {
      const Beta b = beta_of(family, p);
      return bounded(b.low, b.low + b.width, [&] {
        const double at = std::clamp((x - b.low) / b.width, 0.0, 1.0);
        return beta_probability(b.a, b.b, at, tail);
      });
    }
  }
}

double continuous_mean(Family family, std::span<const double> p) {
  switch (family) {
    case Family::uniform:
      return (p[0] + p[1]) / 2;
    case Family::triangular:
      return (p[0] + p[1] + p[2]) / 3;
    case Family::pert:
      return (p[0] + 4 * p[1] + p[2]) / 6;
    case Family::weibull:
      return p[1] * bm::tgamma(1 + 1 / p[0], Policy{});
    case Family::beta:
      return p[0] / (p[0] + p[1]);
    default:
      return p[0];
  }
}

double continuous_variance(Family family, std::span<const double> p) {
  switch (family) {
    case Family::uniform:
      return (p[1] - p[0]) * (p[1] - p[0]) / 12;
    case Family::triangular:
      return (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] - p[0] * p[1] - p[0] * p[2] - p[1] * p[2]) /
             18;
    case Family::exponential:
      return p[0] * p[0];
    case Family::weibull: {
      const double first = bm::tgamma(1 + 1 / p[0], Policy{});
      return p[1] * p[1] * (bm::tgamma(1 + 2 / p[0], Policy{}) - first * first);
    }
    case Family::pert:
    case Family::beta: {
      if (family == Family::pert && p[0] == p[2]) return 0;
      const Beta b = beta_of(family, p);
      const double sum = b.a + b.b;
      return b.width * b.width * b.a * b.b / (sum * sum * (sum + 1));
    }
    default:
      return p[1] * p[1];
  }
}

}  // namespace truce::engine
