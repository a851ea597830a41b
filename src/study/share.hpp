#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "results/trial_range.hpp"
#include "study/plan.hpp"

namespace truce::study {

/// A share of a study: whole points, or where there are more shares than points trials of one.
struct Share {
  std::vector<std::uint32_t> points;                ///< ascending
  std::optional<results::TrialRange> stretch = {};  ///< of the only point; none: all trials of all
};

/// Whether the points of a study have so many trials that each is run as a run is: in parts of its
/// trials, of which those that are finished are kept, and which ranks can share. Not where points
/// stop by themselves, which only one process at a time can find.
bool has_large_points(const Plan& plan);

/// The whole study.
Share all_of(const Plan& plan);

/// The most shares of which each has something: one a trial, or, as the trials of a point that
/// stops by itself are only found as they are run, one a point, or one a row where rows stop
/// together.
std::uint64_t most_shares(const Plan& plan);

/// Share k of n (k from 1), of at most `most_shares`: an equal number of consecutive points, or
/// where rows stop together of consecutive rows. Where there are fewer of them than shares, each
/// point is divided among n / points shares, rounded up for some, by trials_of_shard.
Share share_of(const Plan& plan, std::uint32_t k, std::uint32_t n);

/// The study's schema for a file of that share.
results::StudySchema schema_for(const Plan& plan, const Share& share);

}  // namespace truce::study
