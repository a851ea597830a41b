#pragma once

#include <vector>

#include "results/schema.hpp"

namespace truce::study {

/// One schema for the variants of a study: the first one's, with the columns and labels of all,
/// the timelines that all have, and the longest horizon. A column that some lack is real, so that
/// it can be missing there; so is one of several kinds. Its inputs are those of all.
results::Schema union_of(const std::vector<results::Schema>& schemas);

}  // namespace truce::study
