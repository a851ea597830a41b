#include "engine/detail/beta.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"low", "mode", "high"};

std::string_view problem(Law::Parameters p) {
  if (p[0] > p[1]) return "low is above mode";
  return p[1] <= p[2] ? "" : "mode is above high";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return p[0] == p[2] ? p[0] : pert_as_beta(p).quantile(u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  return p[0] == p[2] ? at_once(p[0], x, tail) : pert_as_beta(p).probability(x, tail);
}

double mean(Law::Parameters p) {
  return (p[0] + 4 * p[1] + p[2]) / 6;
}

double variance(Law::Parameters p) {
  return p[0] == p[2] ? 0 : pert_as_beta(p).variance();
}

}  // namespace

const Law pert{"pert", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
