#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/model.hpp"
#include "results/point_results.hpp"
#include "study/plan.hpp"
#include "study/run_file.hpp"

namespace truce::study {

/// Whether the points of a study have so many trials that each is run as a run is: in parts of its
/// trials, of which those that are finished are kept, and which ranks can share. Not where points
/// stop by themselves, which only one process at a time can find.
bool has_large_points(const Plan& plan);

/// A large point: the run of its trials, whose parts lie in a folder of their own.
class LargePoint {
 public:
  /// `folder` is that of the study's parts. Throws std::runtime_error as Plan::model_of does.
  LargePoint(const Plan& plan, std::uint32_t point, unsigned threads,
             const std::filesystem::path& folder);
  LargePoint(const LargePoint&) = delete;
  LargePoint& operator=(const LargePoint&) = delete;

  /// The run, which has the columns of the study.
  [[nodiscard]] const RunFile& run() const { return run_; }
  /// Makes the folder of its parts, and tells the trials that are not there yet. Throws
  /// ResultsError, also where a part is of another study.
  [[nodiscard]] std::vector<results::TrialRange> missing() const;
  /// What all parts come to, to the last bit as if it had been run at once. Throws ResultsError.
  [[nodiscard]] results::PointResults joined() const;

 private:
  const Plan& plan_;
  model::Model model_;
  RunFile run_;
};

/// Removes the parts of a large point, if there are any, and their folder.
void remove_parts_of_point(const std::filesystem::path& folder, std::uint32_t point);

}  // namespace truce::study
