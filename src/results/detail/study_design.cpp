#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "results/detail/file_rows.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/study_layout.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

using hdf5::read_attribute;

constexpr const char* setting_prefix = "setting_";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

std::optional<std::string> problem_of(const StudySchema& schema) {
  if (auto problem = problem_of(schema.common)) return problem;
  if (auto problem = problem_of_names("a variant", schema.variants)) return problem;
  if (auto problem = problem_of_names("a parameter", schema.parameters)) return problem;
  if (schema.variant_yaml.size() != schema.variants.size()) {
    return "the scenarios of the variants are not all there";
  }
  return {};
}

void write_study_design(hid_t root, const StudySchema& schema) {
  netcdf::Group resolved(root, "provenance/variants");
  resolved.coordinate<std::string>("variant", schema.variants);
  resolved.variable<std::string>("scenario_yaml", {"variant"}, schema.variant_yaml);
  netcdf::Group group(root, "design");
  group.attribute<std::string>("kind", schema.design);
  group.attribute<std::int64_t>("points", static_cast<std::int64_t>(schema.points.size()));
  group.attribute<std::string>("variants", fmt::format("{}", fmt::join(schema.variants, "\n")));
  group.attribute<std::string>("against", schema.against);
  group.attribute<std::string>("compared", fmt::format("{}", fmt::join(schema.compared, "\n")));
  for (const auto& [name, value] : schema.settings) {
    group.attribute<double>(setting_prefix + name, value);
  }
  std::vector<std::int32_t> numbers(schema.contained.begin(), schema.contained.end());
  std::vector<std::string> variants;
  std::vector<double> values;
  std::vector<double> units;
  for (const std::uint32_t number : schema.contained) {
    const StudyPoint& point = schema.points[number];
    variants.push_back(schema.variants[point.variant]);
    values.insert(values.end(), point.values.begin(), point.values.end());
    units.insert(units.end(), point.unit.begin(), point.unit.end());
  }
  group.coordinate<std::int32_t>("point", numbers);
  group.coordinate<std::string>("parameter", schema.parameters);
  group.variable<std::string>("variant", {"point"}, variants);
  group.variable<double>("value", {"point", "parameter"}, values);
  if (!units.empty()) group.variable<double>("unit_value", {"point", "parameter"}, units);
}

namespace {

/// The attributes of /precision.
constexpr std::pair<const char*, std::string PrecisionGoal::*> goal_texts[] = {
    {"outcome", &PrecisionGoal::outcome}, {"a", &PrecisionGoal::a}, {"b", &PrecisionGoal::b}};
constexpr std::pair<const char*, double PrecisionGoal::*> goal_numbers[] = {
    {"half_width", &PrecisionGoal::half_width},
    {"excludes", &PrecisionGoal::excludes},
    {"confidence", &PrecisionGoal::confidence}};

PrecisionGoal read_precision_goal(hid_t root) {
  const hdf5::Handle group = hdf5::open_group(root, "precision");
  PrecisionGoal goal;
  for (const auto& [name, of] : goal_texts) {
    goal.*of = read_attribute<std::string>(group.id(), name);
  }
  for (const auto& [name, of] : goal_numbers) goal.*of = read_attribute<double>(group.id(), name);
  return goal;
}

}  // namespace

void write_precision_goal(const netcdf::Group& group, const PrecisionGoal& goal) {
  for (const auto& [name, of] : goal_texts) group.attribute<std::string>(name, goal.*of);
  for (const auto& [name, of] : goal_numbers) group.attribute<double>(name, goal.*of);
}

file_rows::Attributes file_rows::precision_goal() {
  Attributes attributes;
  for (const auto& [name, of] : goal_texts) attributes.push_back({name});
  for (const auto& [name, of] : goal_numbers) attributes.push_back({name, StoredType::float64});
  return attributes;
}

void read_study_design(hid_t root, StudySchema& schema) {
  if (hdf5::has_member(root, "precision")) schema.precision = read_precision_goal(root);
  const hdf5::Handle group = hdf5::open_group(root, "design");
  schema.design = read_attribute<std::string>(group.id(), "kind");
  if (hdf5::has_member(root, "provenance/variants")) {
    const hdf5::Handle resolved = hdf5::open_group(root, "provenance/variants");
    schema.variants = hdf5::read<std::string>(resolved.id(), "variant");
    schema.variant_yaml =
        hdf5::read<std::string>(resolved.id(), "scenario_yaml", {schema.variants.size()});
  } else {  // 1.0
    schema.variants = lines_of(read_attribute<std::string>(group.id(), "variants"));
  }
  schema.against = read_attribute<std::string>(group.id(), "against");
  schema.compared = lines_of(read_attribute<std::string>(group.id(), "compared"));
  const auto total = read_attribute<std::int64_t>(group.id(), "points");
  constexpr std::int64_t most_points = 100'000'000;
  if (total < 1 || total > most_points) throw hdf5::Error("the number of points is out of range");
  for (const std::string& name : hdf5::attributes(group.id())) {
    if (!name.starts_with(setting_prefix)) continue;
    schema.settings.emplace(name.substr(std::string_view(setting_prefix).size()),
                            read_attribute<double>(group.id(), name));
  }
  schema.parameters = hdf5::read<std::string>(group.id(), "parameter");
  const auto numbers = hdf5::read<std::int32_t>(group.id(), "point");
  const hsize_t n = numbers.size();
  const hsize_t width = schema.parameters.size();
  const auto variants = hdf5::read<std::string>(group.id(), "variant", {n});
  const auto values = hdf5::read<double>(group.id(), "value", {n, width});
  std::vector<double> units;
  if (hdf5::has_member(group.id(), "unit_value")) {
    units = hdf5::read<double>(group.id(), "unit_value", {n, width});
  }
  schema.points.resize(static_cast<std::size_t>(total));
  for (std::size_t i = 0; i < n; ++i) {
    const bool ascending = i == 0 || numbers[i] > numbers[i - 1];
    if (numbers[i] < 0 || numbers[i] >= total || !ascending) {
      throw hdf5::Error("the points are out of order");
    }
    const auto variant = std::ranges::find(schema.variants, variants[i]);
    if (variant == schema.variants.end()) {
      throw hdf5::Error(fmt::format("the variant '{}' is unknown", variants[i]));
    }
    StudyPoint& point = schema.points[static_cast<std::size_t>(numbers[i])];
    schema.contained.push_back(static_cast<std::uint32_t>(numbers[i]));
    point.variant = static_cast<std::size_t>(variant - schema.variants.begin());
    const auto row = [&](const std::vector<double>& from, std::vector<double>& to) {
      if (from.empty()) return;
      const auto first = from.begin() + static_cast<std::ptrdiff_t>(i * width);
      to.assign(first, first + static_cast<std::ptrdiff_t>(width));
    };
    row(values, point.values);
    row(units, point.unit);
  }
}

}  // namespace truce::results
