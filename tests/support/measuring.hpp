#pragma once

#include <cstdint>

#include "support/components.hpp"
#include "support/small_model.hpp"

namespace truce::test {

/// Outcomes and timelines of variables, as they are written.
struct WrittenMeasures {
  model::Model model = small_model(0, 0);

  WrittenMeasures() {
    endings(model);
    phase(model);
    model.causes.add("breach");
    model.causes.add("shelling");
    model.dependencies.watchers.resize(2 * model::DirtyMask::bits_per_word);
  }
  /// A variable that as many measures may be of.
  model::VariableId variable() {
    const model::VariableId id = test::variable(model);
    model::DependencyGraph& graph = model.dependencies;
    const auto mask = static_cast<std::uint32_t>(graph.masks.size());
    graph.by_variable[id.index()] = {.begin = mask, .end = mask + 1};
    graph.masks.push_back({.word = 1});
    return id;
  }
  model::MeasureId measure(model::MeasureKind kind, model::VariableId of) {
    model::DependencyGraph& graph = model.dependencies;
    graph.masks[graph.by_variable[of.index()].begin].bits |= std::uint64_t{1}
                                                             << model.measures.size();
    return model.measures.add({.kind = kind, .expression = value_of(of)});
  }
  model::Column& outcome(const model::Column& column) {
    model.columns.push_back(column);
    return model.columns.back();
  }
  model::Column& outcome(model::MeasureKind kind, model::VariableId of) {
    return outcome({.source = model::ColumnSource::measure, .measure = measure(kind, of)});
  }
  model::Column& outcome(model::VariableId of,
                         model::Column::Kind kind = model::Column::Kind::real) {
    const char* const name = kind == model::Column::Kind::integer ? "shots" : "";
    return outcome({.name = name, .kind = kind, .expression = value_of(of)});
  }
};

/// Measures, among the other components.
struct Measuring : Components {
  explicit Measuring(const WrittenMeasures& written) : Components(written.model) {}

  /// Time moves on, once all has been read.
  void pass(double day) {
    measures.read();
    world.agenda.advance(day);
  }
  void set(model::VariableId id, double x) { world.set(id, x); }
  void set(model::VariableId id, double x, double day) {
    pass(day);
    set(id, x);
  }
  /// What is written at the end, on that day.
  model::TrialRecord end(double day) {
    model::TrialRecord record;
    pass(day);
    measures.read();
    measures.write(record);
    return record;
  }
};

}  // namespace truce::test
