#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/dossier_texts.hpp"
#include "cli/markup.hpp"
#include "results/disclaimer.hpp"
#include "study/version.hpp"

namespace truce::cli {

namespace {

std::string constructs_table(const std::vector<scenario::Verified>& all) {
  std::string text = "| construct | held to | test |\n| --- | --- | --- |\n";
  for (const scenario::Verified& each : all) {
    text += fmt::format("| {} `{}` | {} | `tests/{}` |\n", scenario::name_of(each.kind), each.word,
                        each.against, each.test);
  }
  return text;
}

std::string results_said(const DossierResults& results) {
  std::string text = fmt::format("`{}`: {} trials", results.file, results.trials);
  if (results.of_study) {
    text += fmt::format(" at {} points of a {} design, variants {}", results.points, results.design,
                        fmt::join(results.variants, ", "));
  }
  text += fmt::format(", seed {}", results.schema.seed);
  text += results.failed > 0
              ? fmt::format(
                    "; {} of them failed, are left out, and what is told of the others is "
                    "biased",
                    results.failed)
              : "; none failed";
  return text + ".";
}

}  // namespace

std::string assumptions_table(const std::vector<Assumption>& all) {
  std::string text = "| number | value | prior | source |\n| --- | --- | --- | --- |\n";
  for (const Assumption& each : all) {
    text += fmt::format("| {} | {} | {} | {} |\n", in_markdown(each.place), in_markdown(each.value),
                        in_markdown(each.prior),
                        each.source.empty() ? "assumption" : in_markdown(each.source));
  }
  return text;
}

std::string assumptions_csv(const DossierData& data) {
  std::string text = "place,value,prior,source,status,file,line\r\n";
  for (const Assumption& each : data.assumptions) {
    text +=
        fmt::format("{},{},{},{},{},{},{}\r\n", in_csv(each.place), in_csv(each.value),
                    in_csv(each.prior), each.source.empty() ? "assumption" : in_csv(each.source),
                    each.has_source() ? "sourced" : "assumption", in_csv(each.file), each.line);
  }
  return text;
}

std::string trace_text(const DossierData& data) {
  const std::size_t all = data.assumptions.size();
  const auto sourced =
      static_cast<std::size_t>(std::ranges::count_if(data.assumptions, &Assumption::has_source));
  const std::string title = data.scenario.name.empty() ? data.file : data.scenario.name;
  std::string text = fmt::format(
      "# TRACE: {}\n\nTransparent and comprehensive model evaluation, after Grimm et al. "
      "(2014), made by truce. What only its author can tell is marked *to be told*.\n\n",
      in_markdown(title));
  text += fmt::format(
      "## 1. Problem formulation\n\n{}\n\n*To be told: the decision that this is to "
      "inform, and for whom.*\n\n",
      in_markdown(data.scenario.summary));
  text += "## 2. Model description\n\n[description.md](description.md), after ODD.\n\n";
  text += fmt::format(
      "## 3. Data evaluation\n\n{} numbers; {} have a source that is told, {} are "
      "assumptions ([assumptions.csv](assumptions.csv)).\n\n",
      all, sourced, all - sourced);
  text += fmt::format(
      "## 4. Conceptual model evaluation\n\nDesign concepts are in description.md; the scenario "
      "names {} sources. *To be told: what was left out, and why.*\n\n",
      data.scenario.sources.size());
  text +=
      "## 5. Implementation verification\n\nEach construct that the scenario uses is held to an "
      "exact answer by a test of truce; `scripts/test` runs them all.\n\n" +
      constructs_table(data.constructs) + "\n";
  text += "## 6. Model output verification\n\n";
  text += data.results ? results_said(*data.results) + " Nothing was calibrated by truce.\n\n"
                       : "No results are enclosed.\n\n";
  text += "## 7. Model analysis\n\n";
  if (data.results && !data.results->varied.empty()) {
    text += fmt::format("Varied: {}.\n\n", fmt::join(data.results->varied, ", "));
  } else {
    text +=
        "No parameter is varied in what is enclosed: how the results hang on the assumptions is "
        "not told (`truce study`, `truce sensitivity`).\n\n";
  }
  text +=
      "## 8. Model output corroboration\n\nNone is told: what comes out is compared with no "
      "observation here. *To be told, or done: a backtest.*\n\n";
  text += std::string(results::disclaimer) + "\n";
  return text;
}

std::string reproduce_text(const DossierData& data) {
  std::string text =
      fmt::format("# How to make this again\n\ntruce {} ({}), {}.\n\n", study::program_version(),
                  study::git_revision(), study::build_description());
  text += "The scenario is `" + data.files.front().name +
          "`, merged with all that it builds on in `scenario-merged.yaml`.\n";
  if (!data.results) return text;
  const results::Schema& schema = data.results->schema;
  text += fmt::format(
      "\nThe results of which [results.json](results.json) tells were made by truce {} ({}; {}), "
      "seed {}, random generator {}:\n\n```sh\n{}\n```\n\nThe same command of the same build gives "
      "the same file, byte by byte, whatever the number of threads.\n",
      schema.program_version, schema.git_revision, schema.build, schema.seed,
      schema.random_generator, schema.command_line);
  if (data.results->of_study) text += "\nThe study is `study.yaml`.\n";
  return text;
}

namespace {

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string citation_text(const DossierData& data) {
  const std::string title = data.scenario.name.empty() ? data.file : data.scenario.name;
  std::string text = fmt::format(
      "cff-version: 1.2.0\nmessage: If you use this dossier, please cite it, and truce.\n"
      "title: {}\ntype: dataset\nauthors:\n",
      quoted(title));
  for (const std::string& author : data.authors) {
    text += fmt::format("  - name: {}\n", quoted(author));
  }
  if (!data.license.empty()) text += fmt::format("license-url: {}\n", quoted(data.license));
  text += fmt::format(
      "references:\n  - type: software\n    title: \"truce: a Monte Carlo simulator of phased "
      "hostage and prisoner exchanges\"\n    version: {}\n    commit: {}\n    authors:\n      - "
      "name: The truce authors\n",
      quoted(study::program_version()), quoted(study::git_revision()));
  return text;
}

}  // namespace truce::cli
