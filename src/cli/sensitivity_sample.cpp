#include "cli/sensitivity_sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <sstream>
#include <stdexcept>

#include "analysis/emulator.hpp"
#include "analysis/regression.hpp"
#include "analysis/table_parts.hpp"
#include "scenario/diagnostics.hpp"

namespace truce::cli {

namespace {

using analysis::StudyTable;
using Groups = std::vector<std::vector<std::size_t>>;

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

/// Of parameters that depend on each other.
void add_shapley(Sensitivity& result, const StudyTable& table,
                 const std::vector<analysis::Estimate>& shapley) {
  if (shapley.empty()) {
    result.warnings.push_back(
        "the parameters depend on each other, so that there is no first and total order; Shapley "
        "effects are told of 8 parameters or fewer");
    return;
  }
  if (table.values.rows() < analysis::fewest_for_shapley) {
    result.warnings.push_back(fmt::format(
        "{} points: the intervals of Shapley effects may hold less often than 95 % (90 % or "
        "more); take {} or more",
        table.values.rows(), analysis::fewest_for_shapley));
  }
  result.measures.insert(result.measures.begin(), {"shapley", shapley});
  result.notes.insert(result.notes.begin(),
                      "the parameters depend on each other, so that there is no first and total "
                      "order; shapley: the parameter's fair share of the variance, by a Gaussian "
                      "copula with the correlations of the sample");
}

std::string why_no_indices(const analysis::EmulatorAnalysis& emulator, bool noisy) {
  return fmt::format(
      "no first and total order: {}; {}",
      emulator.quality == emulator.quality
          ? fmt::format("the emulator foretells {:.2f} of the variance in points it has not seen "
                        "(Q^2, at least {:.2f}; needed: {} and {})",
                        std::max(0.0, emulator.quality), std::max(0.0, emulator.quality_low),
                        analysis::least_quality, analysis::least_quality_low)
          : "the points differ by no more than the trials' noise",
      noisy ? "more trials would help" : "more points would help, or a design of kind saltelli");
}

void warn_of_uneven_sequence(Sensitivity& result, const StudyTable& table) {
  const std::size_t all = table.rows.size() + table.left_out.size();
  result.warnings.push_back(fmt::format(
      "{} points are no power of two, with which Sobol's sequence is even: the intervals of "
      "indices may hold less often than 95 % (half of the time where the emulator misses next to "
      "nothing){}",
      table.rows.size(),
      std::has_single_bit(all)
          ? ""
          : fmt::format("; take {} or {}", std::bit_floor(all), std::bit_ceil(all))));
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
    result.warnings.push_back(why_no_indices(emulator, noisy));
    return result;
  }
  if (emulator.depend) {
    add_shapley(result, table, emulator.shapley);
  } else {
    add_indices(result, table, emulator, groups);
  }
  if (emulator.depend && !groups.empty()) {
    throw std::invalid_argument("--group needs parameters that do not depend on each other");
  }
  if (design == "sobol" && !std::has_single_bit(table.rows.size())) {
    warn_of_uneven_sequence(result, table);
  }
  result.notes.push_back(fmt::format(
      "Q^2 = {:.3f}: share of the variance that the emulator ({} term{} of polynomial chaos) "
      "foretells in points it has not seen; intervals reach over the rest",
      emulator.quality, emulator.terms, emulator.terms == 1 ? "" : "s"));
  warn_of_noise(result, emulator.noise,
                noisy ? "the intervals may hold less often than 95 %; take more trials"
                      : "it is taken out of the indices; more trials or points narrow them");
  return result;
}

}  // namespace

Sensitivity sample_sensitivity(const std::string& design, const StudyTable& table,
                               const std::vector<std::string>& groups) {
  const std::vector<Eigen::Index> varied = analysis::varied(table);
  if (varied.empty()) {
    throw std::invalid_argument("no parameter differs between the points that have a value");
  }
  const StudyTable part = analysis::with_parameters(table, varied);
  Sensitivity result = sample(design, part, groups_of(part, groups));
  std::vector<std::string> constant;
  for (Eigen::Index j = 0; j < table.values.cols(); ++j) {
    if (std::ranges::binary_search(varied, j)) continue;
    constant.push_back(table.parameters[static_cast<std::size_t>(j)]);
    for (Measure& measure : result.measures) {
      measure.of.insert(measure.of.begin() + j, analysis::Estimate{});
    }
  }
  warn_of_constant(result, constant);
  return result;
}

}  // namespace truce::cli
