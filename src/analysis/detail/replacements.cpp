#include "analysis/detail/replacements.hpp"

#include "model/draw_outcomes.hpp"

namespace truce::analysis {

namespace {

constexpr std::size_t quantiles = 8;

void add_outcomes(MadeDraw& made, const std::vector<model::DrawOutcome>& outcomes) {
  // Ends belong to the outcome above them, as far as that has any part.
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].holds(made.u)) made.outcome = i;
  }
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (i == made.outcome || !(outcomes[i].probability() > 0)) continue;
    made.replacements.push_back(
        {.u = outcomes[i].inside(), .probability = outcomes[i].probability(), .outcome = i});
  }
}

void add_quantiles(MadeDraw& made) {
  for (std::size_t i = 0; i < quantiles; ++i) {
    constexpr auto count = static_cast<double>(quantiles);
    made.replacements.push_back(
        {.u = (static_cast<double>(i) + 0.5) / count, .probability = 1 / count});
  }
}

}  // namespace

MadeDraw with_replacements(const model::OfferedDraw& draw) {
  MadeDraw made{.address = draw.address,
                .time = draw.time,
                .use = draw.use,
                .u = draw.u,
                .probability = draw.probability};
  switch (draw.use) {
    case model::DrawUse::chance:
    case model::DrawUse::choice:
      add_outcomes(made, model::outcomes_of(draw, quantiles));
      break;
    case model::DrawUse::position:  // which is held against later probabilities, too
      add_quantiles(made);
      made.value = draw.u;
      for (Replacement& other : made.replacements) other.value = other.u;
      break;
    case model::DrawUse::value: {
      const auto outcomes = model::outcomes_of(draw, quantiles);
      if (outcomes.empty()) {
        add_quantiles(made);
      } else {
        add_outcomes(made, outcomes);
      }
      made.value = draw.value(draw.u);
      for (Replacement& other : made.replacements) other.value = draw.value(other.u);
      break;
    }
  }
  return made;
}

}  // namespace truce::analysis
