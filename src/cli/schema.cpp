#include "truce/scenario/schema.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "truce/study/description.hpp"
#include "verbs.hpp"

namespace truce::cli {

void add_schema(CLI::App& app, ExitCode& exit) {
  auto what = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("schema", "print the JSON Schema, for editors");
  verb->add_option("what", *what, "of which kind of file: scenario or study")
      ->required()
      ->check(CLI::IsMember({"scenario", "study"}));
  verb->footer(
      "Example: truce schema scenario > scenario.schema.json\n"
      "An editor uses it by a first line in the scenario such as\n"
      "  # yaml-language-server: $schema=scenario.schema.json");
  verb->callback([what, &exit] {
    fmt::print("{}", *what == "study" ? study::json_schema() : scenario::json_schema());
    exit = ExitCode::done;
  });
}

}  // namespace truce::cli
