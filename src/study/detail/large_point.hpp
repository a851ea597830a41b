#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/model.hpp"
#include "results/point_results.hpp"
#include "study/plan.hpp"
#include "study/run_file.hpp"
#include "study/share.hpp"

namespace truce::study {

/// A large point, or one that is shared: the run of its trials, or of some of them, whose parts lie
/// in a folder of their own.
class LargePoint {
 public:
  /// The first of the share's points, or its stretch. `folder` is that of the study's parts. Throws
  /// std::runtime_error as Plan::model_of does.
  LargePoint(const Plan& plan, const Share& share, unsigned threads,
             const std::filesystem::path& folder);
  LargePoint(const LargePoint&) = delete;
  LargePoint& operator=(const LargePoint&) = delete;

  [[nodiscard]] std::uint32_t number() const { return number_; }
  /// The run, which has the columns of the study.
  [[nodiscard]] const RunFile& run() const { return run_; }
  /// Makes the folder of its parts, and tells the trials that are not there yet. Throws
  /// ResultsError, also where a part is of another study.
  [[nodiscard]] std::vector<results::TrialRange> missing() const;
  /// What all parts come to, finished, to the last bit as if it had been run at once. Throws
  /// ResultsError.
  [[nodiscard]] results::PointResults joined() const;
  /// Removes the parts. Throws ResultsError where one is of another study: then they stay.
  void remove_parts() const;
  /// Removes the folders of parts that hold nothing any more.
  void remove_empty_folders() const;

 private:
  const Plan& plan_;
  std::uint32_t number_;
  model::Model model_;
  RunFile run_;
};

/// Removes empty folders of a point's parts in the end, also where that is an error.
class NoEmptyFolders {
 public:
  explicit NoEmptyFolders(const LargePoint& of) : of_(of) {}
  NoEmptyFolders(const NoEmptyFolders&) = delete;
  NoEmptyFolders& operator=(const NoEmptyFolders&) = delete;
  ~NoEmptyFolders() { of_.remove_empty_folders(); }

 private:
  const LargePoint& of_;
};

/// Throws ResultsError where trials of single points are kept, as of a share of one of them.
void require_no_points_in_part(const std::filesystem::path& folder);

/// Removes the parts of a large point, if there are any, and their folder.
void remove_parts_of_point(const std::filesystem::path& folder, std::uint32_t point);

}  // namespace truce::study
