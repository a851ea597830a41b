#include <boost/math/special_functions/gamma.hpp>

#include "engine/detail/count_search.hpp"
#include "engine/detail/normal_tail.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr std::string_view parameters[] = {"mean"};

std::string_view problem(Law::Parameters p) {
  return p[0] >= 0 && p[0] <= most_counted ? "" : "mean is not between 0 and 1e9";
}

double probability(Law::Parameters p, double x, Tail tail) {
  const double k = std::floor(x);
  const bool lower = tail == Tail::lower;
  if (k < 0) return lower ? 0 : 1;
  if (p[0] == 0 || std::isinf(k)) return lower ? 1 : 0;
  return lower ? boost::math::gamma_q(k + 1, p[0], Policy{})
               : boost::math::gamma_p(k + 1, p[0], Policy{});
}

double quantile(Law::Parameters p, double u, Tail tail) {
  const auto reached = [&](double k) {
    return tail == Tail::lower ? probability(p, k, tail) >= u : probability(p, k, tail) <= u;
  };
  return search_count(reached, p[0] + std::sqrt(p[0]) * normal_quantile(u, tail), 4e9);
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[0];
}

}  // namespace

const Law poisson{"poisson", parameters, true, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
