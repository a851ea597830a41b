#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/schema.hpp"
#include "results/summary.hpp"
#include "truce/run.hpp"

namespace truce::api {

/// The place of an outcome. Throws Error for a name that is none.
std::size_t column_index(const std::vector<results::Column>& columns, const std::string& outcome);
/// Throws Error for a column that is no category.
const std::vector<std::string>& labels_of(const results::Column& column);
/// Throws Error for a category, which has no mean.
void require_number(const results::Column& column);

/// The public form of a summary.
Estimate estimate_of(const results::OutcomeSummary& summary);

}  // namespace truce::api
