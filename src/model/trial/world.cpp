#include "model/trial/world.hpp"

#include <algorithm>
#include <cmath>

#include "model/trial/fail.hpp"

namespace truce::model {

World::World(const Model& of, const SimulatorSettings& its_settings)
    : model(of),
      settings(its_settings),
      numbers(model, settings.parameters),
      agenda(model),
      dependencies(model.dependencies) {}

void World::reset(std::uint64_t trial, TraceSink* sink, DrawHook* hook) {
  numbers.reset(settings.seed, trial);
  agenda.reset();
  dependencies.reset();
  listen(sink, hook);
  raised.clear();
}

void World::restore(const State& state) {
  numbers.restore(std::get<EvaluatorState>(state));
  agenda.restore(std::get<AgendaState>(state));
  dependencies.restore(std::get<DependenciesState>(state));
  raised.clear();
}

void World::listen(TraceSink* sink, DrawHook* hook) {
  numbers.listen(sink, hook);
  trace.listen(sink);
}

void World::tell_event(EventId id, double amount) {
  const EventLabel& label = model.event_labels[id];
  const std::string_view who =
      label.who.valid() ? std::string_view(model.parties[label.who].name) : "";
  trace.tell(now(), label.name, who, amount);
}

void World::tell_note(const std::string& owner, const char* what, double amount) {
  trace.tell(now(), owner + what, "", amount);
}

void World::refuse_raised(double count) const {
  fail("{} events at one step, on day {}, are more than a trial may have", count, now());
}

void World::refuse_duration(const std::string& owner, const char* key, double days) {
  fail("'{}': the duration '{}' is {} days", owner, key, days);
}

void World::refuse_rate(const std::string& owner, double per_day) {
  fail("'{}': the rate is {} per day", owner, per_day);
}

void World::refuse_persons(const std::string& owner, double x) {
  fail("'{}': a count of {} persons", owner, x);
}

void World::refuse_value(const Level& level, double x) const {
  fail("'{}' would become {} on day {}", level.name, x, now());
}

void World::refuse_probability(StreamId stream, double p) const {
  fail("'{}': the probability is {} on day {}", model.streams[stream].name, p, now());
}

void World::refuse_weights(StreamId stream, double sum) const {
  if (sum == 0) fail("'{}': all weights are 0", model.streams[stream].name);
  for (const double w : weights_) {
    if (!(w >= 0 && w < infinity)) fail("'{}': a weight is {}", model.streams[stream].name, w);
  }
  fail("'{}': the weights add up to {}", model.streams[stream].name, sum);
}

std::size_t World::choose(std::span<const Expr> weights, StreamId stream) {
  TRUCE_EXPECT(!weights.empty());
  weights_.resize(weights.size());
  double* const w = weights_.data();
  double sum = 0;
  std::size_t possible = 0;
  std::size_t chosen = 0;
  bool sound = true;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    w[i] = numbers(weights[i], 0);
    sound = sound && w[i] >= 0;
    if (w[i] == 0) continue;
    sum += w[i];
    ++possible;
    chosen = i;
  }
  if (!(sound && sum > 0 && sum < infinity)) [[unlikely]]
    refuse_weights(stream, sum);
  if (possible == 1) {
    numbers.skip_choice(chosen, weights.size(), stream);
    return chosen;
  }
  const double u = numbers.choice(weights_, sum, stream);
  double left = u * sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (w[i] == 0) continue;
    chosen = i;
    if (left < w[i]) break;
    left -= w[i];
  }
  TRUCE_ENSURE(w[chosen] > 0);
  numbers.tell_choice(stream, u, weights_, sum, chosen);
  return chosen;
}

void World::assign(LevelId id, double x) {
  const Level& level = model.levels[id];
  if (!std::isfinite(x)) [[unlikely]]
    refuse_value(level, x);
  const double low = numbers(level.min, -infinity);
  const double high = numbers(level.max, infinity);
  const double clamped = std::min(std::max(x, low), high);
  if (trace.on() && clamped != value(level.value)) [[unlikely]]
    note(level.name, "", clamped);
  set(level.value, clamped);
}

void World::shift(LevelId level, const Expr& amount) {
  if (amount.present()) assign(level, value(model.levels[level].value) + numbers(amount));
}

}  // namespace truce::model
