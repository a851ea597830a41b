#pragma once

#include <cstddef>
#include <vector>

#include "model/draw_hook.hpp"

namespace truce::model {

/// One of the outcomes of a draw: it comes about for from < u < to.
struct DrawOutcome {
  double from = 0;
  double to = 0;
  [[nodiscard]] double probability() const { return to - from; }
  /// A number inside; for a conditional draw of the outcome, `at` is uniform on (0, 1).
  [[nodiscard]] double inside(double at = 0.5) const;
  [[nodiscard]] bool holds(double u) const { return from <= u && u < to; }
};

/// The outcomes of a draw, which divide (0, 1). Of a chance or a position: yes, then no. Of a
/// choice: its alternatives in their order, those without weight with from = to. Of a value of a
/// discrete family: its values in ascending order, if there are no more than `most`. Empty for all
/// other values.
std::vector<DrawOutcome> outcomes_of(const OfferedDraw& draw, std::size_t most);

}  // namespace truce::model
