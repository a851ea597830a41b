#include <algorithm>
#include <cmath>

#include "fail.hpp"
#include "trial.hpp"
#include "truce/model/whole.hpp"

namespace truce::model {

double Trial::duration(const Expr& expression, const std::string& owner, const char* key,
                       double fallback) {
  if (!expression.present()) return fallback;
  const double days = numbers_(expression);
  if (!(days >= 0)) {
    fail("'{}': the duration '{}' is {} days", owner, key, days);
  }
  return days;
}

double Trial::rate(const Expr& expression, const std::string& owner) {
  if (!expression.present()) return 0;
  const double per_day = numbers_(expression);
  if (!(per_day >= 0) || std::isinf(per_day)) {
    fail("'{}': the rate is {} per day", owner, per_day);
  }
  return per_day;
}

double Trial::persons(double x, const std::string& owner) const {
  constexpr double most = 1e9;
  const double whole = whole_nearest(x);
  if (!(whole >= 0) || whole > most) {
    fail("'{}': a count of {} persons", owner, x);
  }
  return whole;
}

double Trial::probability(const Expr& expression, PlaceId place) {
  constexpr double tolerance = 1e-9;
  const double p = numbers_(expression);
  if (!(p >= -tolerance && p <= 1 + tolerance)) {
    fail("'{}': the probability is {} on day {}", model_.places[place].name, p, now_);
  }
  return p;
}

bool Trial::chance(const Expr& expression, PlaceId place) {
  if (!expression.present()) return true;
  const double p = probability(expression, place);
  if (p > 0 && p < 1) return numbers_.uniform(place) < p;
  numbers_.skip(place);
  return p >= 1;
}

std::size_t Trial::choose(std::span<const Expr> weights, PlaceId place) {
  double sum = 0;
  std::size_t possible = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = numbers_(weights[i], 0);
    if (!(w >= 0) || std::isinf(w)) {
      fail("'{}': a weight is {}", model_.places[place].name, w);
    }
    if (w == 0) continue;
    sum += w;
    ++possible;
    last = i;
  }
  if (possible == 0) fail("'{}': all weights are 0", model_.places[place].name);
  if (possible == 1) {
    numbers_.skip(place);
    return last;
  }
  double left = numbers_.uniform(place) * sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = numbers_(weights[i], 0);
    if (w == 0) continue;
    last = i;
    if (left < w) break;
    left -= w;
  }
  return last;
}

void Trial::assign(LevelId id, double x) {
  const Level& level = model_.levels[id];
  if (!std::isfinite(x)) {
    fail("'{}' would become {} on day {}", level.name, x, now_);
  }
  const double low = numbers_(level.min, -infinity);
  const double high = numbers_(level.max, infinity);
  const double clamped = std::min(std::max(x, low), high);
  if (telling() && clamped != value(level.value)) note(level.name, "", clamped);
  set(level.value, clamped);
}

void Trial::shift_trust(PartyId party, Expr Party::*amount) {
  if (!party.valid()) return;
  const Party& of = model_.parties[party];
  const Expr& shift = of.*amount;
  if (of.trust.valid() && shift.present()) {
    assign(of.trust, value(model_.levels[of.trust].value) + numbers_(shift));
  }
}

}  // namespace truce::model
