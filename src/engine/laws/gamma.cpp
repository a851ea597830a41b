#include "engine/detail/inversion.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"mean", "sd"};

double scale_of(Law::Parameters p) {
  return p[1] * (p[1] / p[0]);
}

std::string_view problem(Law::Parameters p) {
  if (p[1] < 0) return "sd is negative";
  if (p[0] < 0) return "mean is negative";
  return p[0] > 0 || p[1] == 0 ? "" : "mean is 0, but sd is not";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return p[1] == 0 ? p[0] : scale_of(p) * gamma_inverse(gamma_shape(p), u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[1] == 0) return at_once(p[0], x, tail);
  return bounded(0, infinity, x, tail,
                 [&] { return gamma_probability(gamma_shape(p), x / scale_of(p), tail); });
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[1] * p[1];
}

}  // namespace

const Law gamma{"gamma", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
