#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "results/detail/bytes.hpp"
#include "results/detail/control_regression.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// Control variates of a run: sums of products of outcomes and of streams' sums of draws, from
/// which follows what a regression on the latter takes out of the means (ControlRegression).
class ControlStatistics {
 public:
  /// Of a schema with control variates: for the outcomes that are controlled, and the endings.
  explicit ControlStatistics(const Schema& schema);
  /// For one outcome of them: blocks have it as their only column.
  ControlStatistics(const Schema& schema, std::size_t controlled_outcome);

  void add(const StoredBlock& block);
  void add(const ControlStatistics& other);
  /// Into one of a single outcome: adds those of this outcome of all.
  void add_outcome(const ControlStatistics& all, std::size_t controlled_outcome);
  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);

  [[nodiscard]] ControlRegression regression() const;
  /// By outcome, then by ending; of no use where an outcome is missing in a trial.
  [[nodiscard]] std::vector<Controlled> results(const ControlRegression& regression) const;

 private:
  /// Sums over the trials of one half.
  struct Half {
    std::uint64_t trials = 0, sampled = 0;
    std::vector<WholeSum> controls;  ///< [control], fine
    std::vector<WholeSum> products;  ///< [row][column]: 1 and controls, by these and the targets
    std::vector<WholeSum> squares;   ///< [target]
  };
  struct Target {
    std::size_t column = 0;
    int code = -1;  ///< of a category, the one that counts; -1: the value counts
    ControlPlan::Rounding rounding;
  };

  void make_room();
  [[nodiscard]] std::size_t rows() const { return controls_ + 1; }
  [[nodiscard]] std::size_t width() const { return rows() + targets_.size(); }
  void add_products(const StoredBlock& block, const std::vector<std::size_t>& trials, Half& half);

  std::size_t controls_;
  std::vector<Target> targets_;
  std::array<Half, 2> halves_;
};

}  // namespace truce::results
