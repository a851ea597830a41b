#include "results/detail/group_failures.hpp"

#include <numeric>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

void write_failures(hid_t root, const std::vector<PointFailures>& points, PointAxis axis) {
  std::vector<std::int32_t> of_point;
  std::vector<std::int64_t> counts;
  std::vector<std::int64_t> first_trials;
  std::vector<std::string> reasons;
  std::vector<std::string> messages;
  for (const PointFailures& point : points) {
    for (const Failure& failure : point.failures) {
      of_point.push_back(static_cast<std::int32_t>(point.point));
      counts.push_back(static_cast<std::int64_t>(failure.count));
      first_trials.push_back(static_cast<std::int64_t>(failure.first_trial));
      reasons.push_back(failure.reason);
      messages.push_back(failure.message);
    }
  }
  if (counts.empty()) return;
  netcdf::Group group(root, "failures");
  std::vector<std::int32_t> rows(counts.size());
  std::iota(rows.begin(), rows.end(), 0);
  group.coordinate<std::int32_t>("failure", rows);
  if (axis == PointAxis::present) group.variable<std::int32_t>("point", {"failure"}, of_point);
  group.variable<std::string>("reason", {"failure"}, reasons);
  group.variable<std::int64_t>("count", {"failure"}, counts);
  group.variable<std::int64_t>("first_trial", {"failure"}, first_trials);
  group.variable<std::string>("message", {"failure"}, messages);
}

std::vector<PointFailures> read_failures(hid_t root) {
  std::vector<PointFailures> points;
  if (!hdf5::has_member(root, "failures")) return points;
  const hdf5::Handle group = hdf5::open_group(root, "failures");
  const auto reasons = hdf5::read<std::string>(group.id(), "reason");
  const std::vector<hsize_t> shape = {reasons.size()};
  const auto counts = hdf5::read<std::int64_t>(group.id(), "count", shape);
  const auto first_trials = hdf5::read<std::int64_t>(group.id(), "first_trial", shape);
  const auto messages = hdf5::read<std::string>(group.id(), "message", shape);
  std::vector<std::int32_t> of_point(reasons.size());
  if (hdf5::has_member(group.id(), "point")) {
    of_point = hdf5::read<std::int32_t>(group.id(), "point", shape);
  }
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (of_point[i] < 0 || counts[i] < 1 || first_trials[i] < 0) {
      throw hdf5::Error("/failures has a number out of range");
    }
    const auto point = static_cast<std::uint32_t>(of_point[i]);
    if (!points.empty() && point < points.back().point) {
      throw hdf5::Error("the points of /failures are out of order");
    }
    if (points.empty() || points.back().point != point) points.push_back({.point = point});
    const auto count = static_cast<std::uint64_t>(counts[i]);
    points.back().failed += count;
    points.back().failures.push_back(
        {reasons[i], count, static_cast<std::uint64_t>(first_trials[i]), messages[i]});
  }
  return points;
}

}  // namespace truce::results
