#include "cli/dossier_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "cli/page_parts.hpp"
#include "cli/report.hpp"
#include "cli/study_points.hpp"
#include "cli/study_report.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;
using scenario::Node;

/// Keys of texts, where a mapping is of a construct and not of names.
constexpr std::array text_keys = {"name", "summary", "source", "sources", "unit", "truce", "start"};

bool is_text(const std::string& key) {
  return std::ranges::find(text_keys, key) != text_keys.end();
}

bool has_digit(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    const bool in_name =
        i > 0 && (std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0 || text[i - 1] == '_');
    if (digit && !in_name) return true;
  }
  return false;
}

class NumberWalk {
 public:
  std::vector<Assumption> all;

  void visit(const Node& node, const std::string& place, const std::string& source) {
    if (node.is_scalar()) {
      add(node, place, "", source);
    } else if (node.is_sequence()) {
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        visit(node.items[i], fmt::format("{}[{}]", place, i + 1), source);
      }
    } else if (node.is_mapping()) {
      const std::string own = node.text_at("source");
      const std::string& nearest = own.empty() ? source : own;
      if (place.starts_with("parameters.") && node.find("value") != nullptr) {
        add(*node.find("value"), place, node.text_at("prior"), nearest);
        return;
      }
      for (const Node::Entry& entry : node.entries) {
        if (is_text(entry.key) && !is_of_names(place)) continue;
        visit(entry.value, place.empty() ? entry.key : place + "." + entry.key, nearest);
      }
    }
  }

 private:
  /// Whether the mapping at that place has names of the author's for keys.
  static bool is_of_names(const std::string& place) {
    const bool section = !place.empty() && place.find('.') == std::string::npos;
    return (section && place != "mediation") ||
           (place.starts_with("phases.") && place.ends_with(".obligations"));
  }

  void add(const Node& node, const std::string& place, const std::string& prior,
           const std::string& source) {
    if (!has_digit(node.text) && prior.empty()) return;
    all.push_back({place, node.text, prior, source,
                   node.position.file ? fs::path(*node.position.file).filename().string() : "",
                   node.position.line});
  }
};

void collect(const Node& node, std::vector<std::string>& files) {
  const auto add = [&](const scenario::Position& position) {
    if (!position.file) return;
    if (std::ranges::find(files, *position.file) == files.end()) files.push_back(*position.file);
  };
  add(node.position);
  for (const Node& item : node.items) collect(item, files);
  for (const Node::Entry& entry : node.entries) {
    add(entry.key_position);
    collect(entry.value, files);
  }
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

bool Assumption::has_source() const {
  return !source.empty() && lower(source).find("assum") == std::string::npos;
}

std::vector<Assumption> assumptions_of(const Node& document) {
  NumberWalk walk;
  walk.visit(document, "", "");
  return std::move(walk.all);
}

std::vector<DossierFile> files_of(const scenario::Loaded& loaded, const std::string& file) {
  std::vector<std::string> names = {file};
  collect(loaded.scenario.document, names);
  std::vector<fs::path> paths;
  std::error_code error;
  const auto add = [&](const fs::path& name) {
    const fs::path path = fs::weakly_canonical(name, error);
    if (fs::is_regular_file(path, error) && std::ranges::find(paths, path) == paths.end()) {
      paths.push_back(path);
    }
  };
  for (const std::string& name : names) add(name);
  for (const auto& table : loaded.model.tables) {
    for (const std::string& name : names) add(fs::path(name).parent_path() / table.file);
  }
  fs::path common = paths.empty() ? fs::path() : paths.front().parent_path();
  for (const fs::path& path : paths) {
    while (!common.empty() && path.lexically_relative(common).string().starts_with("..")) {
      common = common.parent_path();
    }
  }
  std::vector<DossierFile> files;
  for (const fs::path& path : paths) {
    files.push_back({path, "scenario/" + path.lexically_relative(common).string()});
  }
  return files;
}

DossierResults dossier_results(const std::string& file, const scenario::Scenario& scenario) {
  DossierResults told{.file = fs::path(file).filename().string()};
  const std::string yaml = scenario::to_yaml(scenario.document);
  std::vector<std::string> scenarios;
  if (results::is_study(file)) {
    const results::StudyReader study(file);
    const results::StudySchema& schema = study.schema();
    require_whole(schema);
    told.of_study = true;
    told.schema = schema.common;
    told.trials = study.trials();
    told.failed = results::failures_of(study).failed;
    told.points = schema.points.size();
    told.design = schema.design;
    told.varied = schema.parameters;
    told.variants = schema.variants;
    told.summary = study_json(study, told_outcomes(schema.common));
    scenarios = schema.variant_yaml;
  } else {
    const results::RunReader run(file);
    if (run.summary().completion == results::Completion::shard) {
      throw std::invalid_argument(file + ": this is a shard of a run; join all of them first");
    }
    told.schema = run.schema();
    told.trials = run.summary().trials;
    told.failed = run.summary().failed;
    told.design = "run";
    for (const results::RunParameter& parameter : told.schema.parameters) {
      if (parameter.origin == results::Origin::drawn) told.varied.push_back(parameter.name);
    }
    told.summary = summary_report(run, {});
    scenarios = {told.schema.scenario_yaml};
  }
  if (std::ranges::find(scenarios, yaml) == scenarios.end()) {
    throw std::invalid_argument(fmt::format(
        "{}: these results are of another scenario, or of this one before it was changed; run it "
        "again, or leave them out",
        file));
  }
  return told;
}

}  // namespace truce::cli
