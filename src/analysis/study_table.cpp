#include "truce/analysis/study_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace truce::analysis {

namespace {

using Eigen::Index;

/// The target in every trial of a point: NaN where it does not count.
std::vector<double> trials_of(const results::StudyReader& study, std::size_t row,
                              const Target& target) {
  if (target.is_ending) {
    const auto& columns = study.schema().common.columns;
    const auto ending = std::ranges::find(columns, "ending", &results::Column::name);
    const auto label = std::ranges::find(ending->labels, target.outcome);
    if (label == ending->labels.end()) {
      throw results::ResultsError(study.path(), "has no ending '" + target.outcome + "'");
    }
    auto values = study.column("ending", row);
    const auto code = static_cast<double>(label - ending->labels.begin());
    for (double& x : values) x = std::isnan(x) ? x : static_cast<double>(x == code);
    return values;
  }
  auto values = study.column(target.outcome, row);
  if (target.has_threshold) {
    for (double& x : values) x = x >= target.threshold ? 1 : 0;
  }
  return values;
}

struct PointMoments {
  double mean = 0;
  double variance = 0;
};

/// Mean and variance of a point, and the means of its batches of trials.
PointMoments moments_of(const std::vector<double>& values, Eigen::Ref<Eigen::RowVectorXd> batches) {
  const Index count = batches.size();
  Eigen::RowVectorXd n = Eigen::RowVectorXd::Zero(count);
  batches.setZero();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    const auto batch = static_cast<Index>(i % static_cast<std::size_t>(count));
    batches(batch) += values[i];
    n(batch) += 1;
  }
  const double mean = batches.sum() / n.sum();
  double squares = 0;
  for (const double x : values) {
    if (!std::isnan(x)) squares += (x - mean) * (x - mean);
  }
  // A batch without values says nothing beyond the point's mean.
  for (Index b = 0; b < count; ++b) batches(b) = n(b) > 0 ? batches(b) / n(b) : mean;
  return {mean, squares / (n.sum() - 1)};
}

}  // namespace

std::string Target::name() const {
  if (is_ending) return "ending " + outcome;
  return has_threshold ? fmt::format("{} >= {}", outcome, threshold) : outcome;
}

StudyTable study_table(const results::StudyReader& study, std::size_t variant,
                       const Target& target) {
  constexpr Index batch_count = 10;
  const results::StudySchema& schema = study.schema();
  if (schema.contained.size() != schema.points.size()) {
    throw std::invalid_argument("this is a shard of a study; join all of them first");
  }
  StudyTable table;
  table.parameters = schema.parameters;
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    if (schema.points[schema.contained[row]].variant == variant) table.rows.push_back(row);
  }
  const auto n = static_cast<Index>(table.rows.size());
  const auto width = static_cast<Index>(schema.parameters.size());
  table.values.resize(n, width);
  if (!schema.points.front().unit.empty()) table.unit.resize(n, width);
  table.target.resize(n);
  Eigen::MatrixXd batches(n, batch_count);
  Eigen::VectorXd within(n);
  for (Index i = 0; i < n; ++i) {
    const std::size_t row = table.rows[static_cast<std::size_t>(i)];
    const results::StudyPoint& point = schema.points[schema.contained[row]];
    for (Index j = 0; j < width; ++j) {
      table.values(i, j) = point.values[static_cast<std::size_t>(j)];
      if (table.unit.size() > 0) table.unit(i, j) = point.unit[static_cast<std::size_t>(j)];
    }
    Eigen::RowVectorXd of_batches(batch_count);
    const PointMoments moments = moments_of(trials_of(study, row, target), of_batches);
    if (std::isnan(moments.mean)) {
      throw std::invalid_argument(fmt::format("no trial of point {} has a value of {}",
                                              schema.contained[row], target.name()));
    }
    table.target(i) = moments.mean;
    batches.row(i) = of_batches;
    within(i) = moments.variance;
  }
  if (n >= 2) table.variance = split_variance(batches, within);
  return table;
}

}  // namespace truce::analysis
