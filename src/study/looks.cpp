#include "study/looks.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "engine/normal.hpp"

namespace truce::study {

namespace {

using Quadrature = boost::math::quadrature::gauss<double, 40>;

double density(double x) {
  return 0.398942280401432678 * std::exp(-x * x / 2);
}

/// Probability that the error is within `bound` standard errors at all looks. In standard errors it
/// is a Gauss-Markov sequence, of which the correlation is the root of the trials' ratio.
double kept(const std::vector<std::uint64_t>& looks, double bound) {
  std::vector<double> nodes;
  std::vector<double> weights;
  for (std::size_t i = 0; i < Quadrature::abscissa().size(); ++i) {
    for (const double side : {-1, 1}) {
      nodes.push_back(side * bound * Quadrature::abscissa()[i]);
      weights.push_back(bound * Quadrature::weights()[i]);
    }
  }
  std::vector<double> now;
  for (const double x : nodes) now.push_back(density(x));
  for (std::size_t k = 1; k < looks.size(); ++k) {
    const double ratio = static_cast<double>(looks[k - 1]) / static_cast<double>(looks[k]);
    const double sd = std::sqrt(1 - ratio);
    std::vector<double> next(nodes.size(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (std::size_t j = 0; j < nodes.size(); ++j) {
        next[i] +=
            weights[j] * now[j] * density((nodes[i] - std::sqrt(ratio) * nodes[j]) / sd) / sd;
      }
    }
    now = std::move(next);
  }
  double sum = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) sum += weights[i] * now[i];
  return sum;
}

}  // namespace

std::uint64_t Looks::next() const {
  return (least_ + block_trials - 1) / block_trials * block_trials;
}

std::vector<std::uint64_t> looks_until(std::uint64_t at_most) {
  std::vector<std::uint64_t> until;
  Looks looks;
  for (; looks.next() < at_most; looks.advance()) until.push_back(looks.next());
  until.push_back(at_most);
  return until;
}

double bound_at_all(const std::vector<std::uint64_t>& looks, double confidence) {
  // No bound is less than that of one look, or more than Bonferroni's.
  const double alpha = 1 - confidence;
  double low = engine::inverse_normal(1 - alpha / 2);
  double high = engine::inverse_normal(1 - alpha / 2 / static_cast<double>(looks.size()));
  for (int i = 0; i < 30 && high - low > 1e-9; ++i) {
    const double middle = (low + high) / 2;
    (kept(looks, middle) < confidence ? low : high) = middle;
  }
  return high;
}

}  // namespace truce::study
