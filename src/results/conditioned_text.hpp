#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "results/conditioned.hpp"
#include "results/summary_text.hpp"

namespace truce::results {

/// What a file of `truce condition` tells beside its summary, in lines that fit the layout's
/// columns: the facts with the shares that pass them, the evidence, what the rows are worth, and
/// the parameters that the facts have moved, or all.
std::string conditioned_text(const Conditioned& conditioned, const SummaryLayout& layout);
/// The same for machines.
nlohmann::ordered_json conditioned_json(const Conditioned& conditioned);

}  // namespace truce::results
