#include <boost/math/special_functions/beta.hpp>

#include "engine/detail/count_search.hpp"
#include "engine/detail/normal_tail.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr std::string_view parameters[] = {"n", "p"};

std::string_view problem(Law::Parameters p) {
  if (p[0] < 0 || p[0] > most_counted) return "n is not between 0 and 1e9";
  if (std::fabs(p[0] - std::round(p[0])) > 1e-9) return "n is not a whole number";
  return is_probability(p[1]) ? "" : "p is not between 0 and 1";
}

double probability(Law::Parameters p, double x, Tail tail) {
  const double n = std::round(p[0]);
  const double k = std::floor(x);
  const bool lower = tail == Tail::lower;
  if (k < 0) return lower ? 0 : 1;
  if (k >= n || p[1] == 0) return lower ? 1 : 0;
  if (p[1] == 1) return lower ? 0 : 1;
  return lower ? boost::math::ibetac(k + 1, n - k, p[1], Policy{})
               : boost::math::ibeta(k + 1, n - k, p[1], Policy{});
}

double quantile(Law::Parameters p, double u, Tail tail) {
  const double n = std::round(p[0]);
  const double sd = std::sqrt(n * p[1] * (1 - p[1]));
  const auto reached = [&](double k) {
    return tail == Tail::lower ? probability(p, k, tail) >= u : probability(p, k, tail) <= u;
  };
  return search_count(reached, n * p[1] + sd * normal_quantile(u, tail), n);
}

double mean(Law::Parameters p) {
  return std::round(p[0]) * p[1];
}

double variance(Law::Parameters p) {
  return std::round(p[0]) * p[1] * (1 - p[1]);
}

}  // namespace

const Law binomial{"binomial", parameters, true, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
