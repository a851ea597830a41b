#include "model/trial/trial.hpp"

#include <utility>

namespace truce::model {

Trial::Trial(const Model& model, const SimulatorSettings& settings)
    : Components(model, settings), horizon_(horizon_of(model)) {}

[[gnu::always_inline]] inline void Trial::take_step() {
  SlotId slot = hazards.first();
  double time = world.agenda.first_time();
  if (time > world.now()) {
    if (world.dependencies.take_rates([this](const Watcher& rate) { hazards.refresh(rate); })) {
      slot = hazards.first();
      time = world.agenda.first_time();
    }
    if (time > world.now()) {
      measures.read();
      world.agenda.advance(time);
      world.numbers.value(world.model.time) = time;
      guard.time_passes();
    }
  }
  guard.next(slot, [this](SlotId next) { return rule_of(next); });
  dispatch(slot);
  triggers.propagate();
}

// As `take_step` finds it: rates are refreshed only where time is about to move on.
double Trial::next_time() {
  if (ended()) return infinity;
  hazards.first();
  if (world.agenda.first_time() > world.now() &&
      world.dependencies.take_rates([this](const Watcher& rate) { hazards.refresh(rate); })) {
    hazards.first();
  }
  return world.agenda.first_time();
}

double Trial::value(const Expr& expression, double day) {
  TRUCE_EXPECT(day >= world.now());
  double& time = world.numbers.value(world.model.time);
  const double now = std::exchange(time, day);
  const double x = world.numbers(expression);
  time = now;
  return x;
}

template <class Act>
[[gnu::always_inline]] inline void Trial::guarded(const Act& act) {
  try {
    act();
  } catch (const AgendaFull&) {
    refuse_more_pending();
  }
}

void Trial::run(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  start(number, record, sink, hook);
  go_on(record);
}

void Trial::go_on(TrialRecord& record) {
  guarded([this] {
    while (!ended()) take_step();
  });
  finish(record);
}

EndingId Trial::go_on_to_ending() {
  while (!phases.over() && !ended()) step();
  return phases.ending();
}

void Trial::step() {
  TRUCE_EXPECT(!ended());
  guarded([this] { take_step(); });
}

void Trial::start(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  world.reset(number, sink, hook);
  const auto reset = [](auto& component) {  // the world has been
    if constexpr (requires { component.reset(); }) component.reset();
  };
  std::apply([&](auto&... each) { (reset(each), ...); }, lasting<Components>(*this));
  initial_values.draw_parameters(record);
  guarded([this] {
    initial_values.draw();
    world.agenda.schedule_fixed(Agenda::slot(StepKind::horizon), horizon_, Agenda::Rank::horizon);
    const auto begin = [](auto& component) {
      if constexpr (requires { component.begin(); }) component.begin();
    };
    std::apply([&](auto&... each) { (begin(each), ...); }, lasting<Components>(*this));
    world.dependencies.mark_all();
    world.because("begin");
    if (world.model.begin_given) {
      effects.act(world.model.begin, Portion{});
    } else if (!world.model.phases.empty()) {
      phases.begin(PhaseId{0});
    }
    triggers.propagate();
  });
}

void Trial::finish(TrialRecord& record) {
  TRUCE_EXPECT(ended());
  measures.read();
  measures.write(record);
  record.controls.clear();
  for (const StreamId id : world.settings.controls) {
    record.controls.push_back(world.numbers.control(id));
  }
  record.events = guard.events();
}

void Trial::save(State& state) const {
  TRUCE_EXPECT(world.raised.empty() && !phases.collapsing());
  std::apply([&](const auto&... each) { state = std::forward_as_tuple(each.state()...); },
             lasting<const Components>(*this));
}

void Trial::restore(const State& state) {
  std::apply(
      [&](auto&... each) {
        std::apply([&](const auto&... saved) { (each.restore(saved), ...); }, state);
      },
      lasting<Components>(*this));
}

}  // namespace truce::model
