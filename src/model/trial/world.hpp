#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "model/simulator.hpp"
#include "model/trial/agenda.hpp"
#include "model/trial/dependencies.hpp"
#include "model/trial/evaluator.hpp"
#include "model/trial/trace.hpp"
#include "model/whole.hpp"

namespace truce::model {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
using base::not_a_number;

/// What every component of a trial reads and changes: the model, its variables and draws, the
/// agenda, what is to be read again, and the events that triggers have yet to hear. It knows no
/// component.
///
/// Whoever changes a variable does so by `set` and `add`, so that what reads it is marked. Between
/// two steps no event is left to be heard.
class World {
 public:
  World(const Model& model, const SimulatorSettings& settings);
  World(const World&) = delete;  // `numbers` points into `model`
  World& operator=(const World&) = delete;
  ~World() = default;

  const Model model;  ///< a copy: one indirection less wherever it is read
  const SimulatorSettings settings;
  Evaluator numbers;
  Agenda agenda;
  Dependencies dependencies;
  Trace trace;
  std::vector<EventId> raised;  ///< since the last step, in their order; triggers hear them

  /// The state of day 0, before anything is drawn.
  void reset(std::uint64_t trial, TraceSink* sink, DrawHook* hook = nullptr);
  using State = std::tuple<EvaluatorState, AgendaState, DependenciesState>;
  [[nodiscard]] auto state() const {
    return std::tie(numbers.state(), agenda.state(), dependencies.state());
  }
  void restore(const State& state);
  /// Who hears of what goes on; the hook is handed the draws. Either may be absent.
  void listen(TraceSink* sink, DrawHook* hook);
  [[nodiscard]] double now() const { return agenda.now(); }

  // Variables.
  void set(VariableId id, double x);
  void add(VariableId id, double amount);
  [[nodiscard]] double value(VariableId id) const { return numbers.value(id); }
  /// Sets a level within its bounds. Throws TrialError where `x` is not finite.
  void assign(LevelId id, double x);
  void shift(LevelId level, const Expr& amount);
  /// Adds `amount` of the party to its trust, if it has any.
  void shift_trust(PartyId party, Expr Party::*amount);

  /// Counts an event, tells of it, and lets triggers hear it once the step is over.
  void raise(EventId event, double amount = not_a_number);
  [[noreturn]] void refuse_raised(double count) const;

  // Values of expressions, checked: what is out of bounds throws a TrialError that names `owner`.
  /// Days, not negative; `fallback` where the expression is absent.
  double duration(const Expr& expression, const std::string& owner, const char* key,
                  double fallback = 0);
  /// Per day, not negative and finite; 0 where absent.
  double rate(const Expr& expression, const std::string& owner);
  /// Whether a condition holds; it does where absent.
  bool holds(const Expr& condition) { return !condition.present() || numbers(condition) != 0; }
  /// The next whole number, from 0 to a thousand million.
  static double persons(double x, const std::string& owner);

  // Draws.
  /// The probability that an expression gives. Throws TrialError where it is none.
  double probability(const Expr& expression, StreamId stream) {
    const double p = numbers(expression);
    if (!(p >= -base::probability_tolerance && p <= 1 + base::probability_tolerance)) [[unlikely]]
      refuse_probability(stream, p);
    return p;
  }
  /// Yes with the probability that the expression gives; always where it is absent.
  bool chance(const Expr& expression, StreamId stream);
  /// The index of one of several weights, drawn in proportion to them.
  std::size_t choose(std::span<const Expr> weights, StreamId stream);

  // Telling.
  template <class... Texts>
  void because(const Texts&... texts) {
    trace.because(texts...);
  }
  void note(const std::string& owner, const char* what, double amount = not_a_number) {
    if (trace.on()) [[unlikely]]
      tell_note(owner, what, amount);
  }

 private:
  void tell_note(const std::string& owner, const char* what, double amount);
  void tell_event(EventId id, double amount);
  [[noreturn]] static void refuse_duration(const std::string& owner, const char* key, double days);
  [[noreturn]] static void refuse_rate(const std::string& owner, double per_day);
  [[noreturn]] static void refuse_persons(const std::string& owner, double x);
  [[noreturn]] void refuse_value(const Level& level, double x) const;
  [[noreturn]] void refuse_probability(StreamId stream, double p) const;
  [[noreturn]] void refuse_weights(StreamId stream, double sum) const;

  std::vector<double> weights_;  ///< while one of them is chosen
};

// Nearly every event calls these several times, so they are inlined; the errors that they end with
// are in world.cpp.

inline void World::set(VariableId id, double x) {
  double& present = numbers.value(id);
  if (present == x) return;
  present = x;
  dependencies.changed(id);
}

inline void World::add(VariableId id, double amount) {
  numbers.value(id) += amount;
  dependencies.changed(id);
}

inline void World::shift_trust(PartyId party, Expr Party::*amount) {
  if (!party.valid()) return;
  const Party& of = model.parties[party];
  if (of.trust.valid()) shift(of.trust, of.*amount);
}

[[gnu::always_inline]] inline void World::raise(EventId id, double amount) {
  const Event& event = model.events[id];
  add(event.count, 1);
  if (event.last.valid()) set(event.last, now());
  if (trace.on()) [[unlikely]]
    tell_event(id, amount);
  if (!event.triggers.empty()) raised.push_back(id);
}

[[gnu::always_inline]] inline double World::duration(const Expr& expression,
                                                     const std::string& owner, const char* key,
                                                     double fallback) {
  if (!expression.present()) return fallback;
  const double days = numbers(expression);
  if (!(days >= 0)) [[unlikely]]
    refuse_duration(owner, key, days);
  return days;
}

inline double World::rate(const Expr& expression, const std::string& owner) {
  if (!expression.present()) return 0;
  const double per_day = numbers(expression);
  if (!(per_day >= 0 && per_day < infinity)) [[unlikely]]
    refuse_rate(owner, per_day);
  return per_day;
}

inline double World::persons(double x, const std::string& owner) {
  constexpr double most = 1e9;
  const double whole = whole_nearest(x);
  if (!(whole >= 0 && whole <= most)) [[unlikely]]
    refuse_persons(owner, x);
  return whole;
}

[[gnu::always_inline]] inline bool World::chance(const Expr& expression, StreamId stream) {
  if (!expression.present()) return true;
  const double p = probability(expression, stream);
  if (p > 0 && p < 1) return numbers.below(p, stream);
  numbers.skip_chance(p >= 1, stream);
  return p >= 1;
}

}  // namespace truce::model
