#pragma once

#include "analysis/turning_points.hpp"
#include "cli/report.hpp"
#include "model/model.hpp"
#include "results/turning_points.hpp"

namespace truce::cli {

/// Prints the turning points of a trial that has not failed, by day.
void print_why(const model::Model& model, const analysis::Watched& watched,
               const analysis::ExplainedTrial& told, Format format);

/// Prints which streams decide over many trials: as a text the first ones, or all.
void print_why(const results::TurningPoints& points, Format format, bool all);

/// What both say of how draws are replaced.
inline constexpr const char* how_draws_are_replaced =
    "Replaced is one draw at a time, with all else kept: a decision by each other outcome, a value "
    "by each other one of a few, or by 8 equidistant quantiles.";

}  // namespace truce::cli
