#include "model/trial/drift.hpp"

#include "model/trial/fail.hpp"

namespace truce::model {

Drift::Drift(World& world) : world_(world), days_(tick_of(world.model)) {
  if (!(days_ > 0)) fail("'tick' must be longer than 0");
  new_levels_.resize(world.model.drifting.size());
}

void Drift::begin() {
  if (!world_.dependencies.any_reads_clock() && world_.model.drifting.empty()) return;
  world_.agenda.schedule_fixed(Agenda::slot(StepKind::tick), days_, Agenda::Rank::tick);
}

void Drift::tick() {
  ++state_.ticks;
  TRUCE_EXPECT(world_.now() == static_cast<double>(state_.ticks) * days_);
  const double next = static_cast<double>(state_.ticks + 1) * days_;
  world_.agenda.schedule_fixed(Agenda::slot(StepKind::tick), next, Agenda::Rank::tick);
  const std::vector<LevelId>& drifting = world_.model.drifting;
  for (std::size_t i = 0; i < drifting.size(); ++i) {
    const Level& level = world_.model.levels[drifting[i]];
    new_levels_[i] = world_.value(level.value) + world_.numbers(level.drift) * days_;
  }
  world_.because("drift");
  for (std::size_t i = 0; i < drifting.size(); ++i) world_.assign(drifting[i], new_levels_[i]);
  world_.dependencies.mark_clock_readers();
}

}  // namespace truce::model
