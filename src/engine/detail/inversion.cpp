#include "engine/detail/inversion.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <exception>
#include <limits>
#include <numbers>

#include "engine/detail/boost_policy.hpp"
#include "engine/normal.hpp"

namespace truce::engine {

namespace {

namespace bm = boost::math;
/// Within these, nothing that Boost.Math gives was found to be off by more than rounding.
constexpr double large_shape = 1e8;
constexpr double far_out = 1e-6;
constexpr double large_beta = 1e6;
constexpr double close_enough = 1e-9;

/// Boost's searches throw where they fail, whatever the policy says.
template <class Inverse>
double unless_thrown(Inverse inverse) {
  try {
    return inverse();
  } catch (const std::exception&) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

/// Where a monotone probability of y is u, in [low, high]; the end that comes nearest if nowhere.
template <class Probability>
double search(Probability probability, double u, double low, double high) {
  constexpr double least = 1e-320;
  const auto error = [&](double y) { return std::log(std::max(probability(y), least) / u); };
  const double at_low = error(low);
  const double at_high = error(high);
  if (at_low == 0 || at_high == 0 || (at_low < 0) == (at_high < 0)) {
    return std::fabs(at_low) <= std::fabs(at_high) ? low : high;
  }
  std::uintmax_t steps = 300;
  const auto bracket = bm::tools::toms748_solve(error, low, high, at_low, at_high,
                                                bm::tools::eps_tolerance<double>(52), steps);
  return bracket.first + (bracket.second - bracket.first) / 2;
}

/// Uniform expansion for large shapes: Temme, SIAM J. Math. Anal. 10 (1979), 757-766. The first
/// term of the remainder is enough: the next is smaller by the shape.
double large_gamma_probability(double shape, double x, Tail tail) {
  const double mu = (x - shape) / shape;
  // eta^2 / 2 = mu - ln(1 + mu), without the difference where mu is small.
  double half = mu - std::log1p(mu);
  if (std::fabs(mu) < 0.02) {
    half = 0;
    for (int k = 12; k >= 2; --k) half = (k % 2 == 0 ? 1.0 : -1.0) / k + half * mu;
    half *= mu * mu;
  }
  const double eta = std::copysign(std::sqrt(2 * half), mu);
  const double r = eta * std::sqrt(shape);
  const double remainder = std::exp(-r * r / 2) / std::sqrt(2 * std::numbers::pi * shape) *
                           (-1.0 / 3 + eta / 12 - 2 * eta * eta / 135);
  return tail == Tail::lower ? bm::erfc(-r / std::numbers::sqrt2, QuietPolicy{}) / 2 - remainder
                             : bm::erfc(r / std::numbers::sqrt2, QuietPolicy{}) / 2 + remainder;
}

/// Cornish and Fisher's expansion, Rev. Inst. Int. Stat. 5 (1938), 307-320.
double large_gamma_inverse(double shape, double u, Tail tail) {
  const double sd = std::sqrt(shape);
  const double z = tail == Tail::lower ? inverse_normal(u) : -inverse_normal(u);
  const double z2 = z * z;
  return shape + sd * z + (z2 - 1) / 3 + z * (z2 - 7) / (36 * sd) -
         (3 * z2 * z2 + 7 * z2 - 16) / (810 * shape);
}

}  // namespace

double gamma_probability(double shape, double x, Tail tail) {
  if (shape > large_shape) return large_gamma_probability(shape, x, tail);
  return tail == Tail::lower ? bm::gamma_p(shape, x, QuietPolicy{})
                             : bm::gamma_q(shape, x, QuietPolicy{});
}

double beta_probability(double a, double b, double x, Tail tail) {
  return tail == Tail::lower ? bm::ibeta(a, b, x, QuietPolicy{})
                             : bm::ibetac(a, b, x, QuietPolicy{});
}

double gamma_inverse(double shape, double u, Tail tail) {
  if (shape > large_shape) return large_gamma_inverse(shape, u, tail);
  return tail == Tail::lower ? bm::gamma_p_inv(shape, u, QuietPolicy{})
                             : bm::gamma_q_inv(shape, u, QuietPolicy{});
}

double beta_inverse(double a, double b, double u, Tail tail) {
  const auto boost = [&] {
    return tail == Tail::lower ? bm::ibeta_inv(a, b, u, QuietPolicy{})
                               : bm::ibetac_inv(a, b, u, QuietPolicy{});
  };
  if (u >= far_out && std::max(a, b) <= large_beta) return boost();
  const double x = unless_thrown(boost);
  // Asked for the probability of what is not a number, Boost throws as well.
  if (!std::isnan(x) && std::fabs(beta_probability(a, b, x, tail) / u - 1) < close_enough) return x;
  // By the logit, which tells values near 1 apart as those near 0.
  const auto share = [](double y) { return 1 / (1 + std::exp(-y)); };
  const auto probability = [&](double y) {
    return y <= 0
               ? beta_probability(a, b, share(y), tail)
               : beta_probability(b, a, share(-y), tail == Tail::lower ? Tail::upper : Tail::lower);
  };
  return share(search(probability, u, -745, 745));
}

}  // namespace truce::engine
