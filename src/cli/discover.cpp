#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "cli/discovery_report.hpp"
#include "cli/json.hpp"
#include "cli/refusal.hpp"
#include "cli/report.hpp"
#include "cli/study_target.hpp"
#include "cli/verbs.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"
#include "scenario/diagnostics.hpp"
#include "study/design.hpp"

namespace truce::cli {

namespace {

using analysis::StudyTable;

struct DiscoverOptions {
  TargetOptions target;
  analysis::PeelingSettings peeling;
  std::optional<double> least_share;     ///< of the trials, for a point to be a case
  std::vector<std::string> categorical;  ///< parameters whose numbers are names
  bool across_variants = false;

  [[nodiscard]] std::string name() const {
    const std::string of_trials = target.target().name();
    return least_share ? fmt::format("{} in at least {} % of the trials", of_trials,
                                     results::short_number(100 * *least_share))
                       : of_trials;
  }
};

void require_sample(const results::StudySchema& schema) {
  if (study::is_sample(schema.design)) return;
  throw std::invalid_argument(fmt::format(
      "a design of kind '{}' is no sample; discovery needs sobol, latin_hypercube or list",
      schema.design));
}

std::vector<bool> categorical_of(const DiscoverOptions& options,
                                 const std::vector<std::string>& parameters) {
  std::vector<bool> result(parameters.size(), false);
  for (const std::string& name : options.categorical) {
    const auto at = std::ranges::find(parameters, name);
    if (at == parameters.end()) {
      const std::string hint = scenario::did_you_mean(name, parameters);
      throw std::invalid_argument(fmt::format("the study varies no parameter '{}'{}", name,
                                              hint.empty() ? "" : "; " + hint));
    }
    result[static_cast<std::size_t>(at - parameters.begin())] = true;
  }
  return result;
}

StudyTable read_table(const results::StudyReader& study, std::size_t variant,
                      const DiscoverOptions& options) {
  StudyTable table =
      analysis::study_table(study, variant, options.target.target(), analysis::Trials::together);
  if (table.target.minCoeff() < 0 || table.target.maxCoeff() > 1) {
    throw std::invalid_argument(
        fmt::format("'{}' is no yes/no outcome; say with --threshold what is looked for",
                    options.target.outcome));
  }
  if (options.least_share) {
    for (double& share : table.target) share = share >= *options.least_share ? 1 : 0;
  }
  return table;
}

SearchedPoints points_of(const StudyTable& table, const std::string& variant,
                         const DiscoverOptions& options) {
  SearchedPoints result;
  result.variant = variant;
  result.names = table.parameters;
  result.assumptions.points = table.values;
  result.assumptions.categorical = categorical_of(options, table.parameters);
  result.share = table.target;
  result.notes = left_out_text(table, options.target.target());
  return result;
}

/// Places in the design of the points that have a value.
std::vector<std::size_t> places_of(const StudyTable& table) {
  std::vector<std::size_t> places;
  const std::size_t n = table.rows.size() + table.left_out.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::ranges::binary_search(table.left_out, i)) places.push_back(i);
  }
  return places;
}

/// Every variant's points, with the variant as one assumption more.
SearchedPoints across(const std::vector<StudyTable>& tables, const std::vector<std::string>& names,
                      const DiscoverOptions& options) {
  SearchedPoints result = points_of(tables.front(), "all", options);
  result.names.emplace_back("variant");
  result.variants = names;
  result.notes.clear();
  result.assumptions.categorical.push_back(true);
  Eigen::Index n = 0;
  for (const StudyTable& table : tables) n += table.target.size();
  const Eigen::Index width = tables.front().values.cols();
  result.assumptions.points.resize(n, width + 1);
  result.share.resize(n);
  Eigen::Index first = 0;
  for (std::size_t v = 0; v < tables.size(); ++v) {
    const Eigen::Index rows = tables[v].target.size();
    result.assumptions.points.block(first, 0, rows, width) = tables[v].values;
    result.assumptions.points.col(width).segment(first, rows).setConstant(static_cast<double>(v));
    result.share.segment(first, rows) = tables[v].target;
    for (const std::size_t place : places_of(tables[v])) {
      result.assumptions.cluster.push_back(place);
    }
    const std::string notes = left_out_text(tables[v], options.target.target());
    if (!notes.empty()) result.notes += fmt::format("variant {}:\n{}", names[v], notes);
    first += rows;
  }
  return result;
}

void run(const DiscoverOptions& options) {
  const results::StudyReader study(options.target.file);
  const std::string target = options.name();
  require_sample(study.schema());
  std::vector<StudyTable> tables;
  std::vector<std::string> names;
  for (const std::size_t v : options.target.variants(study.schema())) {
    tables.push_back(read_table(study, v, options));
    names.push_back(study.schema().variants[v]);
  }
  std::vector<SearchedPoints> searched;
  if (options.across_variants) {
    if (tables.size() < 2) throw std::invalid_argument("--across-variants needs several variants");
    searched.push_back(across(tables, names, options));
  } else {
    for (std::size_t v = 0; v < tables.size(); ++v) {
      searched.push_back(points_of(tables[v], names[v], options));
    }
  }
  Json report = Json::array();
  const results::FailureReport failures = results::failures_of(study);
  if (!options.target.json) {
    fmt::print("{}\n{}", fitted(study.schema().common.title), results::failures_text(failures));
  }
  for (std::size_t v = 0; v < searched.size(); ++v) {
    const auto discovery =
        analysis::discover(searched[v].assumptions, searched[v].share, options.peeling);
    if (!options.target.json) {
      print_discovery(target, searched[v], discovery, options.peeling);
      continue;
    }
    report.push_back(discovery_json(searched[v], discovery));
    Json& left_out = report.back()["left_out"];
    if (!options.across_variants) left_out = left_out_json(tables[v]);
    for (std::size_t t = 0; options.across_variants && t < tables.size(); ++t) {
      left_out[names[t]] = left_out_json(tables[t]);
    }
  }
  if (options.target.json) {
    fmt::print("{}\n", Json{{"target", target},
                            {"failures", results::failures_json(failures)},
                            {"variants", report},
                            {"disclaimer", results::disclaimer}}
                           .dump(2));
  } else {
    fmt::print("{}\n", results::disclaimer);
  }
}

}  // namespace

void add_discover(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<DiscoverOptions>();
  CLI::App* verb = app.add_subcommand(
      "discover", "under which assumptions of a study an outcome is likely (PRIM)");
  options->target.add_to(*verb);
  verb->add_option("--at-least", options->least_share,
                   "a point is a case where the share of its trials is at least this")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--least-density", options->peeling.least_density,
                   "choose among the boxes with at least this share of cases")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--boxes", options->peeling.boxes,
                   "at most so many, each of the points outside the ones before")
      ->capture_default_str()
      ->check(CLI::Range(1, 20));
  verb->add_option("--categorical", options->categorical,
                   "parameters whose numbers are names without order, as a,b")
      ->delimiter(',');
  verb->add_flag("--across-variants", options->across_variants,
                 "search all variants at once, with the variant as one assumption more");
  verb->add_option("--peel", options->peeling.alpha, "share of the points peeled off at a time")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 0.5));
  verb->add_option("--least-mass", options->peeling.least_mass,
                   "no box with a smaller share of the points")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 1.0));
  verb->footer(
      "Example: truce discover results/compliance.h5 --outcome second_phase "
      "--at-least 0.5");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
