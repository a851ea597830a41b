#pragma once

#include <string>

#include "analysis/best.hpp"
#include "cli/report.hpp"

namespace truce::cli {

/// How likely it is that each variant of a study (of one variant: each point) has the best mean of
/// an outcome, of a time that may never come that up to the horizon; printed. Throws ResultsError,
/// std::invalid_argument for what is no such outcome or a shard.
void print_best(const std::string& file, const std::string& outcome, analysis::Best best,
                Format format);

}  // namespace truce::cli
