#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "results/study_reader.hpp"
#include "study/plan.hpp"

namespace truce::study {

/// Consecutive points that are written, and kept, together.
struct Part {
  std::vector<std::uint32_t> points;
  std::filesystem::path file;
};

/// Where the part with these points is, which follow one another.
std::filesystem::path file_of_part(const std::filesystem::path& folder,
                                   const std::vector<std::uint32_t>& points);

/// The points of an output that are to be run, cut into parts from the first to the last.
class Cutter {
 public:
  /// `all` are those of the output, in the order of its rows.
  Cutter(const Plan& plan, std::vector<std::uint32_t> all, std::vector<std::uint32_t> missing,
         std::filesystem::path folder);

  /// The points in the order in which parts take them.
  [[nodiscard]] std::vector<std::uint32_t> in_order() const;
  [[nodiscard]] std::size_t left() const { return missing_.size() - taken_; }
  /// Points whose trials make a chunk of the file.
  [[nodiscard]] std::size_t chunk() const { return chunk_; }

  /// The next part, of about so many points: it ends where a chunk of the file does, if it can, so
  /// that it is joined by copying this.
  Part next(std::size_t about);

 private:
  [[nodiscard]] std::size_t row_of(std::uint32_t point) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(all_, point) - all_.begin());
  }

  std::vector<std::uint32_t> all_;
  std::vector<std::uint32_t> missing_;
  std::filesystem::path folder_;
  std::size_t chunk_;
  std::vector<Part> rows_;  ///< where those of a row stay together
  std::size_t row_ = 0;
  std::size_t taken_ = 0;
};

/// What earlier attempts have left in the folder; of a point that is in several parts the first.
/// Throws ResultsError where one is of another study, or of other points than `wanted`.
std::vector<Part> finished_parts(const Plan& plan, const std::vector<std::uint32_t>& wanted,
                                 const std::filesystem::path& folder);

/// Those of `wanted` that are in no part.
std::vector<std::uint32_t> missing_in(const std::vector<Part>& parts,
                                      const std::vector<std::uint32_t>& wanted);

}  // namespace truce::study
