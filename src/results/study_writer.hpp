#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "results/point_results.hpp"
#include "results/run_writer.hpp"
#include "results/study_reader.hpp"
#include "results/study_schema.hpp"

namespace truce::results {

/// Writes the file of a study, or of a shard of one, as results/README.md describes it; hidden
/// until it is whole, like that of a run. To be used by one thread at a time.
class StudyWriter {
 public:
  /// Checks all that can be known before the first trial. Throws ResultsError.
  StudyWriter(const std::filesystem::path& path, const StudySchema& schema, OverwritePolicy policy);
  StudyWriter(StudyWriter&&) noexcept;
  StudyWriter& operator=(StudyWriter&&) noexcept;
  /// Removes what is not finished.
  ~StudyWriter();

  /// Adds the next of the points contained, which is finished. Throws ResultsError; then only the
  /// destructor may be called.
  void append(const PointResults& point);
  /// Closes the file and gives it its name; all points must have been added. Throws ResultsError.
  void finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// What keeps files with these schemas from being parts of one study, e.g. "the seed"; empty where
/// nothing does.
std::string difference(const StudySchema& a, const StudySchema& b);

/// Whether a joined file must hold all points of its study.
enum class RequireAllPoints : std::uint8_t { yes, no };

/// A point of a study that an earlier file has.
struct KeptPoint {
  std::uint32_t point = 0;
  std::size_t row = 0;       ///< of that file
  std::uint64_t trials = 0;  ///< that it has there
  bool whole = true;         ///< it gets no more of them
};

/// The points of an earlier file, ascending in the study that extends it: those of the same variant
/// and values. Throws std::invalid_argument, with the reason, where that study does not have all of
/// them, or fewer trials, or more than its points, variants and trials differs.
std::vector<KeptPoint> kept_points(const StudyReader& earlier, const StudySchema& now);

/// Joins an earlier file's whole points and parts with the rest of them into the file of a study
/// that extends it, which is byte-equal to that of the study at once, and may take the earlier
/// one's place. Throws ResultsError.
void extend_study(const std::filesystem::path& path, const StudySchema& schema,
                  const std::filesystem::path& earlier,
                  const std::vector<std::filesystem::path>& parts);

/// How many points of a study have their trials in one chunk of its file, given the most rows of
/// a point. Parts that begin at a multiple of it in the joined file, and have a multiple of it, are
/// joined without being compressed again.
std::size_t points_per_chunk(std::uint64_t rows);

/// Joins shards of one study into its file, which is byte-equal to that of the whole study. Throws
/// ResultsError where they are of different studies, overlap, or leave points out.
void join_studies(const std::filesystem::path& path,
                  const std::vector<std::filesystem::path>& shards, OverwritePolicy policy,
                  RequireAllPoints required = RequireAllPoints::yes);

}  // namespace truce::results
