#include "scenario/graph.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/scenario_options.hpp"
#include "cli/verbs.hpp"

namespace truce::cli {

void add_graph(CLI::App& app, ExitCode& exit) {
  auto path = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("graph", "draw the scenario, in Graphviz's language");
  verb->add_option("scenario", *path, "scenario file (YAML)")->required();
  verb->footer("Example: truce graph scenarios/neutral-a-b.yaml | dot -Tsvg > neutral-a-b.svg");
  verb->callback([path, &exit] {
    scenario::Diagnostics diagnostics;
    const auto loaded = scenario::load(*path, {}, diagnostics);
    print(diagnostics);
    if (!loaded) {
      exit = ExitCode::wrong_input;
      return;
    }
    fmt::print("{}", scenario::graph_of(loaded->scenario));
  });
}

}  // namespace truce::cli
