#include "results/study_course.hpp"

#include <algorithm>

#include "results/detail/open_results.hpp"
#include "results/detail/study_reader_state.hpp"

namespace truce::results {

namespace {

/// What a variable holds at the point; Error where that is not so many numbers.
template <class T>
std::vector<T> row_of(const StudyReader::State& state, const std::string& name, std::size_t row,
                      std::size_t size) {
  std::vector<T> values = state.variable(name).read_row<T>(row);
  if (values.size() != size) throw hdf5::Error("'" + name + "' has an unexpected shape");
  return values;
}

std::vector<Share> endings_of(const StudyReader::State& state, std::size_t row, std::size_t days) {
  const hdf5::Handle group = hdf5::open_group(state.root.id(), "endings");
  const auto labels = hdf5::read<std::string>(group.id(), "ending");
  const std::size_t n = labels.size();
  const auto count = row_of<std::int64_t>(state, "endings/count", row, n);
  const auto probability = row_of<double>(state, "endings/probability", row, n);
  const auto low = row_of<double>(state, "endings/ci_low", row, n);
  const auto high = row_of<double>(state, "endings/ci_high", row, n);
  const auto incidence = row_of<double>(state, "endings/cumulative_incidence", row, n * days);
  std::vector<Share> shares(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (count[i] < 0) throw hdf5::Error("a number of 'count' is negative");
    const auto first = incidence.begin() + static_cast<std::ptrdiff_t>(i * days);
    shares[i] = {.label = labels[i],
                 .count = static_cast<std::uint64_t>(count[i]),
                 .probability = probability[i],
                 .ci = {low[i], high[i]},
                 .cumulative_incidence = {first, first + static_cast<std::ptrdiff_t>(days)}};
  }
  return shares;
}

TimelineSummary timeline_of(const StudyReader::State& state, const std::string& name,
                            std::size_t row, std::size_t days) {
  TimelineSummary timeline;
  const std::string path = "timelines/" + name;
  timeline.mean = row_of<double>(state, path + ".mean", row, days);
  timeline.sd = row_of<double>(state, path + ".sd", row, days);
  const auto values = row_of<double>(state, path + ".quantiles", row, days * quantile_count);
  timeline.quantiles.resize(days);
  for (std::size_t day = 0; day < days; ++day) {
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(day * quantile_count), quantile_count,
                timeline.quantiles[day].begin());
  }
  return timeline;
}

}  // namespace

PointCourse course_of(const StudyReader& study, std::size_t row) {
  const StudyReader::State& state = study.state();
  const std::size_t days = days_of(study.schema().common);
  return guarded(state.path, [&] {
    PointCourse course;
    course.endings = endings_of(state, row, days);
    for (const Timeline& timeline : study.schema().common.timelines) {
      course.timelines.push_back(timeline_of(state, timeline.name, row, days));
    }
    return course;
  });
}

}  // namespace truce::results
