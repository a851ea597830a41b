#include "study/controls.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "results/schema_check.hpp"
#include "study/detail/unit_runner.hpp"

namespace truce::study {

namespace {

constexpr std::uint64_t pilot_trials = 256;
constexpr std::size_t most_controls = 24;

using Eigen::Index;
using Eigen::VectorXd;

struct Standardised {
  VectorXd values;  ///< of trials that did not fail: mean 0, length 1, or all of them 0
  double mean = 0, sd = 0;
};

Standardised standardised(const std::vector<double>& values,
                          const std::vector<results::Status>& status) {
  std::vector<double> sound;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (status[i] == results::Status::completed) {
      sound.push_back(std::isfinite(values[i]) ? values[i] : 0);
    }
  }
  Standardised result{Eigen::Map<VectorXd>(sound.data(), static_cast<Index>(sound.size()))};
  if (sound.empty()) return result;
  result.mean = result.values.mean();
  result.values.array() -= result.mean;
  const double length = result.values.norm();
  result.sd = length / std::sqrt(static_cast<double>(sound.size()));
  if (length > 0) result.values /= length;
  return result;
}

/// So that a standard deviation is some thousand steps, and yes or no as many.
results::ControlPlan::Rounding rounding_of(const Standardised& outcome) {
  const double size = outcome.sd > 0 ? outcome.sd : std::max(1.0, std::fabs(outcome.mean));
  return {outcome.mean, std::ldexp(1.0, 11 - std::ilogb(size))};
}

/// So that all that a timeline was in the first trials is many thousand steps, with room for more.
results::ControlPlan::Rounding rounding_of(std::span<const results::TimelineSegment> segments,
                                           std::size_t timeline) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const results::TimelineSegment& segment : segments) {
    if (segment.timeline != timeline || !std::isfinite(segment.value)) continue;
    low = std::min(low, segment.value);
    high = std::max(high, segment.value);
  }
  if (!(low < high)) return {low == high ? low : 0, 1};
  return {low + (high - low) / 2, std::ldexp(1.0, 16 - std::ilogb(high - low))};
}

}  // namespace

void choose_controls(const model::Model& model, RunSettings& settings, results::Schema& schema,
                     const std::atomic<bool>& stop) {
  if (settings.trials < least_trials_for_controls) return;
  RunSettings pilot = settings;
  pilot.chronicle = 0;
  pilot.simulator.controls.clear();
  for (const model::StreamId id : model.streams.ids()) pilot.simulator.controls.push_back(id);
  const results::Block block =
      UnitRunner(model, pilot, stop).run({.first = 0, .count = pilot_trials}).block;
  if (block.status.size() < pilot_trials) return;  // interrupted, as the run will be
  std::vector<Standardised> outcomes;
  results::ControlPlan plan;
  for (std::size_t c = 0; c < schema.columns.size(); ++c) {
    if (!results::is_controlled(schema.columns[c])) continue;
    outcomes.push_back(standardised(block.columns[c], block.status));
    plan.rounding.push_back(rounding_of(outcomes.back()));
  }
  for (std::size_t t = 0; t < schema.timelines.size(); ++t) {
    plan.rounding.push_back(rounding_of(block.segments, t));
  }
  std::vector<double> explained;
  for (const auto& control : block.controls) {
    const VectorXd z = standardised(control, block.status).values;
    double sum = 0;
    for (const Standardised& outcome : outcomes) {
      const double r = outcome.values.dot(z);
      sum += r * r;
    }
    explained.push_back(sum);
  }
  std::vector<std::size_t> order(explained.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return explained[i]; });
  order.resize(std::min(order.size(), most_controls));
  std::erase_if(order, [&](std::size_t i) { return explained[i] == 0; });
  if (order.empty()) return;
  settings.simulator.controls.clear();
  for (const std::size_t i : order) {
    const model::StreamId id = pilot.simulator.controls[i];
    settings.simulator.controls.push_back(id);
    plan.streams.push_back(model.streams[id].name);
  }
  schema.controls = std::move(plan);
}

}  // namespace truce::study
