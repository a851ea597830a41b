#include <algorithm>
#include <array>
#include <boost/math/tools/toms748_solve.hpp>

#include "engine/laws/metalog.hpp"

namespace truce::engine::laws {

namespace {

// What experts say of quantiles, made a distribution: the metalog of each. Several experts are a
// linear pool: the mixture of theirs (M. Stone, Ann. Math. Stat. 32 (1961), 1339-1342).
//
// p holds pairs of a probability and a value, ascending in both, for each expert; a pair of -1 and
// a weight ends one, and may be left out behind the only one.

constexpr std::size_t most_experts = 20;

struct Expert {
  Metalog metalog;
  double weight = 1;
};

/// The experts of the parameters.
class Pool {
 public:
  explicit Pool(Law::Parameters p) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < p.size() && problem_.empty(); i += 2) {
      const bool ends = p[i] == -1;
      if (!ends && i + 2 < p.size()) continue;
      if (count_ == most_experts) {
        problem_ = "elicited takes at most 20 experts";
        break;
      }
      Expert& expert = experts_[count_++];
      problem_ = expert.metalog.fit(p.subspan(begin, (ends ? i : i + 2) - begin));
      expert.weight = ends ? p[i + 1] : count_ > 1 ? -1 : 1;
      begin = i + 2;
      weights_ += expert.weight;
      if (problem_.empty() && !(expert.weight > 0)) {
        problem_ = ends ? "a weight is not above 0" : "the last expert has no weight";
      }
    }
    if (problem_.empty() && count_ == 0) problem_ = "elicited needs quantiles";
  }

  [[nodiscard]] std::string_view problem() const { return problem_; }

  [[nodiscard]] double probability(double x, Tail tail) const {
    double sum = 0;
    for (const Expert& each : experts()) sum += each.weight * each.metalog.probability(x, tail);
    return sum / weights_;
  }

  /// Between those of the experts, which lie on either side of it.
  [[nodiscard]] double quantile(double u, Tail tail) const {
    if (count_ == 1) return experts_[0].metalog.quantile(u, tail);
    double low = infinity;
    double high = -infinity;
    for (const Expert& each : experts()) {
      low = std::min(low, each.metalog.quantile(u, tail));
      high = std::max(high, each.metalog.quantile(u, tail));
    }
    // Rounding may have put u itself beyond either.
    const double sign = tail == Tail::lower ? 1 : -1;
    const auto above = [&](double x) { return sign * (probability(x, tail) - u); };
    const double at_low = above(low);
    const double at_high = above(high);
    if (at_low >= 0) return low;
    if (at_high <= 0) return high;
    std::uintmax_t steps = 200;
    const auto [a, b] = boost::math::tools::toms748_solve(
        above, low, high, at_low, at_high, boost::math::tools::eps_tolerance<double>(50), steps);
    return (a + b) / 2;
  }

  template <class F>
  [[nodiscard]] double expectation(double order, F f) const {
    double sum = 0;
    for (const Expert& each : experts()) {
      if (!each.metalog.has_moment(order)) return infinity;
      sum += each.weight * each.metalog.expectation(f);
    }
    return sum / weights_;
  }

 private:
  [[nodiscard]] std::span<const Expert> experts() const { return {experts_.data(), count_}; }

  std::array<Expert, most_experts> experts_{};
  std::size_t count_ = 0;
  double weights_ = 0;
  std::string_view problem_;
};

std::string_view problem(Law::Parameters p) {
  return p.size() % 2 != 0 ? "elicited needs pairs of a probability and a value"
                           : Pool(p).problem();
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return Pool(p).quantile(u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  return Pool(p).probability(x, tail);
}

double mean(Law::Parameters p) {
  return Pool(p).expectation(1, [](double x) { return x; });
}

double variance(Law::Parameters p) {
  const double centre = mean(p);
  if (!std::isfinite(centre)) return infinity;
  return Pool(p).expectation(2, [&](double x) { return (x - centre) * (x - centre); });
}

}  // namespace

const Law elicited{"elicited", {}, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
