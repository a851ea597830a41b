#include "scenario/constructs/walk.hpp"

#include "scenario/description.hpp"

namespace truce::scenario {

namespace {

// Declared first, as they call each other.
template <class T>
void walk_rows(const T& of, Visitor& visitor, bool named = true);
template <class T>
void walk_value(const Key& key, const std::optional<T>& value, Visitor& visitor);
template <class T>
void walk_value(const Key& key, const std::vector<T>& values, Visitor& visitor);

void walk_value(const Key& key, const Expression& value, Visitor& visitor) {
  visitor.expression(key, value);
}
void walk_value(const Key& key, const Name& name, Visitor& visitor) {
  visitor.name(key.refers, name);
}
void walk_value(const Key& key, const std::array<Name, 2>& names, Visitor& visitor) {
  for (const Name& name : names) visitor.name(key.refers, name);
}
void walk_value(const Key& key, const NameByParty& names, Visitor& visitor) {
  if (names.any) visitor.name(key.refers, *names.any);
  for (const auto& [party, name] : names.of) {
    visitor.name(Refers::party, party);
    visitor.name(key.refers, name);
  }
}
void walk_value(const Key& key, const std::pair<Name, Expression>& value, Visitor& visitor) {
  visitor.name(key.refers, value.first);
  visitor.expression(key, value.second);
}
template <Worded Enum>
void walk_value(const Key& key, const std::pair<Enum, Expression>& value, Visitor& visitor) {
  visitor.expression(key, value.second);
}
template <HasRoom T>
void walk_value(const Key& /*key*/, const T& item, Visitor& visitor) {
  walk_rows(item, visitor);
}
// What is no reference and no expression.
void walk_value(const Key& /*key*/, const std::string& /*text*/, Visitor& /*visitor*/) {}
void walk_value(const Key& /*key*/, bool /*flag*/, Visitor& /*visitor*/) {}
template <Worded Enum>
void walk_value(const Key& /*key*/, Enum /*word*/, Visitor& /*visitor*/) {}

template <class T>
void walk_value(const Key& key, const std::optional<T>& value, Visitor& visitor) {
  if (value) walk_value(key, *value, visitor);
}
template <class T>
void walk_value(const Key& key, const std::vector<T>& values, Visitor& visitor) {
  for (const T& value : values) walk_value(key, value, visitor);
}

/// Calls the visitor for a construct and all that it contains, in the order of its rows; its name
/// is that of an entity, or a part of one.
template <class T>
void walk_rows(const T& of, Visitor& visitor, bool named) {
  if constexpr (requires { Room<T>::entity; }) {
    if (named) visitor.entity(Room<T>::entity, of.name);
  }
  if constexpr (requires { Room<T>::rows; }) {
    for_each_row<T>([&](const auto& row) {
      if constexpr (requires { row.member; }) walk_value(row.key, of.*row.member, visitor);
    });
  }
  if constexpr (requires { Room<T>::others; }) {
    for (const auto& other : of.*Room<T>::others) walk_rows(other, visitor, false);
  }
  if constexpr (requires { Room<T>::parts; }) {
    for (const auto& part : of.*Room<T>::parts) walk_rows(part, visitor);
  }
  if constexpr (requires { Room<T>::walk(of, visitor); }) Room<T>::walk(of, visitor);
}

}  // namespace

void walk(const Scenario& scenario, Visitor& visitor) {
  walk_rows(scenario, visitor);
}

}  // namespace truce::scenario
