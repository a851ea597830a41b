#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <chrono>

#include "scenario/constructs/read.hpp"

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

void Room<Scenario>::finish(MappingReader& in, Scenario& scenario) {
  scenario.position = scenario.document.position;
  if (const Node* version = in.get("truce"); version != nullptr && version->text != "1") {
    in.diagnostics().error(version->position,
                           fmt::format("'truce' is {}, a version of the language that is not known",
                                       described(*version)),
                           "this program reads version 1");
  }
  for (const Node::Entry* list : in.entries("lists")) {
    scenario.lists.push_back({list->key, list->key_position});
  }
  scenario.start = in.text("start");
  if (const Node* start = in.get("start"); start != nullptr && !is_date(scenario.start)) {
    in.diagnostics().error(start->position, fmt::format("'start' is {}", described(*start)),
                           "no date", "write YYYY-MM-DD");
  }
}

Scenario read_scenario(Node document, Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.document = std::move(document);
  read_rows(scenario.document, "", diagnostics, scenario);
  return scenario;
}

}  // namespace truce::scenario
