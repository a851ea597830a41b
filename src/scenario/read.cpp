#include <fmt/format.h>

#include <chrono>

#include "reader.hpp"

namespace truce::scenario {

namespace {

bool is_date(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  char rest = 0;
  if (text.size() != 10 ||
      std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &rest) != 3) {
    return false;
  }
  return std::chrono::year_month_day{std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day)}
      .ok();
}

}  // namespace

void Reader::read(Scenario& scenario) {
  const Node document = scenario.document;
  MappingReader in(document, keys::top, "", diagnostics_);
  if (!in.sound()) return;
  scenario.position = document.position;
  if (const Node* version = in.get("truce"); version != nullptr && version->text != "1") {
    diagnostics_.error(version->position,
                       fmt::format("'truce' is {}, a version of the language that is not known",
                                   described(*version)),
                       "this program reads version 1");
  }
  scenario.name = in.text("name");
  scenario.summary = in.text("summary");
  if (const Node* sources = in.get("sources"); sources != nullptr && sources->is_scalar()) {
    scenario.sources.push_back(sources->text);
  } else {
    for (const Node* item : in.items("sources")) {
      if (const auto text = read_name(*item, "'sources'", diagnostics_)) {
        scenario.sources.push_back(text->text);
      }
    }
  }
  scenario.start = in.text("start");
  if (!scenario.start.empty() && !is_date(scenario.start)) {
    diagnostics_.error(in.get("start")->position, fmt::format("'start' is '{}'", scenario.start),
                       "no date", "write YYYY-MM-DD");
  }
  scenario.horizon = in.expression("horizon");
  scenario.tick = in.expression("tick");
  const auto each = [&](std::string_view key, auto& into, auto one) {
    for (const Node::Entry* entry : in.entries(key)) into.push_back((this->*one)(*entry));
  };
  each("parameters", scenario.parameters, &Reader::parameter);
  for (const Node* item : in.items("correlations")) {
    scenario.correlations.push_back(correlation(*item));
  }
  each("parties", scenario.parties, &Reader::party);
  each("cohorts", scenario.cohorts, &Reader::cohort);
  each("levels", scenario.levels, &Reader::level);
  each("verification", scenario.verifiers, &Reader::verifier);
  each("responses", scenario.policies, &Reader::policy);
  if (const Node* node = in.get("mediation")) scenario.mediation = mediation(*node);
  each("phases", scenario.phases, &Reader::phase);
  each("talks", scenario.talks, &Reader::talks);
  each("incidents", scenario.incidents, &Reader::incident);
  each("triggers", scenario.triggers, &Reader::trigger);
  if (const Node* node = in.get("begin")) scenario.begin = effects(*node, "begin");
  if (in.choice("on_collapse", {"end", "continue"}) == 1) {
    scenario.on_collapse = OnCollapse::continue_;
  }
  each("outcomes", scenario.outcomes, &Reader::outcome);
  timelines(in.items("timelines"), scenario.timelines);
}

Scenario read_scenario(Node document, Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.document = std::move(document);
  Reader(diagnostics).read(scenario);
  return scenario;
}

}  // namespace truce::scenario
