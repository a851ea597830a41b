#include "model/known_draws.hpp"

#include <cmath>
#include <limits>

namespace truce::model {

std::optional<DrawOutcome> KnownDraws::outcome_of(const OfferedDraw& draw, const Entry& entry) {
  constexpr std::size_t most_values = 10'000;
  const auto outcomes = outcomes_of(draw, most_values);
  const auto possible = [&](const DrawOutcome& outcome) { return outcome.probability() > 0; };
  if (entry.by_value && draw.use == DrawUse::value) {
    for (const DrawOutcome& outcome : outcomes) {
      if (possible(outcome) && draw.value(outcome.inside()) == entry.value) return outcome;
    }
    return std::nullopt;
  }
  if (entry.by_value || entry.outcome >= outcomes.size()) return std::nullopt;
  const DrawOutcome& outcome = outcomes[entry.outcome];
  return possible(outcome) ? std::optional(outcome) : std::nullopt;
}

double KnownDraws::on_draw(const OfferedDraw& draw) {
  const auto at = entries_.find(draw.address);
  if (at == entries_.end()) return draw.u;
  const Entry& entry = at->second;
  ++met_;
  if (!entry.known) return entry.u;
  const auto outcome = outcome_of(draw, entry);
  if (!outcome) {
    log_probability_ = -std::numeric_limits<double>::infinity();
    return draw.u;
  }
  log_probability_ += std::log(outcome->probability());
  return outcome->inside(draw.u);
}

}  // namespace truce::model
