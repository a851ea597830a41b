#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "results/study_writer.hpp"

namespace truce::results {

namespace {

/// What was read from tables, but for the list of points itself.
std::vector<Input> inputs_of(const StudySchema& schema) {
  std::vector<Input> result;
  const std::size_t rows = schema.points.size() / schema.variants.size();
  for (const Input& input : schema.common.inputs) {
    const auto at = std::ranges::find(schema.parameters, input.column);
    bool listed =
        schema.design == "list" && at != schema.parameters.end() && input.values.size() == rows;
    for (std::size_t row = 0; listed && row < rows; ++row) {
      const auto parameter = static_cast<std::size_t>(at - schema.parameters.begin());
      listed = schema.points[row].values[parameter] == input.values[row];
    }
    if (!listed) result.push_back(input);
  }
  return result;
}

/// The schema without what an extension may change: the study's text, its points and its variants.
StudySchema fixed_part(StudySchema schema) {
  schema.common.inputs = inputs_of(schema);
  schema.common.study_yaml.clear();
  schema.common.scenario_yaml.clear();
  schema.points.clear();
  schema.contained.clear();
  schema.variants.clear();
  schema.variant_yaml.clear();
  schema.against.clear();
  schema.compared.clear();
  schema.settings.erase("points");
  return schema;
}

/// What of two studies must be equal, and is not; empty where all is.
std::string conflict(const StudySchema& earlier, const StudySchema& now) {
  const StudySchema a = fixed_part(earlier);
  const StudySchema b = fixed_part(now);
  if (std::string what = difference(a, b); !what.empty()) return what;
  if (a.common.trials > b.common.trials) return "the number of trials, which must not be less,";
  if (a.precision != b.precision) return "the precision";
  const auto labels = [](const Schema& schema) {
    std::vector<std::pair<ColumnKind, std::vector<std::string>>> all;
    for (const Column& column : schema.columns) all.emplace_back(column.kind, column.labels);
    return all;
  };
  if (labels(a.common) != labels(b.common)) return "the outcomes' values";
  if (a.common.horizon != b.common.horizon) return "the horizon";
  for (std::size_t v = 0; v < earlier.variants.size(); ++v) {
    const auto at = std::ranges::find(now.variants, earlier.variants[v]);
    if (at == now.variants.end()) continue;  // its points are missed below
    if (now.variant_yaml[static_cast<std::size_t>(at - now.variants.begin())] !=
        earlier.variant_yaml[v]) {
      return fmt::format("the scenario of variant '{}'", earlier.variants[v]);
    }
  }
  return {};
}

/// Whether more trials than there are allowed for would not have made a point of so many go on. The
/// bound that holds at all looks together depends on how many looks there may be.
bool has_stopped(const StudySchema& earlier, std::uint64_t trials) {
  return earlier.precision && earlier.precision->excludes == 0 && trials < earlier.common.trials;
}

}  // namespace

std::vector<KeptPoint> kept_points(const StudyReader& file, const StudySchema& now) {
  const StudySchema& earlier = file.schema();
  if (!earlier.whole()) {
    throw std::invalid_argument("is a shard; join all of them first");
  }
  if (const std::string what = conflict(earlier, now); !what.empty()) {
    throw std::invalid_argument(fmt::format("cannot be extended to this study: {} differs", what));
  }
  std::multimap<std::pair<std::string, std::vector<double>>, std::uint32_t> there;
  for (std::uint32_t point = 0; point < now.points.size(); ++point) {
    const StudyPoint& at = now.points[point];
    there.emplace(std::pair(now.variants[at.variant], at.values), point);
  }
  std::vector<KeptPoint> kept;
  for (std::size_t row = 0; row < earlier.points.size(); ++row) {
    const StudyPoint& at = earlier.points[row];
    const auto found = there.find(std::pair(earlier.variants[at.variant], at.values));
    if (found == there.end()) continue;
    const std::uint64_t trials = file.trials(row);
    kept.push_back(
        {.point = found->second,
         .row = row,
         .trials = trials,
         .whole = earlier.common.trials == now.common.trials || has_stopped(earlier, trials)});
    there.erase(found);
  }
  if (kept.size() < earlier.points.size()) {
    throw std::invalid_argument(fmt::format(
        "cannot be extended to this study: {} of its {} points are not in it, and would be lost; "
        "designs of kind 'sobol', 'morris', 'grid', 'list' and 'one_at_a_time' keep their points "
        "as they grow, others draw all of them anew",
        earlier.points.size() - kept.size(), earlier.points.size()));
  }
  std::ranges::sort(kept, {}, &KeptPoint::point);
  return kept;
}

}  // namespace truce::results
