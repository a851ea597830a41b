#include "analysis/study_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "analysis/detail/crossed_form.hpp"
#include "base/nearest.hpp"

namespace truce::analysis {

namespace {

using Eigen::Index;

/// Throws where the target cannot be read as numbers; gives the code of an ending.
double code_of(const results::StudyReader& study, const Target& target) {
  const auto& labels = study.outcome("ending").labels;
  if (target.is_ending) {
    const auto label = std::ranges::find(labels, target.outcome);
    if (label == labels.end()) {
      throw results::ResultsError(study.path(), "has no ending '" + target.outcome + "'; " +
                                                    base::name_hint(target.outcome, labels));
    }
    return static_cast<double>(label - labels.begin());
  }
  if (study.outcome(target.outcome).kind == results::ColumnKind::category) {
    throw std::invalid_argument(
        fmt::format("'{}' is a category, whose codes are no numbers; ask for the share of one "
                    "ending, as --ending {} (endings: {})",
                    target.outcome, labels.front(), fmt::join(labels, ", ")));
  }
  return 0;
}

/// The target in every trial of a point: NaN where it does not count.
struct TrialValues {
  std::vector<double> values;
  std::uint64_t failed = 0;
  std::uint64_t never = 0;
};

TrialValues trials_of(const results::StudyReader& study, std::size_t row, const Target& target,
                      double code) {
  const auto endings = study.column("ending", row);
  TrialValues result{target.is_ending ? endings : study.column(target.outcome, row)};
  for (std::size_t i = 0; i < endings.size(); ++i) {
    double& x = result.values[i];
    if (std::isnan(endings[i])) {
      ++result.failed;
    } else if (target.is_ending) {
      x = x == code ? 1 : 0;
    } else {
      if (std::isnan(x)) ++result.never;
      if (target.has_threshold) x = std::isnan(x) || x >= target.threshold ? 1 : 0;
    }
  }
  return result;
}

/// The same from what the file says of all trials of each point together.
class Summaries {
 public:
  Summaries(const results::StudyReader& study, const Target& target) : study_(study) {
    if (target.has_threshold) {
      throw results::ResultsError(
          study.path(),
          "does not keep the rows of all trials (--keep), and --threshold looks at each "
          "of them; ask for the mean of a yes/no outcome, or for an ending");
    }
    for (const auto& duration : study.summary("duration")) completed_.push_back(duration.count);
    if (target.is_ending) {
      means_ = study.ending(target.outcome);
      counts_ = completed_;
      return;
    }
    for (const auto& outcome : study.summary(target.outcome)) {
      means_.push_back(outcome.count > 0 ? outcome.mean : std::nan(""));
      counts_.push_back(outcome.count);
    }
  }

  void add(std::size_t row, StudyTable& table) const {
    const std::uint64_t trials = study_.trials(row);
    table.trials += trials;
    table.failed += trials - completed_[row];
    table.never += completed_[row] - counts_[row];
  }
  [[nodiscard]] double mean(std::size_t row) const { return means_[row]; }

 private:
  const results::StudyReader& study_;
  std::vector<double> means_;
  std::vector<std::uint64_t> counts_;     ///< of values
  std::vector<std::uint64_t> completed_;  ///< trials that did not fail: each has a duration
};

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
  // Equal values differ from their mean by rounding alone.
  if (squares < 1e-24 * mean * mean * n.sum()) squares = 0;
  // A batch without values says nothing beyond the point's mean.
  for (Index b = 0; b < count; ++b) batches(b) = n(b) > 0 ? batches(b) / n(b) : mean;
  return {mean, n.sum() > 1 ? squares / (n.sum() - 1) : 0};
}

}  // namespace

std::string Target::name() const {
  if (is_ending) return "ending " + outcome;
  return has_threshold ? fmt::format("{} >= {}", outcome, threshold) : outcome;
}

StudyTable study_table(const results::StudyReader& study, std::size_t variant, const Target& target,
                       Trials trials_as) {
  const results::StudySchema& schema = study.schema();
  if (!schema.whole()) {
    throw std::invalid_argument("this is a shard of a study; join all of them first");
  }
  const double code = code_of(study, target);
  StudyTable table;
  table.parameters = schema.parameters;
  constexpr std::uint64_t most_batches = 20;
  const auto batch_count =
      static_cast<Index>(std::clamp<std::uint64_t>(schema.common.trials, 2, most_batches));
  const auto most = static_cast<Index>(schema.contained.size());
  const auto width = static_cast<Index>(schema.parameters.size());
  table.values.resize(most, width);
  if (!schema.points.front().unit.empty()) table.unit.resize(most, width);
  table.target.resize(most);
  Eigen::MatrixXd& batches = table.batches;
  batches.resize(most, batch_count);
  Eigen::VectorXd within(most);
  std::optional<Summaries> summaries;
  if (trials_as == Trials::together && !study.keeps_all()) summaries.emplace(study, target);
  Index n = 0;
  std::size_t of_variant = 0;
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const results::StudyPoint& point = schema.points[schema.contained[row]];
    if (point.variant != variant) continue;
    Eigen::RowVectorXd of_batches(batch_count);
    PointMoments moments;
    if (summaries) {
      summaries->add(row, table);
      moments.mean = summaries->mean(row);
      of_batches.setConstant(moments.mean);
    } else {
      const TrialValues trials = trials_of(study, row, target, code);
      table.trials += trials.values.size();
      table.failed += trials.failed;
      table.never += trials.never;
      moments = moments_of(trials.values, of_batches);
    }
    if (std::isnan(moments.mean)) {
      table.left_out.push_back(of_variant++);
      continue;
    }
    ++of_variant;
    table.rows.push_back(row);
    for (Index j = 0; j < width; ++j) {
      table.values(n, j) = point.values[static_cast<std::size_t>(j)];
      if (table.unit.size() > 0) table.unit(n, j) = point.unit[static_cast<std::size_t>(j)];
    }
    table.target(n) = moments.mean;
    // So that their mean is that of the trials, however many each batch has.
    batches.row(n) = of_batches.array() + (moments.mean - of_batches.mean());
    within(n) = moments.variance;
    ++n;
  }
  // What no trial of any point has is more likely no outcome of this variant than a `first` that
  // never came.
  if (n == 0 || table.never + table.failed == table.trials) {
    throw std::invalid_argument(fmt::format("no trial of variant '{}' has a value of {}",
                                            schema.variants[variant], target.outcome));
  }
  table.values.conservativeResize(n, width);
  if (table.unit.size() > 0) table.unit.conservativeResize(n, width);
  table.target.conservativeResize(n);
  batches.conservativeResize(n, batch_count);
  if (n >= 2) table.variance = split_variance(batches, within.head(n));
  const bool several = schema.common.trials > 1 && !summaries;
  if (!several) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    table.variance = {unknown, unknown, unknown};
  }
  table.noise_known =
      (batch_count >= fewest_batches && !summaries) || (several && within.head(n).maxCoeff() == 0);
  table.varies = table.target.minCoeff() < table.target.maxCoeff() || within.head(n).maxCoeff() > 0;
  return table;
}

}  // namespace truce::analysis
