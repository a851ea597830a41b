#pragma once

#include <cstddef>
#include <cstdint>

/// Limits and tolerances that more than one place holds to.
namespace truce::base {

inline constexpr double longest_horizon = 100'000;  ///< days; tables by day are kept in memory
inline constexpr double most_tranches = 100'000;    ///< of one entry of `due`
inline constexpr std::size_t most_labels = 120;     ///< of a category, whose codes are int8
inline constexpr std::size_t longest_expression = std::size_t{1} << 16U;  ///< characters
inline constexpr std::size_t most_points = 10'000'000;                    ///< of a study
inline constexpr std::uint64_t most_trials = std::uint64_t{1} << 40U;     ///< that may be asked for
inline constexpr std::uint64_t trial_numbers = std::uint64_t{1} << 48U;   ///< that streams have

/// Days: the error of times that are computed in two ways.
inline constexpr double slack_of_time = 1e-9;
/// By which a computed probability may lie below 0 or above 1.
inline constexpr double probability_tolerance = 1e-9;

}  // namespace truce::base
