#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "results/block.hpp"
#include "results/controlled.hpp"
#include "results/moments.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// What is known of one outcome of a run while its trials come, as blocks or as finished parts: its
/// sums are those of the run's file, to the last bit, in whatever pieces they come.
class OutcomeSums {
 public:
  /// Of the column of this number, which is no category.
  OutcomeSums(std::size_t column, ColumnKind kind);
  OutcomeSums(OutcomeSums&&) noexcept;
  OutcomeSums& operator=(OutcomeSums&&) noexcept;
  ~OutcomeSums();

  /// Before the first trial: has control variates at work, where the schema has them for it.
  void use_controls(const Schema& schema);

  void add(const Block& block);
  /// Adds the trials of a part of the run with this schema. Throws ResultsError where it cannot be
  /// read.
  void add(const std::filesystem::path& part, const Schema& schema);

  [[nodiscard]] Moments moments() const;
  /// Trials without a value, other than those that failed.
  [[nodiscard]] std::uint64_t missing() const;
  /// What control variates make of the mean and its error; nothing where they are not at work, or
  /// a value is missing.
  [[nodiscard]] std::optional<ControlledMean> controlled() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::results
