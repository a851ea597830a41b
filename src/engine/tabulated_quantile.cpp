#include "engine/tabulated_quantile.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numbers>

#include "engine/detail/beta.hpp"
#include "engine/normal.hpp"
#include "engine/random.hpp"

namespace truce::engine {

namespace {

// Beyond these shapes ln x is too steep, or the search itself too inexact.
constexpr double least_shape = 0.25;
constexpr double most_shape = 1e6;

// Above, cumulative probabilities of counts differ by no more than their own errors, so that their
// order is no longer sure: there the search decides.
constexpr double most_looked_up = 1 - 0x1p-40;

bool is_smooth(double shape) {
  return shape >= least_shape && shape <= most_shape;
}

}  // namespace

TabulatedQuantile::TabulatedQuantile(Family family, std::span<const double> p)
    : family_(family), parameters_(p.begin(), p.end()) {
  TRUCE_EXPECT(parameter_problem(family, p).empty());
  if (family == laws::exponential && p[0] > 0) {
    method_ = Method::exponential;
  } else if (family == laws::gamma && p[1] > 0 && is_smooth(gamma_shape(p))) {
    method_ = Method::table;
  } else if (family == laws::beta || (family == laws::pert && p[0] < p[2])) {
    const Beta b = family == laws::beta ? Beta{p[0], p[1], 0, 1} : pert_as_beta(p);
    low_ = b.low;
    width_ = b.width;
    parameters_ = {b.a, b.b};
    if (is_smooth(b.a) && is_smooth(b.b)) {
      family_ = laws::beta;
      method_ = Method::table;
    } else {
      parameters_.assign(p.begin(), p.end());
    }
  }
  if (method_ == Method::table) table_.resize(pieces);
  if (family == laws::binomial || family == laws::poisson) look_up_counts();
}

double TabulatedQuantile::operator()(double u) {
  TRUCE_EXPECT(u > 0 && u < 1);
  if (method_ == Method::counts) return count(u);
  if (method_ == Method::exponential) return -parameters_[0] * std::log(1 - u);
  if (method_ == Method::direct) return quantile(family_, parameters_, u);
  const double at = (inverse_normal(u) - lowest) / piece_width;
  const auto index = static_cast<std::size_t>(at);
  if (!table_[index].made) make(index);
  const double t = 2 * (at - static_cast<double>(index)) - 1;
  const auto& c = table_[index].coefficients;
  double y = c[terms - 1];
  for (std::size_t i = terms - 1; i-- > 0;) y = y * t + c[i];
  return back(y);
}

void TabulatedQuantile::look_up_counts() {
  const double lowest_count = quantile(family_, parameters_, open_unit(0));
  const double last = quantile(family_, parameters_, open_unit(~std::uint64_t{0}));
  if (last - lowest_count >= most_counts) return;
  method_ = Method::counts;
  low_ = lowest_count;
  for (double k = low_; k < last; ++k) {
    const double below = cdf(family_, parameters_, k);
    TRUCE_ENSURE(cumulative_.empty() || below >= cumulative_.back() || below > most_looked_up);
    cumulative_.push_back(below);
  }
  // A power of two, so that u * size is exact.
  const std::size_t size = std::bit_ceil(cumulative_.size() + 1);
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(size);
    while (at < cumulative_.size() && cumulative_[at] < u) ++at;
    guide_.push_back(at);
  }
}

double TabulatedQuantile::count(double u) const {
  if (u > most_looked_up) [[unlikely]]
    return searched(u);
  std::size_t at = guide_[static_cast<std::size_t>(u * static_cast<double>(guide_.size()))];
  while (at < cumulative_.size() && cumulative_[at] < u) ++at;
  return low_ + static_cast<double>(at);
}

double TabulatedQuantile::searched(double u) const {
  return quantile(family_, parameters_, u);
}

// ln x of a gamma, the logit of a beta distribution. Each tail has its own quantile function, which
// keeps its precision.
double TabulatedQuantile::transformed(double z) const {
  const double tail = normal_cdf(-std::fabs(z));
  if (family_ == laws::gamma) {
    return std::log(laws::gamma.quantile(parameters_, tail, z < 0 ? Tail::lower : Tail::upper));
  }
  const std::array<double, 2> mirrored = {parameters_[1], parameters_[0]};
  if (z < 0) {
    const double x = laws::beta.quantile(parameters_, tail, Tail::lower);
    return std::log(x) - std::log1p(-x);
  }
  const double rest = laws::beta.quantile(mirrored, tail, Tail::lower);
  return std::log1p(-rest) - std::log(rest);
}

double TabulatedQuantile::back(double y) const {
  if (family_ == laws::gamma) return std::exp(y);
  return low_ + width_ / (1 + std::exp(-y));
}

// Interpolates at Chebyshev points, then turns the sum of Chebyshev polynomials into one of powers.
void TabulatedQuantile::make(std::size_t index) {
  Piece& piece = table_[index];
  const double middle = lowest + (static_cast<double>(index) + 0.5) * piece_width;
  std::array<double, terms> values{};
  // cos(i pi / (2 terms)), all that is needed.
  static const std::array<double, 4 * terms> cosines = [] {
    std::array<double, 4 * terms> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = std::cos(std::numbers::pi * static_cast<double>(i) / (2 * terms));
    }
    return all;
  }();
  for (std::size_t k = 0; k < terms; ++k) {
    values[k] = transformed(middle + piece_width / 2 * cosines[2 * k + 1]);
  }
  // Quantiles ascend; the points descend.
  TRUCE_ENSURE(std::ranges::is_sorted(values, std::greater{}));
  std::array<double, terms> before{}, present{};  // powers of T_{n-1} and T_n
  present[0] = 1;
  for (std::size_t n = 0; n < terms; ++n) {
    double sum = 0;
    for (std::size_t k = 0; k < terms; ++k) {
      sum += values[k] * cosines[n * (2 * k + 1) % cosines.size()];
    }
    const double c = (n == 0 ? 1 : 2) * sum / static_cast<double>(terms);
    std::array<double, terms> next{};
    for (std::size_t i = 0; i < terms; ++i) {
      piece.coefficients[i] += c * present[i];
      if (i > 0) next[i] = (n == 0 ? 1 : 2) * present[i - 1];
      next[i] -= before[i];
    }
    before = n == 0 ? std::array<double, terms>{1} : present;
    present = next;
  }
  piece.made = true;
}

}  // namespace truce::engine
