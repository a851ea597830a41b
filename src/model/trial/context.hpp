#pragma once

#include "model/trial/world.hpp"

namespace truce::model {

/// What `tranche.*` and `incident.*` are to what is evaluated on behalf of a tranche or an
/// incident; 0 to the other kind.
struct Context {
  double count = 0;      ///< persons owed, or weight
  double number = 0;     ///< of the tranche among those of its obligation, from 1
  double delivered = 0;  ///< persons, or weight
  double missing = 0;    ///< persons, or weight
  double late = 0;       ///< days
  double severity = 0;   ///< of the occurrence
};

/// Has expressions read a context for as long as it lives, then what they read before. Costs a
/// comparison where no expression of the model reads any.
class ContextScope {
 public:
  /// `make` is called only where the context is read.
  template <class Make>
  ContextScope(World& world, const Make& make) : world_(world) {
    if (!world.model.reads_context) return;
    before_ = read(world);
    write(make());
  }
  ~ContextScope() {
    if (world_.model.reads_context) write(before_);
  }
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;

  /// The context that is read now.
  [[nodiscard]] static Context read(World& world) {
    const ContextVariables& of = world.model.context;
    return {.count = world.value(of.count),
            .number = world.value(of.number),
            .delivered = world.value(of.delivered),
            .missing = world.value(of.missing),
            .late = world.value(of.late),
            .severity = world.value(of.severity)};
  }

 private:
  // Nothing that is re-read may read a context, so that nothing is marked.
  void write(const Context& context) {
    const ContextVariables& of = world_.model.context;
    world_.numbers.value(of.count) = context.count;
    world_.numbers.value(of.number) = context.number;
    world_.numbers.value(of.delivered) = context.delivered;
    world_.numbers.value(of.missing) = context.missing;
    world_.numbers.value(of.late) = context.late;
    world_.numbers.value(of.severity) = context.severity;
  }

  World& world_;
  Context before_;
};

}  // namespace truce::model
