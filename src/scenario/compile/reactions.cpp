#include "scenario/compile/reactions.hpp"

#include <algorithm>

namespace truce::scenario {

using model::Marks;
using model::ReactorId;
using model::ReactorKind;

namespace {

/// Marks of reactors that are added in their order.
struct MarksOf {
  std::vector<Marks> marks;

  void add(ReactorId id) {
    const auto word = static_cast<std::uint32_t>(id.index() / Marks::bits_per_word);
    if (marks.empty() || marks.back().word != word) marks.push_back({word, 0});
    marks.back().bits |= std::uint64_t{1} << id.index() % Marks::bits_per_word;
  }
};

/// Tells whom the reactor is about which it is.
void name(ReactorId id, const model::Reactor& reactor, model::Model& model) {
  const auto subject = reactor.subject;
  switch (reactor.kind) {
    case ReactorKind::ends_when:
      model.phases[subject.as<model::PhaseId>()].ends_when_reactor = id;
      break;
    case ReactorKind::requires_:
      model.obligations[subject.as<model::ObligationId>()].requires_reactor = id;
      break;
    case ReactorKind::waits:
      model.waits_reactor = id;
      break;
    case ReactorKind::when:
    case ReactorKind::trigger_rate:
      model.triggers[subject.as<model::TriggerId>()].reactor = id;
      break;
    case ReactorKind::incident_rate:
      model.incidents[subject.as<model::IncidentId>()].reactor = id;
      break;
    case ReactorKind::mortality:
      model.cohorts[subject.as<model::CohortId>()].reactor = id;
      break;
    case ReactorKind::measure:
      break;
  }
}

}  // namespace

void Reactions::add(ReactorKind kind, std::size_t subject, const Bound& bound) {
  add(kind, subject, std::vector<Bound>{bound});
}

void Reactions::add(ReactorKind kind, std::size_t subject, const std::vector<Bound>& bounds) {
  Entry entry{.reactor = {.kind = kind, .subject = model::AnyId{subject}}};
  for (const Bound& bound : bounds) {
    entry.inputs.insert(entry.inputs.end(), bound.inputs.begin(), bound.inputs.end());
    entry.reads_clock |= bound.reads_clock;
  }
  std::ranges::sort(entry.inputs);
  entry.inputs.erase(std::unique(entry.inputs.begin(), entry.inputs.end()), entry.inputs.end());
  entries_.push_back(std::move(entry));
}

void Reactions::finish(model::Model& model) {
  model::DependencyGraph& graph = model.dependencies;
  add(ReactorKind::waits, 0, std::vector<Bound>{});
  std::ranges::stable_sort(entries_, {}, [](const Entry& e) { return e.reactor.kind; });
  std::vector<MarksOf> watchers(model.variables.size());
  MarksOf all, clock_readers;
  const auto lay_out = [&](auto begin, auto end) {
    for (auto at = begin; at != end; ++at) {
      const Entry& entry = *at;
      const ReactorId id{graph.reactors.size()};
      graph.reactors.push_back(entry.reactor);
      name(id, entry.reactor, model);
      all.add(id);
      if (entry.reads_clock) clock_readers.add(id);
      for (const model::VariableId input : entry.inputs) {
        if (input != model.time) watchers[input.index()].add(id);
      }
    }
  };
  const auto next_word = [&] {
    const std::size_t words =
        (graph.reactors.size() + Marks::bits_per_word - 1) / Marks::bits_per_word;
    graph.reactors.resize(words * Marks::bits_per_word);
    return static_cast<std::uint32_t>(words);
  };
  const auto first = [&](ReactorKind kind) {
    return std::ranges::find_if(entries_, [&](const Entry& e) { return e.reactor.kind >= kind; });
  };
  const auto rates = first(ReactorKind::incident_rate);
  const auto measures = first(ReactorKind::measure);
  lay_out(entries_.begin(), rates);
  graph.first_rate_word = next_word();
  lay_out(rates, measures);
  graph.first_measure_word = next_word();
  lay_out(measures, entries_.end());
  graph.all = all.marks;
  graph.clock_readers = clock_readers.marks;
  for (const MarksOf& of_variable : watchers) {
    model::Range range;
    range.begin = static_cast<std::uint32_t>(graph.watching.size());
    graph.watching.insert(graph.watching.end(), of_variable.marks.begin(), of_variable.marks.end());
    range.end = static_cast<std::uint32_t>(graph.watching.size());
    graph.watchers.push_back(range);
  }
}

}  // namespace truce::scenario
