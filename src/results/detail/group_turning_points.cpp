#include "results/detail/group_turning_points.hpp"

#include <numeric>

#include "results/detail/file_rows.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

namespace {

/// A number of every stream, and the same of all of them.
struct Figure {
  const char* name;
  double& (*in)(StreamTurns&);
  [[nodiscard]] double of(StreamTurns turns) const { return in(turns); }
};

constexpr Figure figures[] = {
    {"draws", [](StreamTurns& turns) -> double& { return turns.draws; }},
    {"turning_points", [](StreamTurns& turns) -> double& { return turns.turning_points; }},
    {"changes", [](StreamTurns& turns) -> double& { return turns.changes; }},
    {"changes_low", [](StreamTurns& turns) -> double& { return turns.changes_ci.low; }},
    {"changes_high", [](StreamTurns& turns) -> double& { return turns.changes_ci.high; }},
    {"share", [](StreamTurns& turns) -> double& { return turns.share; }},
    {"share_low", [](StreamTurns& turns) -> double& { return turns.share_ci.low; }},
    {"share_high", [](StreamTurns& turns) -> double& { return turns.share_ci.high; }},
};

}  // namespace

void write_turning_points(hid_t root, const TurningPoints& points) {
  netcdf::Group group(root, "turning_points");
  group.attribute("outcome", points.outcome);
  group.attribute("by", points.by);
  group.attribute("trials", static_cast<std::int64_t>(points.trials));
  group.attribute("trials_failed", static_cast<std::int64_t>(points.failed));
  for (const Figure& figure : figures) {
    group.attribute(std::string("all_") + figure.name, figure.of(points.all));
  }
  group.coordinate<std::string>("stream", points.streams);
  group.coordinate<std::string>("result", points.results);
  std::vector<std::int64_t> trials(points.points.size());
  std::iota(trials.begin(), trials.end(), 0);
  group.coordinate<std::int64_t>("trial", trials);
  for (const Figure& figure : figures) {
    std::vector<double> values;
    for (const StreamTurns& turns : points.by_stream) values.push_back(figure.of(turns));
    group.variable<double>(figure.name, {"stream"}, values);
  }
  std::vector<double> to;
  for (const StreamTurns& turns : points.by_stream)
    to.insert(to.end(), turns.to.begin(), turns.to.end());
  group.variable<double>("changes_to", {"stream", "result"}, to);
  group.variable<std::int32_t>("trial_turning_points", {"trial"}, points.points);
  group.variable<double>("trial_changes", {"trial"}, points.changes);
}

std::optional<TurningPoints> read_turning_points(hid_t root) {
  if (!hdf5::has_member(root, "turning_points")) return std::nullopt;
  const auto group = hdf5::open_group(root, "turning_points");
  TurningPoints points;
  points.outcome = hdf5::read_attribute<std::string>(group.id(), "outcome");
  points.by = hdf5::read_attribute<double>(group.id(), "by");
  points.trials =
      static_cast<std::uint64_t>(hdf5::read_attribute<std::int64_t>(group.id(), "trials"));
  points.failed =
      static_cast<std::uint64_t>(hdf5::read_attribute<std::int64_t>(group.id(), "trials_failed"));
  points.streams = hdf5::read<std::string>(group.id(), "stream");
  points.results = hdf5::read<std::string>(group.id(), "result");
  points.by_stream.resize(points.streams.size());
  for (const Figure& figure : figures) {
    const auto values = hdf5::read<double>(group.id(), figure.name, {points.streams.size()});
    for (std::size_t i = 0; i < values.size(); ++i) {
      figure.in(points.by_stream[i]) = values[i];
    }
    figure.in(points.all) =
        hdf5::read_attribute<double>(group.id(), std::string("all_") + figure.name);
  }
  return points;
}

namespace file_rows {

FileGroup turning_points() {
  using enum StoredType;
  FileGroup group{
      .path = "/turning_points",
      .variables = {coordinate("stream", text), coordinate("result", text),
                    coordinate("trial", int64)},
      .attributes = {{"outcome"}, {"by", float64}, {"trials", int64}, {"trials_failed", int64}},
      .files = Files::runs,
      .when = "of `truce why`",
      .since = "1.2"};
  for (const Figure& figure : figures) {
    group.variables.push_back({figure.name, {"stream"}, float64});
    group.attributes.push_back({std::string("all_") + figure.name, float64});
  }
  group.variables.push_back({"changes_to", {"stream", "result"}, float64});
  group.variables.push_back({"trial_turning_points", {"trial"}, int32});
  group.variables.push_back({"trial_changes", {"trial"}, float64});
  return group;
}

}  // namespace file_rows

}  // namespace truce::results
