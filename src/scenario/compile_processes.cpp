#include "compiler.hpp"

namespace truce::scenario {

void Compiler::compile_talks(const Talks& written) {
  const std::string& name = written.name.text;
  const model::TalksId id = find(talks_, name);
  model::Talks talks = model_.talks[id];
  talks.rounds = expr(written.rounds, Purpose::duration, name + ".rounds", "rounds");
  talks.agree = expr(written.agree, Purpose::probability, name, "agree");
  talks.agree_place = binder_.place(name + ".agree", written.name.position);
  talks.ratify_takes =
      expr(written.ratify_takes, Purpose::duration, name + ".ratify_takes", "ratify_takes");
  talks.deadline = expr(written.deadline, Purpose::duration, name + ".deadline", "deadline");
  for (const auto& [party, probability] : written.ratify) {
    talks.ratify.emplace_back(expr(probability, Purpose::probability, name, "ratify"),
                              binder_.place(name + ".ratify." + party.text, party.position));
  }
  talks.on_agreed = compile_effects(written.agreed, name + ".agreed");
  talks.on_failed = compile_effects(written.failed, name + ".failed");
  model_.talks[id] = std::move(talks);
}

void Compiler::compile_incident(const Incident& written) {
  const std::string& name = written.name.text;
  const model::IncidentId id = find(incidents_, name);
  model::Incident incident = model_.incidents[id];
  incident.name = name;
  if (written.to) incident.to = find(parties_, written.to->text);
  std::vector<Bound> inputs;
  const auto bind = [&](const std::optional<Expression>& of, Purpose purpose, const char* key) {
    if (!of) return model::Expr{};
    inputs.push_back(binder_.bind(*of, purpose, name, key));
    return inputs.back().expr;
  };
  incident.rate = bind(written.rate, Purpose::rate, "rate");
  incident.decay = bind(written.decay, Purpose::rate, "decay");
  incident.while_ = bind(written.condition, Purpose::condition, "while");
  if (!written.condition) {
    inputs.push_back(reading(model_.active));
    incident.while_ = inputs.back().expr;
  }
  incident.jump = expr(written.jump, Purpose::rate, name, "jump");
  incident.place = binder_.place(name, written.name.position);
  incident.effects = compile_effects(written.effects, name);
  if (written.breach) {
    incident.policy = find(policies_, written.breach->text);
    incident.subject = subject_places(name, written.name.position);
    incident.mediation_takes = mediation_takes(name);
    incident.cause = find(causes_, name);
  }
  reactions_.add(model::ReactorKind::incident_rate, id.index(), inputs);
  model_.incidents[id] = std::move(incident);
}

void Compiler::compile_trigger(const Trigger& written) {
  const std::string& name = written.name.text;
  const model::TriggerId id{static_cast<std::size_t>(&written - scenario_.triggers.data())};
  model::Trigger trigger = model_.triggers[id];
  if (written.when) {
    trigger.source = model::Source::when;
    const Bound bound = binder_.bind(*written.when, Purpose::condition, name, "when");
    trigger.expression = bound.expr;
    reactions_.add(model::ReactorKind::when, id.index(), bound);
  } else if (written.rate) {
    trigger.source = model::Source::rate;
    const Bound bound = binder_.bind(*written.rate, Purpose::rate, name, "rate");
    trigger.expression = bound.expr;
    trigger.rate_place = binder_.place(name, written.name.position);
    reactions_.add(model::ReactorKind::trigger_rate, id.index(), bound);
  } else if (written.at) {
    trigger.source = model::Source::at;
    trigger.expression = expr(written.at, Purpose::duration, name + ".at", "at");
  } else if (written.every) {
    trigger.source = model::Source::every;
    trigger.expression = expr(written.every, Purpose::duration, name + ".every", "every");
  } else {
    trigger.source = model::Source::upon;
    upon_.resize(model_.events.size());
    for (const Name& source : written.upon) {
      const model::EventId event = symbols_.event(source.text);
      if (event.valid()) upon_[event.index()].push_back(id);
    }
  }
  trigger.while_ = expr(written.condition, Purpose::condition, name, "while");
  trigger.chance = expr(written.chance, Purpose::probability, name, "chance");
  if (written.chance) {
    trigger.chance_place = binder_.place(name + ".chance", written.name.position);
  }
  trigger.limit = expr(written.limit, Purpose::number, name, "limit");
  trigger.effects = compile_effects(written.effects, name);
  model_.triggers[id] = std::move(trigger);
}

void Compiler::compile_upon() {
  upon_.resize(model_.events.size());
  for (std::size_t i = 0; i < upon_.size(); ++i) {
    model::Range range;
    range.begin = static_cast<std::uint32_t>(model_.upon.size());
    model_.upon.insert(model_.upon.end(), upon_[i].begin(), upon_[i].end());
    range.end = static_cast<std::uint32_t>(model_.upon.size());
    model_.events[model::EventId{i}].triggers = range;
  }
}

}  // namespace truce::scenario
