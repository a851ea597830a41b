#pragma once

#include <filesystem>
#include <map>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/study_layout.hpp"
#include "results/failures.hpp"
#include "results/study_reader.hpp"
#include "results/summary.hpp"

namespace truce::results {

class StudyReader::State {
 public:
  explicit State(const std::filesystem::path& path);

  /// What the variable at this path, as in StudyLayout, holds in a row; of `trials` values at most
  /// where it has the axis `trial`.
  [[nodiscard]] RowValues row(const std::string& name, std::size_t row, std::uint64_t trials) const;
  /// The variable at this path. It stays open, with a chunk in memory.
  [[nodiscard]] const hdf5::Dataset& variable(const std::string& name) const;
  /// Codes, -1 where a trial is absent.
  [[nodiscard]] std::vector<std::int8_t> status(std::size_t row) const;
  [[nodiscard]] std::uint64_t trials(std::size_t row) const;
  /// What /summary has of the point, where rows do not tell it.
  [[nodiscard]] std::uint64_t counted(const char* name, std::size_t row) const;
  /// With the point's number of trials, and zeros where none failed.
  [[nodiscard]] PointFailures failures(std::size_t row) const;
  std::filesystem::path path;
  hdf5::Handle file;
  hdf5::Handle root;
  StudySchema schema;
  std::uint64_t all_trials = 0;
  std::uint64_t all_failed = 0;
  std::vector<PointFailures> reasons;  ///< of points where trials failed, ascending

 private:
  mutable std::map<std::string, hdf5::Dataset> open_;
};

}  // namespace truce::results
