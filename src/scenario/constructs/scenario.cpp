#include <fmt/format.h>

#include "base/date.hpp"
#include "scenario/constructs/read.hpp"

namespace truce::scenario {

namespace {

void check_version(MappingReader& in) {
  const Node* version = in.get("truce");
  if (version == nullptr || version->text == std::to_string(language_version)) return;
  if (version->text != "1") {
    in.diagnostics().error(version->position,
                           fmt::format("'truce' is {}, a version of the language that is not known",
                                       described(*version)),
                           fmt::format("this program reads version {}", language_version));
    return;
  }
  in.diagnostics().error(
      version->position, "'truce' is 1, and four things mean something else in version 2",
      "1. a trial is observed to its horizon, so outcomes, person-days and deaths are read there; "
      "2. a tranche of nobody is void, not fulfilled; "
      "3. a side's position on ratification is fixed while talks last; "
      "4. the end of the last phase is 'completed' only if all was kept, else 'incomplete'",
      "write 'truce: 2' where that is meant; for the old meaning of the first add 'observe: "
      "ending' "
      "(or 'at: ending' to an outcome), of the third 'positions: redrawn' to the talks");
}

/// The dates of windows are days from `start`.
void count_days(Scenario& scenario, std::optional<std::int64_t> start, Diagnostics& diagnostics) {
  for (Window& window : scenario.windows) {
    if (!window.date) continue;
    const auto day = base::days_since_1970(window.date->text);
    if (!day) {
      diagnostics.error(
          window.date->position,
          fmt::format("'from' of '{}' is {}", window.name.text, shown(window.date->text)),
          "there is no such day");
    } else if (scenario.start.empty()) {
      diagnostics.error(window.date->position,
                        fmt::format("'from' of '{}' is a date, but the scenario has no 'start'",
                                    window.name.text),
                        {}, "give the scenario a 'start', or write the number of days");
    } else if (start) {
      window.from.value = static_cast<double>(*day - *start);
    }
  }
}

}  // namespace

void Room<Scenario>::finish(MappingReader& in, Scenario& scenario) {
  scenario.position = scenario.document.position;
  check_version(in);
  for (const Node::Entry* list : in.entries("lists")) {
    scenario.lists.push_back({list->key, list->key_position});
  }
  scenario.start = in.text("start");
  const auto day = base::days_since_1970(scenario.start);
  if (const Node* start = in.get("start"); start != nullptr && !day) {
    in.diagnostics().error(start->position, fmt::format("'start' is {}", described(*start)),
                           "no date", "write YYYY-MM-DD");
  }
  count_days(scenario, day, in.diagnostics());
}

Scenario read_scenario(Node document, Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.document = std::move(document);
  read_rows(scenario.document, "", diagnostics, scenario);
  return scenario;
}

}  // namespace truce::scenario
