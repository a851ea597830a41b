#include <algorithm>
#include <cmath>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"
#include "model/whole.hpp"

namespace truce::model {

void Trial::refuse_duration(const std::string& owner, const char* key, double days) {
  fail("'{}': the duration '{}' is {} days", owner, key, days);
}

void Trial::refuse_rate(const std::string& owner, double per_day) {
  fail("'{}': the rate is {} per day", owner, per_day);
}

void Trial::refuse_persons(const std::string& owner, double x) {
  fail("'{}': a count of {} persons", owner, x);
}

void Trial::refuse_probability(PlaceId place, double p) const {
  fail("'{}': the probability is {} on day {}", model_.places[place].name, p, now_);
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
    numbers_.skip(
        place,
        {.held = Held::choice, .probability = 1, .chosen = static_cast<std::uint32_t>(last)});
    return last;
  }
  const double u = numbers_.next(place);
  double left = u * sum;
  double weight = 0;  // of the last one looked at
  double before = 0;  // of those before it
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = numbers_(weights[i], 0);
    if (w == 0) continue;
    last = i;
    before += weight;
    weight = w;
    if (left < w) break;
    left -= w;
  }
  if (telling()) {
    numbers_.tell(place, {.u = u,
                          .held = Held::choice,
                          .probability = weight / sum,
                          .from = before / sum,
                          .chosen = static_cast<std::uint32_t>(last)});
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

void Trial::shift(LevelId level, const Expr& amount) {
  if (amount.present()) assign(level, value(model_.levels[level].value) + numbers_(amount));
}

}  // namespace truce::model
