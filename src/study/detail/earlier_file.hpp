#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "study/run_study.hpp"

namespace truce::study {

/// The file of a finished study that gets more points or trials. To be used by one thread at a
/// time.
class EarlierFile {
 public:
  /// Throws ResultsError where this study does not extend it.
  EarlierFile(const Plan& plan, const std::filesystem::path& path);

  /// The study's points that are not there with all their trials. Throws ResultsError where a row
  /// that stops together is there in part.
  [[nodiscard]] std::vector<std::uint32_t> points_to_run() const;
  /// The trials of a point that gets more; none where there are timelines, of which a study keeps
  /// no counts, or where trials keep no rows, so that all are needed once more.
  [[nodiscard]] EarlierTrials trials_of(std::uint32_t point) const;
  /// How many trials are there, and are needed once more.
  [[nodiscard]] std::uint64_t again() const;

 private:
  [[nodiscard]] const results::KeptPoint* find(std::uint32_t point) const;

  const Plan& plan_;
  results::StudyReader reader_;
  bool needs_all_;  ///< trials of a point that gets more: the file has not all that it needs
  std::vector<results::KeptPoint> kept_;  ///< ascending
  /// By point of that file, where trials failed.
  std::map<std::uint32_t, std::vector<results::Failure>> failures_;
};

}  // namespace truce::study
