#pragma once

#include <algorithm>
#include <array>
#include <boost/math/tools/toms748_solve.hpp>

#include "engine/laws/law.hpp"

namespace truce::engine::laws {

/// The metalog (T. W. Keelin, Decision Analysis 13 (2016), 243-277) that has all quantiles it is
/// given, with as many terms: x as a function of L = ln(y / (1 - y)) for the probability y below x.
/// Quantiles of 0 and 1 are bounds, which make it the log or the logit metalog.
class Metalog {
 public:
  /// The pairs of one expert, without bounds that are missing. Why not, or nothing.
  std::string_view fit(Law::Parameters pairs) {
    std::size_t begin = 0;
    std::size_t end = pairs.size();
    low_ = -infinity;
    high_ = infinity;
    for (std::size_t i = 0; i < end; i += 2) {
      if (!is_probability(pairs[i])) return "a probability is not within 0 and 1";
      if (i == 0) continue;
      if (pairs[i] <= pairs[i - 2]) return "the probabilities do not ascend";
      if (pairs[i + 1] <= pairs[i - 1]) return "the quantiles do not ascend";
    }
    if (end > 0 && pairs[0] == 0) {
      low_ = pairs[1];
      begin = 2;
    }
    if (end > begin && pairs[end - 2] == 1) {
      high_ = pairs[end - 1];
      end -= 2;
    }
    terms_ = (end - begin) / 2;
    if (terms_ < 2) return "elicited needs two quantiles or more, besides bounds";
    if (terms_ > most_terms) return "elicited takes at most nine quantiles, besides bounds";
    if (!solve(pairs.subspan(begin, end - begin))) return "no metalog has these quantiles";
    return rises() ? ""
                   : "the metalog with these quantiles falls somewhere; leave one out, or move "
                     "those in the middle";
  }

  [[nodiscard]] double at(double logit) const { return back(value(logit)); }

  [[nodiscard]] double quantile(double u, Tail tail) const {
    const double logit = std::log(u) - std::log1p(-u);
    return at(tail == Tail::lower ? logit : -logit);
  }

  [[nodiscard]] double probability(double x, Tail tail) const {
    return bounded(low_, high_, x, tail, [&] {
      const double logit = logit_of(transformed(x));
      return 1 / (1 + std::exp(tail == Tail::lower ? -logit : logit));
    });
  }

  /// E of f(X), by the trapezoidal rule over L: its error is that of the tails beyond, of e^-700.
  template <class F>
  [[nodiscard]] double expectation(F f) const {
    constexpr double step = 1.0 / 32;
    double sum = 0;
    for (double logit = -farthest; logit <= farthest; logit += step) {
      const double part = std::exp(-std::abs(logit));
      const double density = part / ((1 + part) * (1 + part));
      if (density > 0) sum += f(at(logit)) * density;
    }
    return sum * step;
  }

  /// Whether X has a moment of this order: beyond one bound alone it may grow like e^(r L).
  [[nodiscard]] bool has_moment(double order) const {
    if (std::isfinite(low_) == std::isfinite(high_)) return true;
    return order * slope(std::isfinite(low_) ? farthest : -farthest) < 1;
  }

 private:
  static constexpr std::size_t most_terms = 9;
  static constexpr double farthest = 700;

  /// The terms at L, and their derivatives, in Keelin's order.
  static void terms_at(double logit, std::array<double, most_terms>& terms,
                       std::array<double, most_terms>& slopes) {
    const double centred = 0.5 * std::tanh(logit / 2);  // y - 1/2
    const double rate = 0.25 - centred * centred;       // dy / dL
    double power = 1;                                   // (y - 1/2)^n
    double of_power = 0;                                // its derivative
    for (std::size_t k = 0; k < most_terms; ++k) {
      // 1, L, (y - 1/2) L, y - 1/2; then (y - 1/2)^n and (y - 1/2)^n L in turn.
      const bool times_logit = k == 1 || k == 2 || (k > 4 && k % 2 == 1);
      if (k == 2 || k == 4 || (k > 4 && k % 2 == 0)) {
        of_power = of_power * centred + power * rate;
        power *= centred;
      }
      terms[k] = times_logit ? power * logit : power;
      slopes[k] = times_logit ? of_power * logit + power : of_power;
    }
  }

  [[nodiscard]] double transformed(double x) const {
    if (std::isfinite(low_) && std::isfinite(high_)) return std::log((x - low_) / (high_ - x));
    if (std::isfinite(low_)) return std::log(x - low_);
    return std::isfinite(high_) ? -std::log(high_ - x) : x;
  }

  [[nodiscard]] double back(double z) const {
    if (std::isfinite(low_) && std::isfinite(high_)) {
      const double part = std::exp(-std::abs(z));
      const double near = (high_ - low_) * (part / (1 + part));
      return z < 0 ? low_ + near : high_ - near;
    }
    if (std::isfinite(low_)) return low_ + std::exp(z);
    return std::isfinite(high_) ? high_ - std::exp(-z) : z;
  }

  [[nodiscard]] double value(double logit) const { return both(logit).first; }
  [[nodiscard]] double slope(double logit) const { return both(logit).second; }

  [[nodiscard]] std::pair<double, double> both(double logit) const {
    std::array<double, most_terms> terms{};
    std::array<double, most_terms> slopes{};
    terms_at(logit, terms, slopes);
    double z = 0;
    double dz = 0;
    for (std::size_t k = 0; k < terms_; ++k) {
      z += coefficients_[k] * terms[k];
      dz += coefficients_[k] * slopes[k];
    }
    return {z, dz};
  }

  /// L where the metalog is z, which it reaches but for rounding: it rises everywhere.
  [[nodiscard]] double logit_of(double z) const {
    if (z <= value(-farthest)) return -farthest;
    if (z >= value(farthest)) return farthest;
    std::uintmax_t steps = 200;
    const auto [a, b] = boost::math::tools::toms748_solve(
        [&](double logit) { return value(logit) - z; }, -farthest, farthest,
        boost::math::tools::eps_tolerance<double>(52), steps);
    return (a + b) / 2;
  }

  /// Gauss's elimination with pivots, of as many equations as terms.
  bool solve(Law::Parameters pairs) {
    std::array<std::array<double, most_terms + 1>, most_terms> rows{};
    for (std::size_t i = 0; i < terms_; ++i) {
      const double y = pairs[2 * i];
      std::array<double, most_terms> slopes{};
      std::array<double, most_terms> terms{};
      terms_at(std::log(y) - std::log1p(-y), terms, slopes);
      std::ranges::copy(terms, rows[i].begin());
      rows[i][terms_] = transformed(pairs[2 * i + 1]);
      if (!std::isfinite(rows[i][terms_])) return false;
    }
    for (std::size_t k = 0; k < terms_; ++k) {
      std::size_t pivot = k;
      for (std::size_t i = k + 1; i < terms_; ++i) {
        if (std::abs(rows[i][k]) > std::abs(rows[pivot][k])) pivot = i;
      }
      if (std::abs(rows[pivot][k]) < 1e-14) return false;
      std::swap(rows[k], rows[pivot]);
      for (std::size_t i = k + 1; i < terms_; ++i) {
        const double factor = rows[i][k] / rows[k][k];
        for (std::size_t j = k; j <= terms_; ++j) rows[i][j] -= factor * rows[k][j];
      }
    }
    for (std::size_t k = terms_; k-- > 0;) {
      double sum = rows[k][terms_];
      for (std::size_t j = k + 1; j < terms_; ++j) sum -= rows[k][j] * coefficients_[j];
      coefficients_[k] = sum / rows[k][k];
    }
    return true;
  }

  /// Whether it is a quantile function. Beyond these L the slope has its limits.
  [[nodiscard]] bool rises() const {
    for (double logit = -50; logit <= 50; logit += 1.0 / 16) {
      if (!(slope(logit) > 0)) return false;
    }
    return slope(-farthest) > 0 && slope(farthest) > 0;
  }

  double low_ = -infinity, high_ = infinity;
  std::size_t terms_ = 0;
  std::array<double, most_terms> coefficients_{};
};

}  // namespace truce::engine::laws
