#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

void Compiler::compile(const Talks& written) {
  const std::string& name = written.name.text;
  const model::TalksId id = find(talks_, name);
  model::Talks talks = model_.talks[id];
  talks.rounds = lower<&Talks::rounds>(written, name);
  talks.agree = lower<&Talks::agree>(written, name);
  talks.agree_stream = binder_.stream(name + ".agree", written.name.position);
  talks.ratify_takes = lower<&Talks::ratify_takes>(written, name);
  talks.positions = written.positions.value_or(model::Positions::fixed);
  talks.deadline = lower<&Talks::deadline>(written, name);
  for (const auto& [party, probability] : written.ratify) {
    talks.ratify.emplace_back(expr(probability, key_of<&Talks::ratify>(), name),
                              binder_.stream(name + ".ratify." + party.text, party.position));
  }
  talks.on_agreed = compile_effects(written.agreed, name + ".agreed");
  talks.on_failed = compile_effects(written.failed, name + ".failed");
  model_.talks[id] = std::move(talks);
}

void Compiler::compile(const Incident& written) {
  const std::string& name = written.name.text;
  const model::IncidentId id = find(incidents_, name);
  model::Incident incident = model_.incidents[id];
  incident.name = name;
  if (written.to) incident.to = find(parties_, written.to->text);
  std::vector<Bound> inputs;
  const auto input = [&](const Bound& bound) {
    inputs.push_back(bound);
    return bound.expr;
  };
  if (written.rate) incident.rate = input(bind<&Incident::rate>(written, name));
  if (written.excites) {
    incident.decay = input(bind<&Excitation::decay>(*written.excites, name));
  }
  incident.while_ =
      input(written.condition ? bind<&Incident::condition>(written, name) : reading(model_.active));
  if (written.excites) incident.jump = lower<&Excitation::jump>(*written.excites, name);
  incident.severity = lower<&Incident::severity>(written, name);
  incident.stream = binder_.stream(name, written.name.position);
  {
    const Binder::OnBehalf of_incident(binder_, {.incident = true});
    incident.effects = compile_effects(written.effects, name);
  }
  if (written.breach) {
    incident.policy = find(policies_, written.breach->text);
    incident.streams = breach_streams(name, written.name.position);
    incident.mediation_takes = mediation_takes(name);
    incident.cause = find(causes_, name);
  }
  watchers_.add(model::WatcherKind::incident_rate, id, inputs);
  model_.incidents[id] = std::move(incident);
}

void Compiler::compile(const Trigger& written) {
  const std::string& name = written.name.text;
  const auto id = id_in<model::TriggerId>(scenario_.triggers, written);
  model::Trigger trigger = model_.triggers[id];
  if (written.when) {
    trigger.source = model::Source::when;
    const Bound bound = bind<&Trigger::when>(written, name);
    trigger.expression = bound.expr;
    watchers_.add(model::WatcherKind::when, id, bound);
  } else if (written.rate) {
    trigger.source = model::Source::rate;
    const Bound bound = bind<&Trigger::rate>(written, name);
    trigger.expression = bound.expr;
    trigger.rate_stream = binder_.stream(name, written.name.position);
    watchers_.add(model::WatcherKind::trigger_rate, id, bound);
  } else if (written.at) {
    trigger.source = model::Source::at;
    trigger.expression = lower<&Trigger::at>(written, name);
  } else if (written.every) {
    trigger.source = model::Source::every;
    trigger.expression = lower<&Trigger::every>(written, name);
  } else {
    trigger.source = model::Source::upon;
    upon_.resize(model_.events.size());
    for (const Name& source : written.upon) {
      const model::EventId event = symbols_.event(source.text);
      if (event.valid()) upon_[event.index()].push_back(id);
    }
  }
  trigger.while_ = lower<&Trigger::condition>(written, name);
  trigger.chance = lower<&Trigger::chance>(written, name);
  if (written.chance) {
    trigger.chance_stream = binder_.stream(name + ".chance", written.name.position);
  }
  trigger.limit = lower<&Trigger::limit>(written, name);
  trigger.effects = compile_effects(written.effects, name);
  model_.triggers[id] = std::move(trigger);
}

void Compiler::compile_upon() {
  upon_.resize(model_.events.size());
  for (std::size_t i = 0; i < upon_.size(); ++i) {
    model::Range range;
    range.begin = static_cast<std::uint32_t>(model_.triggers_by_event.size());
    model_.triggers_by_event.insert(model_.triggers_by_event.end(), upon_[i].begin(),
                                    upon_[i].end());
    range.end = static_cast<std::uint32_t>(model_.triggers_by_event.size());
    model_.events[model::EventId{i}].triggers = range;
  }
}

}  // namespace truce::scenario
