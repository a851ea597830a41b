#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/written.hpp"
#include "scenario/keys.hpp"

namespace truce::scenario {

struct Effect;
struct Scenario;

/// What a walk over a description calls; a visitor overrides what it looks at.
struct Visitor {
  Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;
  virtual ~Visitor() = default;

  virtual void expression(const Key& /*key*/, const Expression& /*value*/) {}
  /// A name that refers to something, or declares it by being written.
  virtual void name(Refers /*refers*/, const Name& /*name*/) {}
  /// A name that its section declares.
  virtual void entity(const EntityKind& /*kind*/, const Name& /*name*/) {}
  virtual void effect(const Effect& /*effect*/) {}
};

/// Calls the visitor for all that a scenario contains, in the order of the file's sections, and of
/// the rows of each construct.
void walk(const Scenario& scenario, Visitor& visitor);

}  // namespace truce::scenario
