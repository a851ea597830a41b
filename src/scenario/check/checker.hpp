#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scenario/constructs/walk.hpp"
#include "scenario/expressions/folding.hpp"
#include "scenario/expressions/name_set.hpp"

namespace truce::scenario {

/// Judges a description as a whole; one source file per idea. What cannot be judged because of an
/// error elsewhere is passed over, so that no errors follow from errors.
class Checker {
 public:
  Checker(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics), fold_(scenario) {}
  void check();
  /// See the function of this name. Needs no check before.
  void check_cautions();

 private:
  // check_names.cpp: one flat namespace.
  void collect_names();
  void declare(const EntityKind& kind, const Name& name);
  void note_party(const Party& party);
  void declare_alone(NameSet& names, const Name& name, const char* what);
  void check_measures();

  // check_lookup.cpp: one reference.
  bool refer(const EntityKind& kind, const Name& name);
  void refer(Refers refers, const Name& name);
  /// Whether the section was written, but in a form that cannot be read, which has been reported.
  [[nodiscard]] bool unread(std::string_view section) const;
  bool refer_alone(const NameSet& names, const Name& name, const char* what);
  void refer_to_level(const Name& name);
  bool refer_to_persons(const Name& name);
  void refer_to_restrained(const Name& name);
  void refer_to_event(const Name& name);
  void check_end(Refers refers, const Name& name);

  // check_references.cpp: names of entities where entities are expected.
  void check_references();
  void check_effect(const Effect& effect);
  void check_transfer(const Effect& effect);
  void check_release(const Obligation& obligation);
  void check_incident_policy(const Incident& incident);
  void check_correlation(const Correlation& correlation);
  void check_events(const Trigger& trigger);

  // check_obligations.cpp: what an obligation may say.
  void check_obligations();
  void check_receiver(const Obligation& obligation);
  void check_delivery(const Obligation& obligation);
  void check_answer(const Obligation& obligation);
  void check_due(const Obligation& obligation);
  void check_failures(const Obligation& obligation);

  // check_streams.cpp: whose random numbers are whose.
  void check_streams();

  // check_cycles.cpp: obligations that answer each other.
  void check_cycles();

  // check_cohorts.cpp
  void check_cohorts();

  // check_responses.cpp: policies and where they are used.
  void check_responses();
  void check_policy(const Policy& policy);
  void check_mediation();
  void check_use(const Name& policy, const std::string& party, const std::string& user);
  void check_holds();

  // check_reach.cpp: phases that nothing reaches, or that can begin again; rules that never act.
  void check_reach();
  void check_reentry();
  void check_rules();

  // check_unused.cpp: entities that nothing uses, keys without effect.
  void check_unused();
  void check_unused_rules();
  void check_unused_attributes();
  void check_idle_parties();
  void check_unused_processes();
  void use(const Expression& expression);

  // check_schedule.cpp: days that do not fit together.
  void check_schedule();
  void check_due_entry(const Phase& phase, const Obligation& obligation, const DueEntry& entry);
  void check_steps();
  [[nodiscard]] std::optional<double> last_day(const DueEntry& entry) const;
  [[nodiscard]] double seen_after(const Obligation& obligation) const;

  // check_horizon.cpp: what lies behind the end of the trial.
  [[nodiscard]] std::vector<double> earliest_days() const;
  void check_horizon();

  // check_cautions.cpp: what is allowed, and means something else than most expect.
  void check_unseen_refusal(const Obligation& obligation);
  void check_late_at_once(const Obligation& obligation);
  void check_trust_is_read();
  void check_numbers();

  // check_clock.cpp: conditions that hold for less than a tick.
  void check_clocks();
  void check_clock(const Expression& condition);

  // check_counts.cpp: releases of more than there are.
  void check_counts();
  void check_count(const Name& persons, const Expression& count);
  [[nodiscard]] std::optional<double> most_held(const std::string& cohort, bool remains) const;

  // check_answers.cpp: answers that come after the phase.
  void check_answers();

  void error(const Name& name, std::string problem, std::string why = {},
             std::string suggestion = {}) {
    diagnostics_.error(name.position, std::move(problem), std::move(why), std::move(suggestion));
  }
  void warn(const Name& name, std::string problem, std::string why = {},
            std::string suggestion = {}) {
    diagnostics_.warning(name.position, std::move(problem), std::move(why), std::move(suggestion));
  }
  [[nodiscard]] bool is(const EntityKind& kind, const std::string& name) const;
  [[nodiscard]] std::string receiver_of(const Obligation& obligation) const;

  struct Entity {
    const EntityKind* kind;
    Position position;
  };

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  ParameterFolder fold_;
  std::unordered_map<std::string, Entity> entities_;
  std::unordered_set<std::string> ambiguous_;  ///< names of several entities
  std::unordered_map<const EntityKind*, std::vector<std::string>>
      names_;  ///< in the order of the file
  std::unordered_map<std::string, const Parameter*> parameters_;
  std::unordered_map<std::string, const Cohort*> cohorts_;
  std::unordered_map<std::string, const Policy*> policy_of_;
  std::unordered_map<std::string, const Obligation*> obligations_;
  std::unordered_map<std::string, const Incident*> incidents_;
  std::vector<std::string> principals_;
  NameSet verifiers_, policies_, levels_, events_;
  std::unordered_set<std::string> used_;  ///< names that something reads or refers to
  std::unordered_set<std::string> used_verifiers_, used_policies_;
  std::unordered_map<std::string, bool> holds_something_;  ///< by policies that are used
};

/// Letters, digits and '_', not beginning with a digit.
bool is_name(std::string_view text);

}  // namespace truce::scenario
