#pragma once

#include <vector>

#include "results/study_reader.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// How the trials of a point of a study went in time.
struct PointCourse {
  std::vector<Share> endings;              ///< in the order of the file
  std::vector<TimelineSummary> timelines;  ///< in the order of the schema; without counts
};

/// Of the point in that row. Throws ResultsError if the file is damaged.
PointCourse course_of(const StudyReader& study, std::size_t row);

}  // namespace truce::results
