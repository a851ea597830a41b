#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "truce/scenario/description.hpp"

namespace truce::scenario {

enum class EntityKind {
  parameter,
  party,
  cohort,
  level,
  phase,
  obligation,
  talks,
  incident,
  trigger,
  signal
};

/// Judges a description as a whole; one source file per idea.
class Checker {
 public:
  Checker(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}
  void check();

 private:
  // check_names.cpp: one flat namespace.
  void collect_names();
  void declare(EntityKind kind, const Name& name);
  void declare_alone(std::unordered_set<std::string>& names, const Name& name, const char* what);

  // check_references.cpp: names of entities where entities are expected.
  void check_references();
  void check_effect(const Effect& effect);
  void check_obligation_references(const Obligation& obligation);
  void check_event(const Name& name);
  bool refer(EntityKind kind, const Name& name);
  bool refer_alone(const std::unordered_set<std::string>& names, const Name& name,
                   const char* what);
  void refer_to_level(const Name& name);

  // check_obligations.cpp: what an obligation may say.
  void check_obligations();
  void check_obligation(const Obligation& obligation);
  void check_cycles();
  void check_receiver(const Obligation& obligation);

  // check_responses.cpp: policies and where they are used.
  void check_responses();
  void check_use(const Policy& policy, const std::string& party, const std::string& user,
                 bool may_hold);

  // check_reach.cpp: phases that nothing reaches, entities that nothing uses.
  void check_reach();
  void check_unused();
  void use(const Expression& expression);

  // check_schedule.cpp
  void check_schedule();

  void error(const Name& name, std::string problem, std::string why = {},
             std::string suggestion = {}) {
    diagnostics_.error(name.position, std::move(problem), std::move(why), std::move(suggestion));
  }
  [[nodiscard]] const Obligation* obligation(const std::string& name) const;
  [[nodiscard]] const Incident* incident(const std::string& name) const;
  [[nodiscard]] std::string receiver_of(const Obligation& obligation) const;
  [[nodiscard]] std::vector<std::string> names_of(EntityKind kind) const;

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, EntityKind> entities_;
  std::unordered_map<std::string, Position> positions_;
  std::unordered_map<std::string, const Obligation*> obligations_;
  std::unordered_set<std::string> verifiers_, policies_, levels_, events_;
  std::unordered_set<std::string> used_;
};

}  // namespace truce::scenario
