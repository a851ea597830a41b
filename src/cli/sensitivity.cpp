#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "cli/json.hpp"
#include "cli/refusal.hpp"
#include "cli/report.hpp"
#include "cli/sensitivity_measures.hpp"
#include "cli/study_target.hpp"
#include "cli/verbs.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using analysis::Estimate;
using analysis::StudyTable;
/// Options of this verb.
struct SensitivityOptions : TargetOptions {
  std::vector<std::string> groups;
};

using results::decimal;
using results::short_number;

Json json_of(const Estimate& e) {
  return {{"value", number(e.value)},
          {"low", number(e.interval.low)},
          {"high", number(e.interval.high)}};
}

Json json_of(const std::vector<JointMeasure>& measures) {
  Json all = Json::object();
  for (const JointMeasure& joint : measures) {
    for (const auto& [name, estimate] : joint.values) all[joint.name][name] = json_of(estimate);
  }
  return all;
}

Json json_of(const std::string& variant, const StudyTable& table, const Sensitivity& analysis) {
  Json parameters = Json::object();
  for (std::size_t j = 0; j < table.parameters.size(); ++j) {
    Json& entry = parameters[table.parameters[j]];
    for (const Measure& measure : analysis.measures) entry[measure.name] = json_of(measure.of[j]);
  }
  Json report = {{"variant", variant},
                 {"points", table.rows.size()},
                 {"left_out", left_out_json(table)},
                 {"noise_known", table.noise_known},
                 {"variance_of_parameters", number(table.variance.parameters)},
                 {"variance_of_chance", number(table.variance.chance)},
                 {"noise_of_point_means", number(table.variance.noise_of_mean)}};
  for (const auto& [name, value] : analysis.qualities) report[name] = number(value);
  report["warnings"] = analysis.warnings;
  report["parameters"] = std::move(parameters);
  if (!analysis.pairs.empty()) report["pairs"] = json_of(analysis.pairs);
  if (!analysis.groups.empty()) report["groups"] = json_of(analysis.groups);
  return report;
}

std::string cell_of(const Estimate& e) {
  if (e.value != e.value) return "-";
  if (e.interval.low != e.interval.low) return fmt::format("{:.3g}", e.value);
  return fmt::format("{} ({} to {})", decimal(e.value, 3), decimal(e.interval.low, 3),
                     decimal(e.interval.high, 3));
}

std::string text_of(const char* heading, const std::vector<JointMeasure>& measures) {
  if (measures.empty()) return "";
  std::vector<results::TextTable::Heading> headings = {{heading, results::Align::left}};
  for (const auto& [name, estimate] : measures.front().values) headings.push_back({name});
  results::TextTable text(headings);
  for (const JointMeasure& joint : measures) {
    std::vector<std::string> cells = {joint.name};
    for (const auto& [name, estimate] : joint.values) cells.push_back(cell_of(estimate));
    text.add(std::move(cells));
  }
  return text.text(screen_columns()) + "\n";
}

std::string heading_of(const analysis::Target& target, const std::string& variant,
                       const StudyTable& table) {
  return fitted(
      fmt::format("{}, variant {}, {} points", target.name(), variant, table.rows.size()));
}

void print_text(const std::string& variant, const analysis::Target& target, const StudyTable& table,
                const Sensitivity& analysis) {
  std::vector<results::TextTable::Heading> headings = {{"parameter", results::Align::left}};
  for (const Measure& measure : analysis.measures) headings.push_back({measure.name});
  results::TextTable text(headings);
  for (std::size_t j = 0; j < table.parameters.size(); ++j) {
    std::vector<std::string> cells = {table.parameters[j]};
    for (const Measure& measure : analysis.measures) cells.push_back(cell_of(measure.of[j]));
    text.add(std::move(cells));
  }
  fmt::print(
      "{}\n\n{}\n{}{}{}\n{}", heading_of(target, variant, table), text.text(screen_columns()),
      text_of("pair", analysis.pairs), text_of("group", analysis.groups),
      fitted(fmt::format("{}", fmt::join(analysis.notes, "\n"))), left_out_text(table, target));
  for (const std::string& warning : analysis.warnings) {
    fmt::print("{}\n", fitted("warning: " + warning));
  }
  const analysis::VarianceSplit& v = table.variance;
  if (std::isnan(v.chance)) {  // of one trial a point
    fmt::print("\n");
    return;
  }
  fmt::print("{}", fitted(fmt::format(
                       "variance of one trial: {} from the parameters, {} from chance ({} % and "
                       "{} %)\nvariance between the points' means: {} from the parameters, {} left "
                       "of chance\n\n",
                       short_number(v.parameters), short_number(v.chance),
                       results::per_cent(v.share_of_parameters()),
                       results::per_cent(1 - v.share_of_parameters()), short_number(v.parameters),
                       short_number(v.noise_of_mean))));
}

void run(const SensitivityOptions& options) {
  const analysis::Target target = options.target();
  const results::StudyReader study(options.file);
  Json report = Json::array();
  const results::FailureReport failures = results::failures_of(study);
  std::vector<StudyTable> tables;
  const std::vector<std::size_t> variants = options.variants(study.schema());
  for (const std::size_t v : variants) tables.push_back(analysis::study_table(study, v, target));
  if (!options.json) {
    fmt::print("{}\n{}", fitted(study.schema().common.title), results::failures_text(failures));
  }
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const std::size_t v = variants[i];
    const StudyTable& table = tables[i];
    if (!table.varies) {
      const std::string& variant = study.schema().variants[v];
      if (options.json) {
        report.push_back({{"variant", variant},
                          {"points", table.rows.size()},
                          {"varies", false},
                          {"value", table.target(0)},
                          {"left_out", left_out_json(table)}});
      } else {
        fmt::print("{}\n\nit does not vary: {} in every trial\n{}\n",
                   heading_of(target, variant, table), short_number(table.target(0)),
                   left_out_text(table, target));
      }
      continue;
    }
    const Sensitivity analysis = sensitivity_of(study.schema(), table, options.groups);
    if (options.json) {
      report.push_back(json_of(study.schema().variants[v], table, analysis));
    } else {
      print_text(study.schema().variants[v], target, table, analysis);
    }
  }
  if (options.json) {
    fmt::print("{}\n", Json{{"target", target.name()},
                            {"design", study.schema().design},
                            {"failures", results::failures_json(failures)},
                            {"variants", report},
                            {"disclaimer", results::disclaimer}}
                           .dump(2));
  } else {
    fmt::print("{}\n", results::disclaimer);
  }
}

}  // namespace

void add_sensitivity(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<SensitivityOptions>();
  CLI::App* verb =
      app.add_subcommand("sensitivity", "which assumptions drive an outcome of a study");
  options->add_to(*verb);
  verb->add_option("--group", options->groups,
                   "parameters, separated by commas, whose indices are told together as well");
  verb->footer("Example: truce sensitivity results/drivers.h5 --outcome hostage_days");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
