#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "results/block.hpp"
#include "results/failures.hpp"
#include "results/precision.hpp"
#include "results/schema.hpp"
#include "results/trial_range.hpp"

namespace truce::results {

/// The trials of one point of a study and their statistics, in memory.
class PointResults {
 public:
  /// The schema is that common to all points of the study, and must outlive this. Of a point in
  /// part where `stretch` is given: then what its statistics have counted is kept beyond `finish`.
  explicit PointResults(const Schema& schema, std::optional<TrialRange> stretch = {});
  PointResults(PointResults&&) noexcept;
  PointResults& operator=(PointResults&&) noexcept;
  ~PointResults();

  /// The reasons of failures among trials whose blocks, from a file, have none; before others.
  void set_earlier_failures(std::vector<Failure> failures);
  /// Adds the next block of trials. Throws std::range_error if a value does not fit its column.
  void append(const Block& block);
  /// Adds the next trials of this point from the file of a part of its run, or of a shard of a
  /// study that has them, which must be sealed. Throws ResultsError.
  void join(const std::filesystem::path& part);
  /// Of a study that asks for precision, before it is written.
  void set_precision(const PrecisionReached& reached);
  /// Computes the statistics; then no more can be appended.
  void finish();

  [[nodiscard]] std::uint64_t trials() const;
  [[nodiscard]] std::uint64_t failed() const;

  struct Data;
  [[nodiscard]] const Data& data() const { return *data_; }

 private:
  std::unique_ptr<Data> data_;
};

}  // namespace truce::results
