#include "reactions.hpp"

#include <algorithm>

namespace truce::scenario {

using model::ReactorId;
using model::ReactorKind;

void Reactions::add(ReactorKind kind, std::size_t subject, const Bound& bound) {
  add(kind, subject, std::vector<Bound>{bound});
}

void Reactions::add(ReactorKind kind, std::size_t subject, const std::vector<Bound>& bounds) {
  Entry entry{.reactor = {.kind = kind, .subject = static_cast<std::uint32_t>(subject)}};
  for (const Bound& bound : bounds) {
    entry.inputs.insert(entry.inputs.end(), bound.inputs.begin(), bound.inputs.end());
    entry.reads_clock |= bound.expr.reads_clock;
  }
  std::ranges::sort(entry.inputs);
  entry.inputs.erase(std::ranges::unique(entry.inputs).begin(), entry.inputs.end());
  entries_.push_back(std::move(entry));
}

void Reactions::finish(model::Model& model) {
  add(ReactorKind::waits, 0, std::vector<Bound>{});
  std::ranges::stable_sort(entries_, {}, [](const Entry& e) { return e.reactor.kind; });
  std::vector<std::vector<std::uint32_t>> watchers(model.variables.size());
  const auto first_of = [&](ReactorKind kind) {
    return static_cast<std::uint32_t>(
        std::ranges::find_if(entries_, [&](const Entry& e) { return e.reactor.kind >= kind; }) -
        entries_.begin());
  };
  model.first_rate = first_of(ReactorKind::incident_rate);
  model.first_measure = first_of(ReactorKind::measure);
  model.waits_reactor = first_of(ReactorKind::waits);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const std::size_t subject = entry.reactor.subject;
    const ReactorId id{i};
    model.reactors.push_back(entry.reactor);
    for (const model::VariableId input : entry.inputs) {
      if (input != model.time) watchers[input.index()].push_back(i);
    }
    if (entry.reads_clock) model.clock_readers.push_back(i);
    switch (entry.reactor.kind) {
      case ReactorKind::ends_when:
        model.phases[model::PhaseId{subject}].ends_when_reactor = id;
        break;
      case ReactorKind::requires_:
        model.obligations[model::ObligationId{subject}].requires_reactor = id;
        break;
      case ReactorKind::when:
      case ReactorKind::trigger_rate:
        model.triggers[model::TriggerId{subject}].reactor = id;
        break;
      case ReactorKind::incident_rate:
        model.incidents[model::IncidentId{subject}].reactor = id;
        break;
      case ReactorKind::mortality:
        model.cohorts[model::CohortId{subject}].reactor = id;
        break;
      case ReactorKind::waits:
      case ReactorKind::measure:
        break;
    }
  }
  for (const std::vector<std::uint32_t>& of_variable : watchers) {
    model::Range range;
    range.begin = static_cast<std::uint32_t>(model.watching.size());
    model.watching.insert(model.watching.end(), of_variable.begin(), of_variable.end());
    range.end = static_cast<std::uint32_t>(model.watching.size());
    model.watchers.push_back(range);
  }
}

}  // namespace truce::scenario
