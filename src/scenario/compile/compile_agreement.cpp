#include <fmt/format.h>

#include <algorithm>

#include "scenario/compile/choice_numbers.hpp"
#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

void Compiler::compile(const Phase& written) {
  const std::string& name = written.name.text;
  const model::PhaseId id = find(phases_, name);
  model::Phase& phase = model_.phases[id];
  phase.lasts = lower<&Phase::lasts>(written, name);
  if (written.ends_when) {
    const Bound condition = bind<&Phase::ends_when>(written, name);
    phase.ends_when = condition.expr;
    watchers_.add(model::WatcherKind::ends_when, id, condition);
  }
  for (const Obligation& obligation : written.obligations) compile(obligation);
  if (!written.then) return;
  std::size_t number = 0;
  for (const Rule& rule : *written.then) {
    const std::string owner = fmt::format("{}.then.{}", name, ++number);
    model::Rule compiled;
    compiled.condition = lower<&Rule::condition>(rule, owner);
    compiled.chance = lower<&Rule::chance>(rule, owner);
    if (rule.chance) compiled.chance_stream = binder_.stream(owner + ".chance", rule.position);
    compiled.effects = compile_effects(rule.effects, owner);
    model_.phases[id].rules.push_back(compiled);
  }
}

void Compiler::compile_due(const Obligation& written, model::Obligation& obligation) {
  const std::string& name = written.name.text;
  std::size_t number = 0;
  for (const DueEntry& entry : written.due) {
    const std::string owner = fmt::format("{}.due.{}", name, ++number);
    obligation.due.add({.day = lower<&DueEntry::day>(entry, owner),
                        .every = lower<&DueEntry::every>(entry, owner),
                        .from = lower<&DueEntry::from>(entry, owner),
                        .to = lower<&DueEntry::to>(entry, owner),
                        .count = lower_from<&DueEntry::count>(entry, owner)});
  }
}

/// How a tranche is decided on and performed.
void Compiler::compile_decision(const Obligation& written, model::Obligation& obligation) {
  const std::string& name = written.name.text;
  const Position& position = written.name.position;
  const Binder::OnBehalf of_tranche(binder_, {.tranche = true});
  obligation.comply = lower<&Obligation::comply>(written, name);
  if (written.comply) obligation.comply_stream = binder_.stream(name + ".comply", position);
  obligation.late_by = lower<&Obligation::late_by>(written, name);
  obligation.partial_share = lower<&Obligation::partial_share>(written, name);
  obligation.share = lower<&Obligation::share>(written, name);
  obligation.tolerance = lower<&Obligation::tolerance>(written, name);
  obligation.takes = lower<&Obligation::takes>(written, name);
  obligation.grace = lower<&Obligation::grace>(written, name);
  for (const auto& [failure, weight] : written.otherwise) {
    obligation.otherwise.at(number_of(failure)) =
        expr(weight, key_of<&Obligation::otherwise>(), name + ".otherwise");
  }
  if (!written.otherwise.empty()) {
    obligation.otherwise_stream = binder_.stream(name + ".otherwise", position);
  }
}

void Compiler::compile(const Obligation& written) {
  const std::string& name = written.name.text;
  const Position& position = written.name.position;
  const model::ObligationId id = find(obligations_, name);
  if (!id.valid()) return;
  model::Obligation obligation = model_.obligations[id];
  obligation.to = receiver_of(written);
  if (written.release) {
    const std::string& text = written.release->text;
    const auto dot = text.find('.');
    obligation.cohort = find(cohorts_, text.substr(0, dot));
    obligation.delivery =
        dot == std::string::npos ? model::Delivery::living : model::Delivery::remains;
  } else if (written.effects) {
    const Binder::OnBehalf of_tranche(binder_, {.tranche = true});
    obligation.effects = compile_effects(*written.effects, name);
  }
  obligation.singly = written.singly ? model::Singly::yes : model::Singly::no;
  compile_due(written, obligation);
  if (written.against) {
    obligation.against = find(obligations_, written.against->text);
    if (obligation.against.valid()) {
      model_.obligations[obligation.against].answers.push_back(id);
    }
    obligation.upon = written.upon.value_or(model::Upon::fulfilled);
  }
  obligation.ratio = lower<&Obligation::ratio>(written, name);
  obligation.count = lower<&Obligation::count>(written, name);
  obligation.lag = lower<&Obligation::lag>(written, name);
  compile_decision(written, obligation);
  if (written.requires_) {
    const Bound condition = bind<&Obligation::requires_>(written, name);
    obligation.requires_ = condition.expr;
    watchers_.add(model::WatcherKind::requires_, id, condition);
  }
  if (written.verified_by) compile_verification(written, obligation);
  if (written.breach) {
    obligation.policy = find(policies_, written.breach->text);
    obligation.streams = breach_streams(name, position);
    obligation.mediation_takes = mediation_takes(name);
    obligation.cause = find(causes_, name);
  }
  obligation.answers = model_.obligations[id].answers;
  model_.obligations[id] = std::move(obligation);
}

void Compiler::compile_verification(const Obligation& written, model::Obligation& obligation) {
  const std::string& name = written.name.text;
  const auto named = std::ranges::find(scenario_.verifiers, written.verified_by->text,
                                       [](const Verifier& v) { return v.name.text; });
  if (named == scenario_.verifiers.end()) return;
  const Verifier& verifier = *named;
  obligation.verified = true;
  const std::string owner = name + ".verification";
  const Binder::OnBehalf of_tranche(binder_, {.tranche = true});
  obligation.detects = lower<&Verifier::detects>(verifier, owner);
  obligation.false_alarms = lower<&Verifier::false_alarms>(verifier, owner);
  obligation.verifier_takes = lower<&Verifier::takes>(verifier, owner);
  obligation.seen_stream = binder_.stream(owner, written.name.position);
}

model::PartyId Compiler::receiver_of(const Obligation& written) const {
  if (written.to) return find(parties_, written.to->text);
  // With two principals, an obligation of the one is owed to the other.
  for (const Party& party : scenario_.parties) {
    if (party.role == Role::principal && party.name.text != written.by.text) {
      return find(parties_, party.name.text);
    }
  }
  return {};
}

}  // namespace truce::scenario
