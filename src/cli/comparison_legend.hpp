#pragma once

#include <string>
#include <vector>

#include "cli/comparison_report.hpp"

namespace truce::cli {

/// What the columns of the table of comparisons mean, those that it has.
std::string comparison_legend(const std::vector<NamedComparison>& entries,
                              const ReportOptions& options);

}  // namespace truce::cli
