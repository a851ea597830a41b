#pragma once

#include <string>

#include "results/study_schema.hpp"

namespace truce::cli {

/// Throws std::invalid_argument for a shard.
void require_whole(const results::StudySchema& schema);

/// The values of a row's parameters, perhaps behind the name of its variant: "fast word=0.5".
std::string point_name(const results::StudySchema& schema, std::size_t row, bool with_variant);

}  // namespace truce::cli
