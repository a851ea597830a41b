#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <chrono>

#include "reader.hpp"

namespace truce::scenario {

namespace {

/// Whether the text is YYYY-MM-DD and that day exists.
bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = -1;
    const char* const end = text.data() + at + length;
    const bool digits = std::isdigit(static_cast<unsigned char>(text[at])) != 0;  // no sign
    const auto [last, error] = std::from_chars(text.data() + at, end, value);
    return digits && error == std::errc() && last == end ? value : -1;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return false;
  return std::chrono::year_month_day{std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day))}
      .ok();
}

}  // namespace

void Reader::read(Scenario& scenario) {
  const Node& document = scenario.document;
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
      if (item->is_scalar()) {
        scenario.sources.push_back(item->text);
      } else {
        diagnostics_.error(item->position,
                           fmt::format("'sources': expected a text, found {}", described(*item)));
      }
    }
  }
  scenario.start = in.text("start");
  if (const Node* start = in.get("start"); start != nullptr && !is_date(scenario.start)) {
    diagnostics_.error(start->position, fmt::format("'start' is {}", described(*start)), "no date",
                       "write YYYY-MM-DD");
  }
  scenario.horizon = in.expression("horizon");
  scenario.tick = in.expression("tick");
  const auto each = [&](std::string_view key, std::string_view names, auto& into, auto one) {
    for (const Node::Entry* entry : in.entries(key, names)) into.push_back((this->*one)(*entry));
  };
  each("parameters", "parameter names", scenario.parameters, &Reader::parameter);
  for (const Node* item : in.items("correlations")) {
    scenario.correlations.push_back(correlation(*item));
  }
  each("parties", "party names", scenario.parties, &Reader::party);
  each("cohorts", "cohort names", scenario.cohorts, &Reader::cohort);
  each("levels", "level names", scenario.levels, &Reader::level);
  each("verification", "verification names", scenario.verifiers, &Reader::verifier);
  each("responses", "policy names", scenario.policies, &Reader::policy);
  if (const Node* node = in.get("mediation")) scenario.mediation = mediation(*node);
  each("phases", "phase names", scenario.phases, &Reader::phase);
  each("talks", "talks names", scenario.talks, &Reader::talks);
  each("incidents", "incident names", scenario.incidents, &Reader::incident);
  each("triggers", "trigger names", scenario.triggers, &Reader::trigger);
  if (const Node* node = in.get("begin")) scenario.begin = effects(*node, "begin");
  if (in.choice("on_collapse", {"end", "continue"}) == 1) {
    scenario.on_collapse = OnCollapse::continue_;
  }
  each("outcomes", "outcome names", scenario.outcomes, &Reader::outcome);
  timelines(in.items("timelines"), scenario.timelines);
}

Scenario read_scenario(Node document, Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.document = std::move(document);
  Reader(diagnostics).read(scenario);
  return scenario;
}

}  // namespace truce::scenario
