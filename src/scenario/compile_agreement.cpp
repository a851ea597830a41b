#include <fmt/format.h>

#include <algorithm>

#include "compiler.hpp"

namespace truce::scenario {

void Compiler::compile_phase(const Phase& written) {
  const std::string& name = written.name.text;
  const model::PhaseId id = find(phases_, name);
  model::Phase& phase = model_.phases[id];
  phase.lasts = expr(written.lasts, Purpose::duration, name + ".lasts", "lasts");
  if (written.ends_when) {
    const Bound condition =
        binder_.bind(*written.ends_when, Purpose::condition, name + ".ends_when", "ends_when");
    phase.ends_when = condition.expr;
    reactions_.add(model::ReactorKind::ends_when, id.index(), condition);
  }
  for (const Obligation& obligation : written.obligations) compile_obligation(obligation);
  if (!written.then) return;
  std::size_t number = 0;
  for (const Rule& rule : *written.then) {
    const std::string owner = fmt::format("{}.then.{}", name, ++number);
    model::Rule compiled;
    compiled.condition = expr(rule.condition, Purpose::condition, owner, "if");
    compiled.chance = expr(rule.chance, Purpose::probability, owner, "chance");
    if (rule.chance) compiled.chance_place = binder_.place(owner + ".chance", rule.position);
    compiled.effects = compile_effects(rule.effects, owner);
    model_.phases[id].rules.push_back(compiled);
  }
}

void Compiler::compile_due(const Obligation& written, model::Obligation& obligation) {
  const std::string& name = written.name.text;
  std::size_t number = 0;
  for (const DueEntry& entry : written.due) {
    const std::string owner = fmt::format("{}.due.{}", name, ++number);
    const auto days = [&](const std::optional<Expression>& of, const char* key) {
      return expr(of, Purpose::duration, owner + "." + key, key);
    };
    obligation.due.push_back({.day = days(entry.day, "day"),
                              .every = days(entry.every, "every"),
                              .from = days(entry.from, "from"),
                              .to = days(entry.to, "to"),
                              .count = expr(entry.count, Purpose::count, owner, "count")});
  }
}

void Compiler::compile_obligation(const Obligation& written) {
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
    obligation.effects = compile_effects(*written.effects, name);
  }
  obligation.singly = written.singly ? model::Singly::yes : model::Singly::no;
  compile_due(written, obligation);
  if (written.against) {
    obligation.against = find(obligations_, written.against->text);
    if (obligation.against.valid()) {
      model_.obligations[obligation.against].answers.push_back(id);
    }
    obligation.upon = written.upon == Obligation::Upon::performed ? model::Upon::performed
                                                                  : model::Upon::fulfilled;
  }
  const auto of = [&](const std::optional<Expression>& what, Purpose purpose, const char* key) {
    return expr(what, purpose, name + "." + key, key);
  };
  obligation.ratio = of(written.ratio, Purpose::share, "ratio");
  obligation.count = of(written.count, Purpose::count, "count");
  obligation.lag = of(written.lag, Purpose::duration, "lag");
  obligation.comply = of(written.comply, Purpose::probability, "comply");
  if (written.comply) obligation.comply_place = binder_.place(name + ".comply", position);
  obligation.late_by = of(written.late_by, Purpose::duration, "late_by");
  obligation.partial_share = of(written.partial_share, Purpose::share, "partial_share");
  obligation.share = of(written.share, Purpose::share, "share");
  obligation.tolerance = of(written.tolerance, Purpose::number, "tolerance");
  obligation.takes = of(written.takes, Purpose::duration, "takes");
  obligation.grace = of(written.grace, Purpose::duration, "grace");
  for (const auto& [failure, weight] : written.otherwise) {
    obligation.otherwise[static_cast<std::size_t>(failure)] =
        expr(weight, Purpose::weight, name + ".otherwise", "otherwise");
  }
  if (!written.otherwise.empty()) {
    obligation.otherwise_place = binder_.place(name + ".otherwise", position);
  }
  if (written.requires_) {
    const Bound condition =
        binder_.bind(*written.requires_, Purpose::condition, name + ".requires", "requires");
    obligation.requires_ = condition.expr;
    reactions_.add(model::ReactorKind::requires_, id.index(), condition);
  }
  if (written.verified_by) compile_verification(written, obligation);
  if (written.breach) {
    obligation.policy = find(policies_, written.breach->text);
    obligation.subject = subject_places(name, position);
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
  obligation.detects = expr(verifier.detects, Purpose::probability, name, "detects");
  obligation.false_alarms = expr(verifier.false_alarms, Purpose::probability, name, "false_alarms");
  obligation.verifier_takes =
      expr(verifier.takes, Purpose::duration, name + ".verification.takes", "takes");
  obligation.seen_place = binder_.place(name + ".verification", written.name.position);
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
