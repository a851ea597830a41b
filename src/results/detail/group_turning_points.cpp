#include "results/detail/group_turning_points.hpp"

#include <numeric>

#include "results/detail/file_rows.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

namespace {

/// A number of every stream, and the same of all of them.
struct Figure {
  const char* name;
  double (*of)(const StreamTurns&);
};

constexpr Figure figures[] = {
    {"draws", [](const StreamTurns& turns) { return turns.draws; }},
    {"turning_points", [](const StreamTurns& turns) { return turns.turning_points; }},
    {"changes", [](const StreamTurns& turns) { return turns.changes; }},
    {"changes_low", [](const StreamTurns& turns) { return turns.changes_ci.low; }},
    {"changes_high", [](const StreamTurns& turns) { return turns.changes_ci.high; }},
    {"share", [](const StreamTurns& turns) { return turns.share; }},
    {"share_low", [](const StreamTurns& turns) { return turns.share_ci.low; }},
    {"share_high", [](const StreamTurns& turns) { return turns.share_ci.high; }},
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
