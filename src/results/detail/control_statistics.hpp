#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "results/detail/bytes.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// A mean after what control variates explain of it has been taken out.
struct Controlled {
  double shift = 0;  ///< to be added to the plain mean
  double se = 0;
  double gain = 0;  ///< plain variance of the mean over this one
};

/// Control variates of a run: sums of products of outcomes and of streams' sums of draws, from
/// which follows what a regression on the latter, whose expectation is 0, takes out of the means.
/// Coefficients of the trials with even numbers serve those with odd ones and the other way about
/// (cross-fitting), so that means stay unbiased.
///
/// All that is summed is rounded to whole numbers first, so that sums are exact and do not depend
/// on how trials are divided. What is rounded are the inputs of the coefficients, of which any are
/// right; the control variates' own means are of 2^-32.
///
/// Source: S. Asmussen and P. W. Glynn, Stochastic Simulation (2007), V.2; cross-fitting: V.
/// Chernozhukov et al., Econometrics Journal 21 (2018).
class ControlStatistics {
 public:
  /// Of a schema with control variates: for the outcomes that are controlled, and the endings.
  explicit ControlStatistics(const Schema& schema);

  void add(const StoredBlock& block);
  void add(const ControlStatistics& other);
  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);

  /// By outcome, then by ending; NaN where an outcome is missing in a trial or does not vary, or
  /// there are few trials.
  [[nodiscard]] std::vector<Controlled> results() const;

 private:
  __extension__ typedef __int128 Whole;

  /// Sums over the trials of one half.
  struct Half {
    std::uint64_t trials = 0;
    std::vector<Whole> controls;  ///< [control] in units of 2^-32
    std::vector<Whole> products;  ///< [row][column]: 1 and controls, by these and the targets
    std::vector<Whole> squares;   ///< [target]
  };
  struct Target {
    std::size_t column = 0;
    int code = -1;  ///< of a category, the one that counts; -1: the value counts
    ControlPlan::Rounding rounding;
  };

  [[nodiscard]] std::size_t rows() const { return controls_ + 1; }
  [[nodiscard]] std::size_t width() const { return rows() + targets_.size(); }
  void add_some(const StoredBlock& block, const std::vector<std::size_t>& trials, Half& half);
  template <class Self, class Act>
  static void for_each_sum(Self& self, const Act& act);

  std::size_t controls_;
  std::vector<Target> targets_;
  std::vector<std::uint64_t> missing_;  ///< [target]
  std::array<Half, 2> halves_;
};

}  // namespace truce::results
