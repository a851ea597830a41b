#pragma once

#include "scenario/constructs/visitor.hpp"
#include "scenario/description.hpp"

namespace truce::scenario {

/// Calls `visit` for every effect of a scenario, in the order of the file's sections.
template <class Visit>
void for_each_effect(const Scenario& scenario, Visit visit) {
  struct Effects : Visitor {
    explicit Effects(Visit& call) : visit(call) {}
    void effect(const Effect& effect) override { visit(effect); }
    Visit& visit;
  } visitor(visit);
  walk(scenario, visitor);
}

/// Calls `visit` for every entity that a section declares, in the order of the file's sections.
template <class Visit>
void for_each_entity(const Scenario& scenario, Visit visit) {
  struct Entities : Visitor {
    explicit Entities(Visit& call) : visit(call) {}
    void entity(const EntityKind& kind, const Name& name) override { visit(kind, name); }
    Visit& visit;
  } visitor(visit);
  walk(scenario, visitor);
}

/// Calls `visit` for every expression of a scenario.
template <class Visit>
void for_each_expression(const Scenario& scenario, Visit visit) {
  struct Expressions : Visitor {
    explicit Expressions(Visit& call) : visit(call) {}
    void expression(const Key& /*key*/, const Expression& value) override { visit(value); }
    Visit& visit;
  } visitor(visit);
  walk(scenario, visitor);
}

}  // namespace truce::scenario
