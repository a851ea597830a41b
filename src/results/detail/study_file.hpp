#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "results/detail/new_file.hpp"
#include "results/detail/study_layout.hpp"
#include "results/failures.hpp"
#include "results/point_results.hpp"
#include "results/run_writer.hpp"
#include "results/study_schema.hpp"

namespace truce::results {

/// A study's file while it is written, from results or from the rows of shards.
class StudyFile {
 public:
  StudyFile(const std::filesystem::path& path, const StudySchema& schema, OverwritePolicy policy);

  /// The next point; `failures` has its numbers of trials, too.
  void append(const std::vector<RowValues>& rows, PointFailures failures);
  /// The next point, with what it has counted where it is here in part.
  void append(const PointResults& point);
  void finish();

  /// Until it is finished.
  [[nodiscard]] const StudyLayout& layout() const { return layout_.value(); }

 private:
  StudySchema schema_;
  std::size_t points_ = 0;       ///< written
  std::uint64_t most_rows_ = 0;  ///< of a point
  std::uint64_t trials_ = 0;
  std::uint64_t failed_ = 0;
  std::vector<PointFailures> failures_;  ///< of points where trials failed
  NewFile file_;                         // outlives its members
  std::optional<StudyLayout> layout_;
};

}  // namespace truce::results
