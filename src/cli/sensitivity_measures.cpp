#include "cli/sensitivity_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <sstream>
#include <stdexcept>

#include "analysis/emulator.hpp"
#include "analysis/morris.hpp"
#include "analysis/regression.hpp"
#include "analysis/sobol.hpp"
#include "scenario/diagnostics.hpp"

namespace truce::cli {

namespace {

using analysis::StudyTable;
using Groups = std::vector<std::vector<std::size_t>>;

constexpr double much_noise = 0.05;

Groups groups_of(const StudyTable& table, const std::vector<std::string>& texts) {
  Groups groups;
  for (const std::string& text : texts) {
    std::istringstream names(text);
    auto& group = groups.emplace_back();
    for (std::string name; std::getline(names, name, ',');) {
      const auto at = std::ranges::find(table.parameters, name);
      if (at == table.parameters.end()) {
        const std::string hint = scenario::did_you_mean(name, table.parameters);
        throw std::invalid_argument(
            fmt::format("'{}' is not varied{}", name, hint.empty() ? "" : "; " + hint));
      }
      group.push_back(static_cast<std::size_t>(at - table.parameters.begin()));
    }
    if (group.empty()) throw std::invalid_argument("a group has no parameters");
  }
  return groups;
}

void warn_of_noise(Sensitivity& result, double noise, const std::string& advice) {
  if (noise <= much_noise) return;
  result.warnings.push_back(
      fmt::format("{:.1f} % of the variance between the points' means is the trials' noise: {}",
                  100 * noise, advice));
}

Sensitivity saltelli(const results::StudySchema& schema, const StudyTable& table) {
  const Eigen::Index base = table.target.size() / (table.values.cols() + 2);
  double replicates = 1;
  for (const auto& [name, value] : schema.settings) {
    if (name == "replicates") replicates = value;
  }
  const auto sobol =
      analysis::sobol_analysis(table.batches, base, static_cast<Eigen::Index>(replicates));
  Sensitivity result{.measures = {{"first", {}}, {"total", {}}}};
  for (const auto& indices : sobol.parameters) {
    result.measures[0].of.push_back(indices.first);
    result.measures[1].of.push_back(indices.total);
  }
  result.notes = {
      "first: share of the variance between points that is due to the parameter alone; total: with "
      "all its interactions; the trials' noise is taken out of both",
      replicates > 1
          ? fmt::format("intervals from {} independent replicates of the design", replicates)
          : "intervals from the rows as if they were independent: wider than need be"};
  if (base < analysis::fewest_rows) {
    result.warnings.push_back(fmt::format(
        "{} points in the base sample: the intervals may hold less often than 95 % (90 % or more); "
        "take {} or more",
        base, analysis::fewest_rows));
  }
  warn_of_noise(result, sobol.noise,
                sobol.error_of_trials > 0.5 ? "more trials would narrow the intervals most"
                                            : "more points would narrow the intervals most");
  result.qualities = {{"noise", sobol.noise}, {"error_of_trials", sobol.error_of_trials}};
  return result;
}

Sensitivity morris(const StudyTable& table) {
  Sensitivity result{.measures = {{"mu_star", {}}, {"mu", {}}, {"sigma", {}}}};
  std::vector<std::string> skewed;
  for (const auto& effects : analysis::morris_analysis(table.unit, table.batches)) {
    if (effects.too_few) skewed.push_back(table.parameters[result.measures[0].of.size()]);
    result.measures[0].of.push_back(effects.mu_star);
    result.measures[1].of.push_back(effects.mu);
    result.measures[2].of.push_back(effects.sigma);
  }
  result.notes = {
      "mu_star: mean size of the effect over the parameter's whole range; mu: with its sign; "
      "sigma: how far it depends on the rest (its interval is rough: it may hold 70 % of the time "
      "where effects take few values)"};
  const Eigen::Index trajectories = table.target.size() / (table.values.cols() + 1);
  if (trajectories < analysis::fewest_trajectories) {
    result.warnings.push_back(fmt::format(
        "{} trajectories: the intervals may hold less often than 95 %, and sigma has none; take {} "
        "or more",
        trajectories, analysis::fewest_trajectories));
  } else if (!skewed.empty()) {
    result.warnings.push_back(
        fmt::format("{} trajectories are few for effects that may be so skewed: the intervals of "
                    "{} may hold less often than 95 %",
                    trajectories, fmt::join(skewed, ", ")));
  }
  const auto& v = table.variance;
  const double means = v.parameters + v.noise_of_mean;
  warn_of_noise(result, means > 0 ? v.noise_of_mean / means : 0,
                "it makes mu_star too large; more trials would mend it");
  return result;
}

void add_indices(Sensitivity& result, const StudyTable& table,
                 const analysis::EmulatorAnalysis& emulator, const Groups& groups) {
  Measure first{"first", {}};
  Measure total{"total", {}};
  for (const auto& indices : emulator.parameters) {
    first.of.push_back(indices.first);
    total.of.push_back(indices.total);
  }
  result.measures.insert(result.measures.begin(), {first, total});
  for (const auto& pair : emulator.pairs) {
    result.pairs.push_back(
        {fmt::format("{} x {}", table.parameters[pair.a], table.parameters[pair.b]),
         {{"second", pair.second}}});
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::vector<std::string> names;
    for (const std::size_t d : groups[g]) names.push_back(table.parameters[d]);
    result.groups.push_back(
        {fmt::format("{}", fmt::join(names, ", ")),
         {{"first", emulator.groups[g].first}, {"total", emulator.groups[g].total}}});
  }
  result.notes.insert(
      result.notes.begin(),
      "first: share of the variance between points that is due to the parameter alone; total: with "
      "all its interactions; second: of two together, beyond what each does alone");
}

Sensitivity sample(const std::string& design, const StudyTable& table, const Groups& groups) {
  const auto regression =
      analysis::regression_analysis(table.values, table.batches, table.unit.size() > 0);
  Sensitivity result{.measures = {{"prcc", regression.prcc}, {"src", regression.src}}};
  result.notes = {fmt::format(
      "prcc: partial rank correlation; src: standardised regression coefficient (R^2 = {:.3f})",
      regression.r_squared)};
  const auto emulator =
      analysis::emulator_analysis(table.values, table.unit, table.batches, groups);
  result.qualities = {{"q_squared", emulator.quality},
                      {"q_squared_low", emulator.quality_low},
                      {"terms", static_cast<double>(emulator.terms)},
                      {"noise", emulator.noise},
                      {"r_squared", regression.r_squared}};
  const bool noisy = emulator.noise > analysis::most_noise;
  if (!emulator.sound()) {
    result.warnings.push_back(fmt::format(
        "no first and total order: {}; {}",
        emulator.quality == emulator.quality
            ? fmt::format("the emulator foretells {:.2f} of the variance in points it has not seen "
                          "(Q^2, at least {:.2f}; needed: {} and {})",
                          std::max(0.0, emulator.quality), std::max(0.0, emulator.quality_low),
                          analysis::least_quality, analysis::least_quality_low)
            : "the points differ by no more than the trials' noise",
        noisy ? "more trials would help" : "more points would help, or a design of kind saltelli"));
    return result;
  }
  if (!emulator.depend) {
    add_indices(result, table, emulator, groups);
  } else if (emulator.shapley.empty()) {
    result.warnings.push_back(
        "the parameters depend on each other, so that there is no first and total order; Shapley "
        "effects are told of 8 parameters or fewer");
  } else {
    if (table.values.rows() < analysis::fewest_for_shapley) {
      result.warnings.push_back(fmt::format(
          "{} points: the intervals of Shapley effects may hold less often than 95 % (90 % or "
          "more); take {} or more",
          table.values.rows(), analysis::fewest_for_shapley));
    }
    result.measures.insert(result.measures.begin(), {"shapley", emulator.shapley});
    result.notes.insert(result.notes.begin(),
                        "the parameters depend on each other, so that there is no first and total "
                        "order; shapley: the parameter's fair share of the variance, by a Gaussian "
                        "copula with the correlations of the sample");
  }
  if (emulator.depend && !groups.empty()) {
    throw std::invalid_argument("--group needs parameters that do not depend on each other");
  }
  if (design == "sobol" && !std::has_single_bit(static_cast<std::size_t>(table.values.rows()))) {
    result.warnings.push_back(fmt::format(
        "{} points are no power of two, with which Sobol's sequence is even: the intervals of "
        "indices may hold less often than 95 % (half of the time where the emulator misses next to "
        "nothing); take {} or {}",
        table.values.rows(), std::bit_floor(static_cast<std::size_t>(table.values.rows())),
        std::bit_ceil(static_cast<std::size_t>(table.values.rows()))));
  }
  result.notes.push_back(fmt::format(
      "Q^2 = {:.3f}: share of the variance that the emulator ({} terms of polynomial chaos) "
      "foretells in points it has not seen; intervals reach over the rest",
      emulator.quality, emulator.terms));
  warn_of_noise(result, emulator.noise,
                noisy ? "the intervals may hold less often than 95 %; take more trials"
                      : "it is taken out of the indices; more trials or points narrow them");
  return result;
}

}  // namespace

Sensitivity sensitivity_of(const results::StudySchema& schema, const StudyTable& table,
                           const std::vector<std::string>& groups) {
  const std::string& design = schema.design;
  const bool is_sample = design == "sobol" || design == "latin_hypercube" || design == "list";
  const Groups together = groups_of(table, groups);
  if (!groups.empty() && !is_sample) {
    throw std::invalid_argument(
        "--group needs a design of kind sobol, latin_hypercube or list, whose indices come from an "
        "emulator");
  }
  if (!table.left_out.empty() && (design == "saltelli" || design == "morris")) {
    throw std::invalid_argument(
        fmt::format("a design of kind '{}' needs a value at every point; {} have none: {}", design,
                    table.left_out.size(), fmt::join(table.left_out, ", ")));
  }
  if (design == "saltelli") return saltelli(schema, table);
  if (design == "morris") return morris(table);
  if (is_sample) return sample(design, table, together);
  throw std::invalid_argument(fmt::format(
      "a design of kind '{}' is no sample; sensitivity needs saltelli (Sobol indices), morris "
      "(elementary effects), or sobol, latin_hypercube or list (from any sample)",
      design));
}

}  // namespace truce::cli
