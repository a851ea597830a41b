#include "scenario/compile/watchers.hpp"

#include <algorithm>

namespace truce::scenario {

using model::DirtyMask;
using model::WatcherId;
using model::WatcherKind;

namespace {

/// Masks of watchers that are added in their order.
struct MarksOf {
  std::vector<DirtyMask> marks;

  void add(WatcherId id) {
    const auto word = static_cast<std::uint32_t>(id.index() / DirtyMask::bits_per_word);
    if (marks.empty() || marks.back().word != word) marks.push_back({word, 0});
    marks.back().bits |= std::uint64_t{1} << id.index() % DirtyMask::bits_per_word;
  }
};

/// Tells whom the watcher is about which it is.
void name(WatcherId id, const model::Watcher& watcher, model::Model& model) {
  const auto subject = watcher.subject;
  switch (watcher.kind) {
    case WatcherKind::ends_when:
      model.phases[subject.as<model::PhaseId>()].ends_when_watcher = id;
      break;
    case WatcherKind::requires_:
      model.obligations[subject.as<model::ObligationId>()].requires_watcher = id;
      break;
    case WatcherKind::waits:
      model.waits_watcher = id;
      break;
    case WatcherKind::when:
    case WatcherKind::trigger_rate:
      model.triggers[subject.as<model::TriggerId>()].watcher = id;
      break;
    case WatcherKind::incident_rate:
      model.incidents[subject.as<model::IncidentId>()].watcher = id;
      break;
    case WatcherKind::mortality:
      model.cohorts[subject.as<model::CohortId>()].watcher = id;
      break;
    case WatcherKind::measure:
      break;
  }
}

}  // namespace

void Watchers::add(WatcherKind kind, model::AnyId subject, const Bound& bound) {
  add(kind, subject, std::vector<Bound>{bound});
}

void Watchers::add(WatcherKind kind, model::AnyId subject, const std::vector<Bound>& bounds) {
  Entry entry{.watcher = {.kind = kind, .subject = subject}};
  for (const Bound& bound : bounds) {
    entry.inputs.insert(entry.inputs.end(), bound.inputs.begin(), bound.inputs.end());
    entry.reads_clock |= bound.reads_clock;
  }
  std::ranges::sort(entry.inputs);
  entry.inputs.erase(std::unique(entry.inputs.begin(), entry.inputs.end()), entry.inputs.end());
  entries_.push_back(std::move(entry));
}

void Watchers::finish(model::Model& model) {
  model::DependencyGraph& graph = model.dependencies;
  add(WatcherKind::waits, {}, std::vector<Bound>{});
  std::ranges::stable_sort(entries_, {}, [](const Entry& e) { return e.watcher.kind; });
  std::vector<MarksOf> watchers(model.variables.size());
  MarksOf all, clock_readers;
  const auto lay_out = [&](auto begin, auto end) {
    for (auto at = begin; at != end; ++at) {
      const Entry& entry = *at;
      const WatcherId id{graph.watchers.size()};
      graph.watchers.push_back(entry.watcher);
      name(id, entry.watcher, model);
      all.add(id);
      if (entry.reads_clock) clock_readers.add(id);
      for (const model::VariableId input : entry.inputs) {
        if (input != model.time) watchers[input.index()].add(id);
      }
    }
  };
  const auto next_word = [&] {
    const std::size_t words =
        (graph.watchers.size() + DirtyMask::bits_per_word - 1) / DirtyMask::bits_per_word;
    graph.watchers.resize(words * DirtyMask::bits_per_word);
    return static_cast<std::uint32_t>(words);
  };
  const auto first = [&](WatcherKind kind) {
    return std::ranges::find_if(entries_, [&](const Entry& e) { return e.watcher.kind >= kind; });
  };
  const auto rates = first(WatcherKind::incident_rate);
  const auto measures = first(WatcherKind::measure);
  lay_out(entries_.begin(), rates);
  graph.first_rate_word = next_word();
  lay_out(rates, measures);
  graph.first_measure_word = next_word();
  lay_out(measures, entries_.end());
  graph.all = all.marks;
  graph.clock_readers = clock_readers.marks;
  for (const MarksOf& of_variable : watchers) {
    model::Range range;
    range.begin = static_cast<std::uint32_t>(graph.masks.size());
    graph.masks.insert(graph.masks.end(), of_variable.marks.begin(), of_variable.marks.end());
    range.end = static_cast<std::uint32_t>(graph.masks.size());
    graph.by_variable.push_back(range);
  }
}

}  // namespace truce::scenario
