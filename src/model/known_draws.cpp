#include "model/known_draws.hpp"

#include <cmath>
#include <limits>

#include "model/draw_outcomes.hpp"

namespace truce::model {

double KnownDraws::on_draw(const OfferedDraw& draw) {
  constexpr std::size_t most_values = 10'000;
  const auto at = entries_.find(draw.address);
  if (at == entries_.end()) return draw.u;
  const Entry& entry = at->second;
  ++met_;
  if (!entry.known) return entry.u;
  const auto outcomes = outcomes_of(draw, most_values);
  if (entry.outcome >= outcomes.size() || !(outcomes[entry.outcome].probability() > 0)) {
    log_probability_ = -std::numeric_limits<double>::infinity();
    return draw.u;
  }
  const DrawOutcome& outcome = outcomes[entry.outcome];
  log_probability_ += std::log(outcome.probability());
  return outcome.inside(draw.u);
}

}  // namespace truce::model
