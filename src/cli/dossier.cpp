#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/number.hpp"
#include "cli/dossier_texts.hpp"
#include "cli/output_folder.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"
#include "cli/written.hpp"
#include "scenario/graph.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* dossier_mark = "ro-crate-metadata.json";

struct DossierOptions {
  std::string scenario, results, output, license;
  std::vector<std::string> authors;
  bool force = false;
  Telling telling;
};

/// Today, or the day of SOURCE_DATE_EPOCH, for dossiers that are the same whenever they are made.
std::string date_of_today() {
  std::time_t now = std::time(nullptr);
  if (const char* const asked = std::getenv("SOURCE_DATE_EPOCH"); asked != nullptr) {
    if (const auto seconds = base::whole_number(asked)) now = static_cast<std::time_t>(*seconds);
  }
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

/// Writes files and keeps what RO-Crate tells of them.
class Writer {
 public:
  explicit Writer(const OutputFolder& folder) : folder_(folder) {}

  void add(const std::string& name, const std::string& description, const std::string& format,
           const std::string& text) {
    folder_.write(name, text);
    files_.push_back({name, description, format, text.size()});
  }
  [[nodiscard]] const std::vector<CrateFile>& files() const { return files_; }

 private:
  const OutputFolder& folder_;
  std::vector<CrateFile> files_;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file && !file.eof()) throw results::ResultsError(path, "cannot be read");
  return text;
}

void write_all(const DossierData& data, const OutputFolder& folder) {
  Writer to(folder);
  const std::string markdown = "text/markdown";
  const std::string yaml = "application/yaml";
  to.add("description.md", "the model after the ODD protocol", markdown, odd_text(data));
  to.add("trace.md", "how it was evaluated, after TRACE", markdown, trace_text(data));
  to.add("credibility.md", "self-assessment after NASA-STD-7009, with weak spots", markdown,
         credibility_text(data));
  to.add("assumptions.csv", "every number, with its source or the word assumption", "text/csv",
         assumptions_csv(data));
  to.add("reproduce.md", "how to make the results again", markdown, reproduce_text(data));
  to.add("graph.dot", "the scenario as a graph, for Graphviz", "text/vnd.graphviz",
         scenario::graph_of(data.scenario));
  for (const DossierFile& file : data.files) {
    to.add(file.name, "what the scenario is read from",
           file.path.extension() == ".csv" ? "text/csv" : yaml, content_of(file.path));
  }
  to.add("scenario-merged.yaml", "the scenario with all that it builds on", yaml,
         scenario::to_yaml(data.scenario.document));
  if (data.results) {
    if (data.results->of_study) {
      to.add("study.yaml", "the study", yaml, data.results->schema.study_yaml);
    }
    to.add("results.json", "the summary of the results", "application/json",
           data.results->summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  to.add("CITATION.cff", "how to cite it", yaml, citation_text(data));
  folder.write(dossier_mark, crate_text(data, to.files(), date_of_today()));
}

void run(const DossierOptions& options, ExitCode& exit) {
  scenario::Diagnostics diagnostics;
  auto loaded = scenario::load(options.scenario, {}, diagnostics);
  if (!options.telling.quiet || diagnostics.has_errors()) print(diagnostics);
  if (!loaded) {
    exit = ExitCode::wrong_input;
    return;
  }
  DossierData data{.file = fs::path(options.scenario).filename().string(),
                   .assumptions = assumptions_of(loaded->scenario.document),
                   .constructs = scenario::constructs_of(loaded->scenario),
                   .files = files_of(*loaded, options.scenario),
                   .authors = options.authors,
                   .license = options.license};
  if (!options.results.empty()) data.results = dossier_results(options.results, loaded->scenario);
  data.scenario = std::move(loaded->scenario);
  if (data.authors.empty()) data.authors = {"The authors of " + data.file};
  const std::string standard = fs::path(options.scenario).stem().string() + "-dossier";
  OutputFolder folder(options.output.empty() ? standard : options.output, dossier_mark,
                      options.force);
  write_all(data, folder);
  folder.publish();
  print_written(folder.path(), options.telling);
}

}  // namespace

void add_dossier(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<DossierOptions>();
  CLI::App* verb = app.add_subcommand(
      "dossier", "a folder on a scenario and its results, as a reviewer or a repository asks for");
  verb->add_option("scenario", options->scenario, "scenario file (YAML)")->required();
  verb->add_option("results", options->results, "results (HDF5) of it, of a run or a study");
  verb->add_option("-o,--output", options->output, "folder to make; default: NAME-dossier");
  verb->add_option("--author", options->authors, "who made it, for CITATION.cff; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--license", options->license, "of the dossier, best as a URL");
  verb->add_flag("--force", options->force, "replace a dossier that is there");
  verb->add_flag("--quiet", options->telling.quiet, "do not tell the folder's name");
  verb->add_flag("--json", options->telling.json, "tell for machines what was written");
  verb->footer(
      "Example: truce dossier scenarios/cairo-three-phase.yaml results/cairo-three-phase.h5 -o "
      "cairo-dossier\n"
      "It holds: the description after the ODD protocol, TRACE, a self-assessment\n"
      "after NASA-STD-7009 with the weak spots shown, every number with its source or\n"
      "the word assumption, each construct used with the test that verifies it, the\n"
      "scenario with all that it builds on, study, seed, build, CITATION.cff, and\n"
      "RO-Crate metadata.");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options, exit); }, exit); });
}

}  // namespace truce::cli
