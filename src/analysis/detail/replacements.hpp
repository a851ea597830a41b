#pragma once

#include <cstddef>
#include <vector>

#include "model/draw_hook.hpp"

namespace truce::analysis {

/// What a draw is replaced by.
struct Replacement {
  double u = 0;
  double probability = 0;
  std::size_t outcome = 0;  ///< of a decision
  double value = 0;         ///< of a value
};

/// A draw that was made, with all by which it is to be replaced: nothing where it is certain.
struct MadeDraw {
  model::DrawAddress address;
  double time = 0;
  model::DrawUse use = model::DrawUse::value;
  double u = 0;
  double probability = 0;
  std::size_t outcome = 0;
  double value = 0;
  std::vector<Replacement> replacements;  ///< in the order of their u
};

/// Values may come several times, and may be what was drawn, such as two quantiles of one count.
MadeDraw with_replacements(const model::OfferedDraw& draw);

}  // namespace truce::analysis
