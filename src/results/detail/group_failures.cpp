#include "results/detail/group_failures.hpp"

#include <numeric>

#include "results/detail/file_rows.hpp"
#include "results/detail/flat_table.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

namespace {

/// Without `point`, which only studies have.
constexpr FlatColumn<Failure> failure_columns[] = {
    {"reason", &Failure::reason},
    {"count", &Failure::count},
    {"first_trial", &Failure::first_trial},
    {"message", &Failure::message},
};

}  // namespace

void write_failures(hid_t root, const std::vector<PointFailures>& points, PointAxis axis) {
  std::vector<std::int32_t> of_point;
  std::vector<Failure> failures;
  for (const PointFailures& point : points) {
    of_point.insert(of_point.end(), point.failures.size(), static_cast<std::int32_t>(point.point));
    failures.insert(failures.end(), point.failures.begin(), point.failures.end());
  }
  if (failures.empty()) return;
  netcdf::Group group(root, "failures");
  std::vector<std::int32_t> rows(failures.size());
  std::iota(rows.begin(), rows.end(), 0);
  group.coordinate<std::int32_t>("failure", rows);
  if (axis == PointAxis::present) group.variable<std::int32_t>("point", {"failure"}, of_point);
  for (const auto& column : failure_columns) {
    std::visit(
        [&]<class T>(T Failure::*member) {
          group.variable<StoredFlat<T>>(column.name, {"failure"}, moved_from(member, failures));
        },
        column.of);
  }
}

std::vector<PointFailures> read_failures(hid_t root) {
  std::vector<PointFailures> points;
  if (!hdf5::has_member(root, "failures")) return points;
  const hdf5::Handle group = hdf5::open_group(root, "failures");
  auto failures = read_flat<Failure>(group.id(), failure_columns);
  std::vector<std::int32_t> of_point(failures.size());
  if (hdf5::has_member(group.id(), "point")) {
    of_point = hdf5::read<std::int32_t>(group.id(), "point", {failures.size()});
  }
  for (std::size_t i = 0; i < failures.size(); ++i) {
    Failure& failure = failures[i];
    // As they are stored: with a sign.
    if (of_point[i] < 0 || static_cast<std::int64_t>(failure.count) < 1 ||
        static_cast<std::int64_t>(failure.first_trial) < 0) {
      throw hdf5::Error("/failures has a number out of range");
    }
    const auto point = static_cast<std::uint32_t>(of_point[i]);
    if (!points.empty() && point < points.back().point) {
      throw hdf5::Error("the points of /failures are out of order");
    }
    if (points.empty() || points.back().point != point) points.push_back({.point = point});
    points.back().failed += failure.count;
    points.back().failures.push_back(std::move(failure));
  }
  return points;
}

namespace file_rows {

FileGroup failures() {
  using enum StoredType;
  FileGroup group{.path = "/failures",
                  .variables = {coordinate("failure", int32),
                                {"point", {"failure"}, int32, {}, Files::studies}},
                  .when = "where trials failed",
                  .since = "1.1"};
  add_flat<Failure>(group, "failure", failure_columns);
  return group;
}

}  // namespace file_rows

}  // namespace truce::results
