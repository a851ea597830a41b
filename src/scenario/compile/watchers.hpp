#pragma once

#include <vector>

#include "model/model.hpp"
#include "scenario/expressions/binder.hpp"

namespace truce::scenario {

/// Collects what a model re-reads, and when: builds its watchers in the order in which they are to
/// be read, and who watches which variable.
class Watchers {
 public:
  void add(model::WatcherKind kind, model::AnyId subject, const Bound& bound);
  /// Joins the inputs of several expressions that are read together.
  void add(model::WatcherKind kind, model::AnyId subject, const std::vector<Bound>& bounds);
  void finish(model::Model& model);

 private:
  struct Entry {
    model::Watcher watcher;
    std::vector<model::VariableId> inputs;
    bool reads_clock = false;
  };
  std::vector<Entry> entries_;
};

}  // namespace truce::scenario
