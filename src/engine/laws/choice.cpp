#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

// p holds pairs of a value and a weight, in the order written.

double sum_of_weights(Law::Parameters p) {
  double sum = 0;
  for (std::size_t i = 1; i < p.size(); i += 2) sum += p[i];
  return sum;
}

std::string_view problem(Law::Parameters p) {
  if (p.empty() || p.size() % 2 != 0) return "choice needs pairs of a value and a weight";
  for (std::size_t i = 1; i < p.size(); i += 2) {
    if (p[i] < 0) return "a weight is negative";
  }
  return sum_of_weights(p) > 0 ? "" : "the weights sum to zero";
}

double truncated(Law::Parameters p, double low, double high, double u) {
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

/// In the order written, not in that of the values: there is no upper tail.
double quantile(Law::Parameters p, double u, Tail /*tail*/) {
  return truncated(p, -infinity, infinity, u);
}

double probability(Law::Parameters p, double x, Tail tail) {
  double below = 0;
  for (std::size_t i = 0; i < p.size(); i += 2) below += p[i] <= x ? p[i + 1] : 0;
  below /= sum_of_weights(p);
  return tail == Tail::lower ? below : 1 - below;
}

double mean(Law::Parameters p) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); i += 2) sum += p[i] * p[i + 1];
  return sum / sum_of_weights(p);
}

double variance(Law::Parameters p) {
  const double center = mean(p);
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); i += 2) {
    sum += (p[i] - center) * (p[i] - center) * p[i + 1];
  }
  return sum / sum_of_weights(p);
}

}  // namespace

const Law choice{"choice", {}, true, problem, quantile, probability, mean, variance, truncated};

}  // namespace truce::engine::laws
