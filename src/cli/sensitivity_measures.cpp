#include "cli/sensitivity_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "analysis/morris.hpp"
#include "analysis/sobol.hpp"
#include "analysis/table_parts.hpp"
#include "cli/sensitivity_sample.hpp"
#include "study/design.hpp"

namespace truce::cli {

namespace {

using analysis::StudyTable;

/// Where points have no value: what is analysed, and a warning.
analysis::WholeUnits whole_units_of(const StudyTable& table, analysis::DesignUnit kind,
                                    const std::string& names) {
  analysis::WholeUnits whole = analysis::whole_units(table, kind);
  if (whole.units < 2) {
    throw std::invalid_argument(fmt::format("only {} of {} {} have a value at all of their points",
                                            whole.units, whole.units + whole.left_out, names));
  }
  return whole;
}

void warn_of_left_out(Sensitivity& result, const analysis::WholeUnits& whole,
                      const std::string& names) {
  if (whole.left_out == 0) return;
  result.warnings.push_back(
      fmt::format("{} of {} {} have a point without a value and are left out; the others may be no "
                  "fair sample",
                  whole.left_out, whole.units + whole.left_out, names));
}

Sensitivity saltelli(const results::StudySchema& schema, const StudyTable& all) {
  const std::string names = "rows of the base sample";
  const auto whole = whole_units_of(all, analysis::DesignUnit::base_row, names);
  const StudyTable& table = whole.table;
  const Eigen::Index base = whole.units;
  double replicates = 1;
  for (const auto& [name, value] : schema.settings) {
    // Where rows are missing, the replicates are no longer of one size.
    if (name == "replicates" && whole.left_out == 0) replicates = value;
  }
  const auto sobol =
      analysis::sobol_analysis(table.batches, base, static_cast<Eigen::Index>(replicates));
  Sensitivity result{.measures = {{"first", {}}, {"total", {}}}};
  for (const auto& indices : sobol.parameters) {
    result.measures[0].of.push_back(indices.first);
    result.measures[1].of.push_back(indices.total);
  }
  result.notes = {
      fmt::format("first: share of the variance between points that is due to the parameter alone; "
                  "total: with all its interactions{}",
                  table.noise_known ? "; the trials' noise is taken out of both" : ""),
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
  warn_of_left_out(result, whole, names);
  const auto varied = analysis::varied(table);
  std::vector<std::string> constant;
  for (Eigen::Index j = 0; j < table.values.cols(); ++j) {
    if (std::ranges::binary_search(varied, j)) continue;
    const auto place = static_cast<std::size_t>(j);
    constant.push_back(table.parameters[place]);
    for (Measure& measure : result.measures) measure.of[place] = {};
  }
  warn_of_constant(result, constant);
  result.qualities = {{"noise", sobol.noise}, {"error_of_trials", sobol.error_of_trials}};
  return result;
}

Sensitivity morris(const StudyTable& all) {
  const auto whole = whole_units_of(all, analysis::DesignUnit::trajectory, "trajectories");
  const StudyTable& table = whole.table;
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
  const Eigen::Index trajectories = whole.units;
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
  warn_of_left_out(result, whole, "trajectories");
  return result;
}

}  // namespace

void warn_of_noise(Sensitivity& result, double noise, const std::string& advice) {
  constexpr double much_noise = 0.05;
  if (noise <= much_noise) return;
  result.warnings.push_back(
      fmt::format("{:.1f} % of the variance between the points' means is the trials' noise: {}",
                  100 * noise, advice));
}

void warn_of_constant(Sensitivity& result, const std::vector<std::string>& parameters) {
  if (parameters.empty()) return;
  result.warnings.push_back(
      fmt::format("nothing can be said of {}, the same at all points that have a value",
                  fmt::join(parameters, ", ")));
}

Sensitivity sensitivity_of(const results::StudySchema& schema, const StudyTable& table,
                           const std::vector<std::string>& groups) {
  const std::string& design = schema.design;
  const bool any_sample = study::is_sample(design);
  if (!groups.empty() && !any_sample) {
    throw std::invalid_argument(
        "--group needs a design of kind sobol, latin_hypercube or list, whose indices come from an "
        "emulator");
  }
  Sensitivity result;
  if (design == "saltelli") {
    result = saltelli(schema, table);
  } else if (design == "morris") {
    result = morris(table);
  } else if (any_sample) {
    result = sample_sensitivity(design, table, groups);
  } else {
    throw std::invalid_argument(fmt::format(
        "a design of kind '{}' is no sample; sensitivity needs saltelli (Sobol indices), morris "
        "(elementary effects), or sobol, latin_hypercube or list (from any sample)",
        design));
  }
  if (!table.noise_known) {
    result.warnings.push_back(fmt::format(
        "with {} trial{} a point the trials' noise cannot be told from what the parameters do, and "
        "is not taken out; take 4 or more",
        schema.common.trials, schema.common.trials == 1 ? "" : "s"));
  }
  return result;
}

}  // namespace truce::cli
