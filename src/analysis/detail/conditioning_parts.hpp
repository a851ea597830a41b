#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/conditioning.hpp"

namespace truce::analysis {

/// Number of a fork that no other fork of the same trial has: of copy `copy`, from 1, made behind a
/// checkpoint.
inline std::uint64_t fork_number(std::size_t checkpoint, std::uint64_t copy) {
  return (static_cast<std::uint64_t>(checkpoint) + 1) << 32U | copy;
}

/// Draws from the prior that are kept.
inline constexpr std::uint64_t prior_draws = 4096;

/// What trials come to that are run one by one, in their order, until so many agree.
struct Rejected {
  std::vector<std::uint64_t> accepted;  ///< trials
  std::uint64_t started = 0;
  std::uint64_t failed = 0;
  std::vector<std::uint64_t> lost;         ///< [fact]: trials that it was the first to refute
  std::vector<std::vector<double>> prior;  ///< [parameter][trial], of the first ones
};

/// Up to the trial with which `wanted` agree, or all `at_most`.
Rejected reject(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                const ConditionSettings& settings, std::uint64_t wanted, std::uint64_t at_most);

Conditioning by_rejection(const std::vector<scenario::KnownFact>& facts,
                          const ConditionSettings& settings, Rejected found);
Conditioning by_smc(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                    const ConditionSettings& settings);

/// Of the facts that shares belong to: what is told, without their evidence.
std::vector<results::ConditionedFact> facts_told(const std::vector<scenario::KnownFact>& facts);
/// Fills evidence and effective number from the shares and rows.
void finish_told(Conditioning& conditioning);

unsigned threads_of(const ConditionSettings& settings);

/// Throws TooFewLeft, which says at which fact most were lost. `left` are how many there are.
[[noreturn]] void refuse_too_few(const std::vector<scenario::KnownFact>& facts,
                                 const std::vector<double>& shares, std::uint64_t started,
                                 double left, const std::string& advice);

}  // namespace truce::analysis
