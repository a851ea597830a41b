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

void World::refuse_probability(StreamId stream, double p) const {
  fail("'{}': the probability is {} on day {}", model.streams[stream].name, p, now());
}

std::size_t World::choose(std::span<const Expr> weights, StreamId stream) {
  double sum = 0;
  std::size_t possible = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = numbers(weights[i], 0);
    if (!(w >= 0) || std::isinf(w)) {
      fail("'{}': a weight is {}", model.streams[stream].name, w);
    }
    if (w == 0) continue;
    sum += w;
    ++possible;
    last = i;
  }
  if (possible == 0) fail("'{}': all weights are 0", model.streams[stream].name);
  if (possible == 1) {
    numbers.skip_choice(last, weights.size(), stream);
    return last;
  }
  const auto weight_of = [&](std::size_t i) { return numbers(weights[i], 0); };
  const double u = numbers.choice(weights.size(), sum, weight_of, stream);
  double left = u * sum;
  double weight = 0;  // of the last one looked at
  double before = 0;  // of those before it
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = numbers(weights[i], 0);
    if (w == 0) continue;
    last = i;
    before += weight;
    weight = w;
    if (left < w) break;
    left -= w;
  }
  numbers.tell_choice(stream, {.u = u,
                               .held = Held::choice,
                               .probability = weight / sum,
                               .from = before / sum,
                               .chosen = static_cast<std::uint32_t>(last)});
  return last;
}

void World::assign(LevelId id, double x) {
  const Level& level = model.levels[id];
  if (!std::isfinite(x)) {
    fail("'{}' would become {} on day {}", level.name, x, now());
  }
  const double low = numbers(level.min, -infinity);
  const double high = numbers(level.max, infinity);
  const double clamped = std::min(std::max(x, low), high);
  if (trace.on() && clamped != value(level.value)) note(level.name, "", clamped);
  set(level.value, clamped);
}

void World::shift(LevelId level, const Expr& amount) {
  if (amount.present()) assign(level, value(model.levels[level].value) + numbers(amount));
}

}  // namespace truce::model
