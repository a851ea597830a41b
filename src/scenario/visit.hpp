#pragma once

#include "truce/scenario/description.hpp"

namespace truce::scenario {

/// Calls `visit` for every effect of a scenario, in the order of the file's sections.
template <class Visit>
void for_each_effect(const Scenario& scenario, Visit visit) {
  const auto all = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) visit(effect);
  };
  for (const Phase& phase : scenario.phases) {
    for (const Obligation& obligation : phase.obligations) {
      if (obligation.effects) all(*obligation.effects);
    }
    if (phase.then) {
      for (const Rule& rule : *phase.then) all(rule.effects);
    }
  }
  for (const Talks& talks : scenario.talks) {
    all(talks.agreed);
    all(talks.failed);
  }
  for (const Incident& incident : scenario.incidents) all(incident.effects);
  for (const Trigger& trigger : scenario.triggers) all(trigger.effects);
  if (scenario.begin) all(*scenario.begin);
}

/// Calls `visit` for every expression of a scenario.
template <class Visit>
void for_each_expression(const Scenario& scenario, Visit visit) {
  const auto each = [&](const auto&... expressions) {
    ((expressions ? visit(*expressions) : void()), ...);
  };
  each(scenario.horizon, scenario.tick);
  for (const Parameter& p : scenario.parameters) {
    visit(p.value);
    each(p.prior);
  }
  const auto level = [&](const Level& l) {
    visit(l.initial);
    each(l.min, l.max, l.drift);
  };
  for (const Party& p : scenario.parties) {
    if (p.trust) {
      visit(p.trust->initial);
      each(p.trust->fulfilled, p.trust->breached, p.trust->settled, p.trust->incident);
    }
    for (const Level& attribute : p.attributes) level(attribute);
  }
  for (const Cohort& c : scenario.cohorts) each(c.living, c.remains, c.held, c.mortality);
  for (const Level& l : scenario.levels) level(l);
  for (const Verifier& v : scenario.verifiers) each(v.takes, v.detects, v.false_alarms);
  for (const Policy& p : scenario.policies) {
    for (const Response& r : p.responses) {
      visit(r.weight);
      each(r.lasts, r.notice);
    }
  }
  if (scenario.mediation) {
    each(scenario.mediation->teams, scenario.mediation->takes, scenario.mediation->settles);
    for (const auto& [kind, weight] : scenario.mediation->unsettled) visit(weight);
  }
  for (const Phase& p : scenario.phases) {
    each(p.lasts, p.ends_when);
    for (const Obligation& o : p.obligations) {
      each(o.ratio, o.count, o.lag, o.requires_, o.comply, o.late_by, o.partial_share, o.share,
           o.tolerance, o.takes, o.grace);
      for (const DueEntry& d : o.due) each(d.day, d.every, d.from, d.to, d.count);
      for (const auto& [kind, weight] : o.otherwise) visit(weight);
    }
    if (p.then) {
      for (const Rule& r : *p.then) each(r.condition, r.chance);
    }
  }
  for (const Talks& t : scenario.talks) {
    each(t.rounds, t.agree, t.ratify_takes, t.deadline);
    for (const auto& [party, probability] : t.ratify) visit(probability);
  }
  for (const Incident& i : scenario.incidents) each(i.rate, i.jump, i.decay, i.condition);
  for (const Trigger& t : scenario.triggers) {
    each(t.when, t.at, t.every, t.rate, t.condition, t.chance, t.limit);
  }
  for_each_effect(scenario, [&](const Effect& e) {
    for (const auto& [name, value] : e.assignments) visit(value);
    each(e.lasts, e.condition, e.chance, e.after);
  });
  for (const Outcome& o : scenario.outcomes) visit(o.expression);
  for (const Timeline& t : scenario.timelines) visit(t.expression);
}

}  // namespace truce::scenario
