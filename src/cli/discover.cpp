#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "refusal.hpp"
#include "results/text_table.hpp"
#include "study_target.hpp"
#include "truce/analysis/discovery.hpp"
#include "truce/results/disclaimer.hpp"
#include "verbs.hpp"

namespace truce::cli {

namespace {

using analysis::Box;
using analysis::Discovery;
using analysis::StudyTable;
using Json = nlohmann::ordered_json;
using results::short_number;

void require_sample(const results::StudySchema& schema) {
  for (const char* kind : {"sobol", "latin_hypercube", "list"}) {
    if (schema.design == kind) return;
  }
  throw std::invalid_argument(fmt::format(
      "a design of kind '{}' is no sample; discovery needs sobol, latin_hypercube or list",
      schema.design));
}

Json limit_json(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

Json json_of(const Box& box, const StudyTable& table) {
  Json limits = Json::object();
  for (const Box::Limit& limit : box.limits) {
    limits[table.parameters[static_cast<std::size_t>(limit.dimension)]] = {
        {"low", limit_json(limit.low)},
        {"high", limit_json(limit.high)},
        {"p_value", limit.p_value}};
  }
  return {{"mass", box.mass},
          {"coverage", box.coverage},
          {"density", box.density},
          {"limits", std::move(limits)}};
}

void print_text(const std::string& variant, const std::string& target, const StudyTable& table,
                const Discovery& discovery) {
  fmt::print("{}, variant {}, {} points, {:.1f} % over all\n\n", target, variant, table.rows.size(),
             100 * discovery.base_rate);
  results::TextTable trajectory({{""}, {"mass"}, {"coverage"}, {"density"}, {"restricted"}});
  for (std::size_t i = 0; i < discovery.trajectory.size(); ++i) {
    const Box& box = discovery.trajectory[i];
    trajectory.add({i == discovery.chosen ? "*" : "", results::per_cent(box.mass) + " %",
                    results::per_cent(box.coverage) + " %", results::per_cent(box.density) + " %",
                    std::to_string(box.limits.size())});
  }
  fmt::print("{}\n", trajectory.text());
  const Box& box = discovery.trajectory[discovery.chosen];
  if (box.limits.empty()) {
    fmt::print("no box does better than all points together\n\n");
    return;
  }
  results::TextTable limits({{"parameter", results::Align::left}, {"from"}, {"to"}, {"p-value"}});
  for (const Box::Limit& limit : box.limits) {
    const auto border = [](double x) { return std::isfinite(x) ? short_number(x) : "any"; };
    limits.add({table.parameters[static_cast<std::size_t>(limit.dimension)], border(limit.low),
                border(limit.high), fmt::format("{:.2g}", limit.p_value)});
  }
  fmt::print(
      "the box marked *: {:.1f} % of the cases are in {:.1f} % of the points, where {:.1f} % are "
      "cases\n\n{}\n",
      100 * box.coverage, 100 * box.mass, 100 * box.density, limits.text());
}

struct DiscoverOptions {
  TargetOptions target;
  analysis::PeelingSettings peeling;
  std::optional<double> least_share;  ///< of the trials, for a point to be a case
};

void run(const DiscoverOptions& all) {
  const TargetOptions& options = all.target;
  const analysis::PeelingSettings& settings = all.peeling;
  const analysis::Target target = options.target();
  const std::string name = all.least_share
                               ? fmt::format("{} in at least {} % of the trials", target.name(),
                                             short_number(100 * *all.least_share))
                               : target.name();
  const results::StudyReader study(options.file);
  require_sample(study.schema());
  Json report = Json::array();
  if (!options.json) fmt::print("{}\n", study.schema().common.title);
  for (const std::size_t v : options.variants(study.schema())) {
    StudyTable table = analysis::study_table(study, v, target);
    if (table.target.minCoeff() < 0 || table.target.maxCoeff() > 1) {
      throw std::invalid_argument(fmt::format(
          "'{}' is no yes/no outcome; say with --threshold what is looked for", target.outcome));
    }
    if (all.least_share) {
      for (double& share : table.target) share = share >= *all.least_share ? 1 : 0;
    }
    if (!options.json && table.target.minCoeff() == table.target.maxCoeff()) {
      fmt::print("{}, variant {}, {} points\n\nit does not vary: {:.1f} % in every point\n{}\n",
                 name, study.schema().variants[v], table.rows.size(), 100 * table.target(0),
                 left_out_text(table, target));
      continue;
    }
    const Discovery discovery = analysis::discover(table.values, table.target, settings);
    if (!options.json) {
      print_text(study.schema().variants[v], name, table, discovery);
      fmt::print("{}", left_out_text(table, target));
      continue;
    }
    Json trajectory = Json::array();
    for (const Box& box : discovery.trajectory) trajectory.push_back(json_of(box, table));
    report.push_back({{"variant", study.schema().variants[v]},
                      {"left_out", left_out_json(table)},
                      {"base_rate", discovery.base_rate},
                      {"chosen", discovery.chosen},
                      {"trajectory", std::move(trajectory)}});
  }
  if (options.json) {
    fmt::print(
        "{}\n",
        Json{{"target", name}, {"variants", report}, {"disclaimer", results::disclaimer}}.dump(2));
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
  verb->add_option("--peel", options->peeling.alpha, "share of the points peeled off at a time")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 0.5));
  verb->add_option("--least-mass", options->peeling.least_mass,
                   "no box with a smaller share of the points")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 1.0));
  verb->footer(
      "Example: truce discover results/compliance.h5 --outcome all_three_phases "
      "--at-least 0.5");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
