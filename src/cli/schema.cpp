#include "scenario/schema.hpp"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "cli/verbs.hpp"
#include "results/file_table.hpp"
#include "study/description.hpp"

namespace truce::cli {

namespace {

struct SchemaOptions {
  std::string what;
  bool json = false;
};

/// "units: d, day, days, ...", a line or more for each kind of word.
std::string as_text(const nlohmann::ordered_json& words, const std::string& indent = {}) {
  std::string text;
  for (const auto& [kind, all] : words.items()) {
    if (all.is_object()) {
      text += fmt::format("{}{}:\n{}", indent, kind, as_text(all, indent + "  "));
    } else {
      text += fmt::format("{}{}: {}\n", indent, kind,
                          fmt::join(all.get<std::vector<std::string>>(), ", "));
    }
  }
  return text;
}

std::string printed(const SchemaOptions& options) {
  if (options.what == "study") return study::json_schema();
  if (options.what == "scenario") return scenario::json_schema();
  if (options.what == "record") return scenario::record_json_schema();
  if (options.what == "results") {
    return options.json ? results::file_table_json() : results::file_table_text(screen_columns());
  }
  std::string words = scenario::vocabulary();
  if (options.json) return words;
  auto of_the_language = nlohmann::ordered_json::parse(words);
  of_the_language.erase("exact_tests");
  return as_text(of_the_language);
}

}  // namespace

void add_schema(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App* verb = app.add_subcommand(
      "schema", "print the JSON Schema, for editors, the language's words, or what results hold");
  verb->add_option("what", options->what,
                   "scenario, study or record: the schema of such a file; words: of the language; "
                   "results: groups, variables and attributes of their files")
      ->required()
      ->check(CLI::IsMember({"scenario", "study", "record", "words", "results"}));
  verb->add_flag("--json", options->json,
                 "print words and results as JSON too, as schemas always are");
  verb->footer(
      "Example: truce schema scenario > scenario.schema.json\n"
      "An editor uses it by a first line in the scenario such as\n"
      "  # yaml-language-server: $schema=scenario.schema.json");
  verb->callback([options, &exit] {
    fmt::print("{}", printed(*options));
    exit = ExitCode::done;
  });
}

}  // namespace truce::cli
