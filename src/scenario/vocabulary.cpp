#include <nlohmann/json.hpp>

#include "engine/distributions.hpp"
#include "scenario/description.hpp"
#include "scenario/expressions/functions.hpp"
#include "scenario/expressions/units.hpp"
#include "scenario/schema.hpp"
#include "scenario/verified.hpp"

namespace truce::scenario {

namespace {

using Json = nlohmann::ordered_json;

template <class Items, class Text>
Json list_of(const Items& items, Text text) {
  Json all = Json::array();
  for (const auto& item : items) all.push_back(text(item));
  return all;
}

Json distributions() {
  Json all;
  for (const engine::Family family : engine::all_families()) {
    all[std::string(engine::name_of(family))] = list_of(
        engine::parameter_names(family), [](std::string_view name) { return std::string(name); });
  }
  return all;
}

void add_events(const EntityKind& kind, Json& all) {
  all[std::string(kind.word)] =
      list_of(kind.events, [](std::string_view event) { return std::string(event); });
}

/// Those of a construct, and of what it contains.
template <class T>
void add_events_of(Json& all) {
  if constexpr (requires { Room<T>::entity; }) add_events(Room<T>::entity, all);
  if constexpr (requires { Room<T>::rows; }) {
    for_each_row<T>([&](const auto& row) {
      if constexpr (requires { row.member; })
        add_events_of<typename detail::MemberOf<decltype(row.member)>::Item>(all);
    });
  }
}

Json events() {
  Json all;
  add_events(list_kind, all);
  add_events_of<Scenario>(all);
  add_events(signal_kind, all);
  return all;
}

Json exact_tests() {
  Json all;
  for (const Verified& each : verified_constructs()) {
    all[std::string(name_of(each.kind))][std::string(each.word)] =
        Json::array({std::string(each.test), std::string(each.against)});
  }
  return all;
}

}  // namespace

std::string vocabulary() {
  const auto name = [](const auto& item) { return std::string(item.name); };
  const auto key = [](const auto& form) { return std::string(form.key.name); };
  const Json words{{"functions", list_of(functions, name)},
                   {"distributions", distributions()},
                   {"units", list_of(units_of_time(), name)},
                   {"reserved", reserved_words()},
                   {"events", events()},
                   {"effects", list_of(effect_forms, key)},
                   {"responses", list_of(response_forms, key)},
                   {"outcomes", list_of(outcome_forms, key)},
                   {"exact_tests", exact_tests()}};
  return words.dump(2) + "\n";
}

}  // namespace truce::scenario
