#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/keep_option.hpp"
#include "cli/report.hpp"
#include "cli/scenario_options.hpp"
#include "cli/verbs.hpp"
#include "model/simulator.hpp"
#include "scenario/observed.hpp"
#include "study/plan.hpp"
#include "study/rehearsal.hpp"

namespace truce::cli {

namespace {

using nlohmann::json;

json as_json(const scenario::Diagnostic& finding) {
  return {{"severity", finding.severity == scenario::Severity::error ? "error" : "warning"},
          {"file", finding.position.file ? *finding.position.file : ""},
          {"line", finding.position.line},
          {"column", finding.position.column},
          {"problem", finding.problem},
          {"why", finding.why},
          {"suggestion", finding.suggestion}};
}

std::string counted(std::size_t n, const char* one, const char* many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// One sentence on a sound scenario.
std::string summary_of(const std::string& file, const scenario::Loaded& loaded) {
  const model::Model& model = loaded.model;
  return fmt::format("{}: sound: {}; {}, {}, {}, {}, {}, {}; horizon {} days", file,
                     loaded.scenario.name.empty() ? "(no name)" : loaded.scenario.name,
                     counted(model.parameters.size(), "parameter", "parameters"),
                     counted(model.parties.size(), "party", "parties"),
                     counted(model.cohorts.size(), "cohort", "cohorts"),
                     counted(model.phases.size(), "phase", "phases"),
                     counted(model.obligations.size(), "obligation", "obligations"),
                     counted(loaded.scenario.outcomes.size(), "outcome", "outcomes"),
                     model::horizon_of(model));
}

/// What was fitted to quantiles that experts told, a line for each such prior.
std::string fits_of(const scenario::Loaded& loaded) {
  std::string text;
  const scenario::Node* const written = loaded.scenario.document.find("parameters");
  if (written == nullptr) return text;
  for (const model::Parameter& parameter : loaded.model.parameters) {
    const scenario::Node* const entry = written->find(parameter.name);
    const scenario::Node* const prior = entry == nullptr ? nullptr : entry->find("prior");
    if (prior == nullptr || !prior->text.starts_with("elicited")) continue;
    constexpr std::array told = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    std::vector<std::string> quantiles;
    for (const double x : model::quantiles_of(loaded.model, parameter.prior, told)) {
      const double u = told[quantiles.size()];
      quantiles.push_back(fmt::format("{:g} %: {:.4g}", 100 * u, x));
    }
    if (quantiles.empty()) continue;
    text +=
        fmt::format("  prior of '{}', fitted: {}\n", parameter.name, fmt::join(quantiles, ", "));
  }
  return text;
}

/// One sentence on a sound study; empty for any other.
std::string study_summary(const std::string& file, scenario::Node document,
                          std::optional<std::uint64_t> keep, scenario::Diagnostics& diagnostics) {
  const auto description = study::read_study(std::move(document), file, diagnostics);
  if (!description) return {};
  const auto plan = study::Plan::make(*description, "", diagnostics, keep);
  if (!plan) return {};
  plan->rehearse(diagnostics);
  if (diagnostics.has_errors()) return {};
  const results::StudySchema& schema = plan->schema();
  return fmt::format("{}: sound: {}; {} design, {} points of {} variants, {} trials each", file,
                     schema.common.title, schema.design, schema.points.size(),
                     schema.variants.size(), schema.common.trials);
}

/// One sentence on a sound record, by itself or against a scenario; empty for any other.
std::string record_summary(const std::string& file, scenario::Node document,
                           const std::string& scenario_file, scenario::Diagnostics& diagnostics) {
  auto record = scenario::read_record(std::move(document), diagnostics);
  if (!record) return {};
  scenario::read_series(*record, diagnostics);
  std::string against = "names are checked with --scenario FILE";
  if (!scenario_file.empty()) {
    scenario::Observed observed{.record = &*record};
    scenario::load_observed(scenario::load_document(scenario_file, diagnostics), {}, observed,
                            diagnostics);
    against = fmt::format("fits {}", scenario_file);
  }
  if (diagnostics.has_errors()) return {};
  return fmt::format("{}: sound: {}; {}, {}, {}; {}", file,
                     record->name.empty() ? "(no name)" : record->name,
                     counted(record->known.size(), "fact", "facts"),
                     counted(record->outcomes.size(), "outcome", "outcomes"),
                     counted(record->series.size(), "series", "series"), against);
}

struct CheckOptions {
  std::vector<std::string> files;
  std::string scenario;
  std::optional<std::uint64_t> keep;
  bool json = false;
};

ExitCode check(const CheckOptions& options) {
  bool records = false;
  bool sound = true;
  json report = json::array();
  for (const std::string& file : options.files) {
    scenario::Diagnostics diagnostics;
    std::string summary;
    std::string fits;
    // Read once: what a pipe holds is gone then.
    scenario::Node document = scenario::load_document(file, diagnostics);
    if (scenario::is_record(document)) {
      records = true;
      summary = record_summary(file, std::move(document), options.scenario, diagnostics);
    } else if (study::is_study(document)) {
      summary = study_summary(file, std::move(document), options.keep, diagnostics);
    } else if (const auto loaded = scenario::load_merged(std::move(document), {}, diagnostics)) {
      study::rehearse(*loaded, diagnostics);
      if (!diagnostics.has_errors()) {
        summary = summary_of(file, *loaded);
        fits = fits_of(*loaded);
      }
    }
    sound = sound && !summary.empty();
    if (options.json) {
      json findings = json::array();
      for (const scenario::Diagnostic& finding : diagnostics.all()) {
        findings.push_back(as_json(finding));
      }
      report.push_back({{"file", file}, {"sound", !summary.empty()}, {"findings", findings}});
      continue;
    }
    print(diagnostics);
    if (!summary.empty()) fmt::print("{}\n{}", fitted(summary), fitted(fits));
  }
  if (options.json) fmt::print("{}\n", report.dump(2));
  if (!records && !options.scenario.empty()) {
    print_error("--scenario is for records, and none of these files is one");
    return ExitCode::wrong_input;
  }
  return sound ? ExitCode::done : ExitCode::wrong_input;
}

}  // namespace

void add_check(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* verb = app.add_subcommand(
      "check", "find everything that is wrong in scenarios, studies and records");
  verb->add_option("file", options->files, "scenario, study and record files (YAML)")->required();
  verb->add_option("--scenario", options->scenario,
                   "check records against this scenario: names, values, days");
  add_keep_option(*verb, options->keep);
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce check scenarios/*.yaml\n"
      "         truce check record.yaml --scenario scenarios/history/january-2025.yaml");
  verb->callback([options, &exit] { exit = check(*options); });
}

}  // namespace truce::cli
