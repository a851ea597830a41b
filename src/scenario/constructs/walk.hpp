#pragma once

#include "scenario/description.hpp"

namespace truce::scenario {

/// What a walk over a description calls; a visitor overrides what it looks at.
struct Visitor {
  void expression(const Key& /*key*/, const Expression& /*value*/) {}
  /// A name that refers to something, or declares it by being written.
  void name(Refers /*refers*/, const Name& /*name*/) {}
  /// A name that its section declares.
  void entity(EntityKind /*kind*/, const Name& /*name*/) {}
  void effect(const Effect& /*effect*/) {}
};

template <class T, class V>
void walk_rows(const T& of, V& visitor, bool named = true);

namespace detail {

// Declared first, as they call each other.
template <class T, class V>
void walk(const Key& key, const std::optional<T>& value, V& visitor);
template <class T, class V>
void walk(const Key& key, const std::vector<T>& values, V& visitor);

template <class V>
void walk(const Key& key, const Expression& value, V& visitor) {
  visitor.expression(key, value);
}
template <class V>
void walk(const Key& key, const Name& name, V& visitor) {
  visitor.name(key.refers, name);
}
template <class V>
void walk(const Key& key, const std::array<Name, 2>& names, V& visitor) {
  for (const Name& name : names) visitor.name(key.refers, name);
}
template <class V>
void walk(const Key& key, const NameByParty& names, V& visitor) {
  if (names.any) visitor.name(key.refers, *names.any);
  for (const auto& [party, name] : names.of) {
    visitor.name(Refers::party, party);
    visitor.name(key.refers, name);
  }
}
template <class V>
void walk(const Key& key, const std::pair<Name, Expression>& value, V& visitor) {
  visitor.name(key.refers, value.first);
  visitor.expression(key, value.second);
}
template <Worded Enum, class V>
void walk(const Key& key, const std::pair<Enum, Expression>& value, V& visitor) {
  visitor.expression(key, value.second);
}
template <HasRoom T, class V>
void walk(const Key& /*key*/, const T& item, V& visitor) {
  walk_rows(item, visitor);
}
// What is no reference and no expression.
template <class V>
void walk(const Key& /*key*/, const std::string& /*text*/, V& /*visitor*/) {}
template <class V>
void walk(const Key& /*key*/, bool /*flag*/, V& /*visitor*/) {}
template <Worded Enum, class V>
void walk(const Key& /*key*/, Enum /*word*/, V& /*visitor*/) {}

template <class T, class V>
void walk(const Key& key, const std::optional<T>& value, V& visitor) {
  if (value) walk(key, *value, visitor);
}
template <class T, class V>
void walk(const Key& key, const std::vector<T>& values, V& visitor) {
  for (const T& value : values) walk(key, value, visitor);
}

}  // namespace detail

/// Calls the visitor for a construct and all that it contains, in the order of its rows; its name
/// is that of an entity, or a part of one.
template <class T, class V>
void walk_rows(const T& of, V& visitor, bool named) {
  if constexpr (requires { Room<T>::entity; }) {
    if (named) visitor.entity(Room<T>::entity, of.name);
  }
  if constexpr (requires { Room<T>::rows; }) {
    for_each_row<T>([&](const auto& row) {
      if constexpr (requires { row.member; }) detail::walk(row.key, of.*row.member, visitor);
    });
  }
  if constexpr (requires { Room<T>::others; }) {
    for (const auto& other : of.*Room<T>::others) walk_rows(other, visitor, false);
  }
  if constexpr (requires { Room<T>::walk(of, visitor); }) Room<T>::walk(of, visitor);
}

/// Calls `visit` for every effect of a scenario, in the order of the file's sections.
template <class Visit>
void for_each_effect(const Scenario& scenario, Visit visit) {
  struct Effects : Visitor {
    explicit Effects(Visit& call) : visit(call) {}
    void effect(const Effect& effect) { visit(effect); }
    Visit& visit;
  } visitor(visit);
  walk_rows(scenario, visitor);
}

/// Calls `visit` for every entity that a section declares, in the order of the file's sections.
template <class Visit>
void for_each_entity(const Scenario& scenario, Visit visit) {
  struct Entities : Visitor {
    explicit Entities(Visit& call) : visit(call) {}
    void entity(EntityKind kind, const Name& name) { visit(kind, name); }
    Visit& visit;
  } visitor(visit);
  walk_rows(scenario, visitor);
}

/// Calls `visit` for every expression of a scenario.
template <class Visit>
void for_each_expression(const Scenario& scenario, Visit visit) {
  struct Expressions : Visitor {
    explicit Expressions(Visit& call) : visit(call) {}
    void expression(const Key& /*key*/, const Expression& value) { visit(value); }
    Visit& visit;
  } visitor(visit);
  walk_rows(scenario, visitor);
}

}  // namespace truce::scenario
