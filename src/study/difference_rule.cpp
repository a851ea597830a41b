#include "study/difference_rule.hpp"

#include <cmath>

#include "engine/normal.hpp"
#include "study/looks.hpp"

namespace truce::study {

DifferenceRule::DifferenceRule(const results::PrecisionGoal& goal, results::ColumnKind kind,
                               std::uint64_t at_most)
    : goal_(goal), kind_(kind), looks_(looks_until(at_most)), confidence_(goal.confidence) {
  if (goal.excludes > 0) {
    confidence_ = 1 - 2 * engine::normal_cdf(-bound_at_all(looks_, goal.confidence));
  }
}

void DifferenceRule::add(std::span<const double> a, std::span<const double> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isnan(a[i]) && !std::isnan(b[i])) pairs_.add(a[i], b[i]);
  }
}

bool DifferenceRule::enough(const results::Interval& ci) const {
  if (kind_ == results::ColumnKind::boolean) {
    if (pairs_.larger() + pairs_.smaller() < PrecisionRule::least_of_each) return false;
  } else {
    const results::SampleShape shape = pairs_.shape();
    if (!(shape.sd > 0) || results::too_few(shape)) return false;
  }
  if (goal_.half_width > 0 && (ci.high - ci.low) / 2 <= goal_.half_width) return true;
  const auto has = [&](double d) { return ci.low <= d && d <= ci.high; };
  return goal_.excludes > 0 && !has(goal_.excludes) && !has(-goal_.excludes);
}

results::PrecisionReached DifferenceRule::reached() const {
  const results::Interval ci = kind_ == results::ColumnKind::boolean ? pairs_.of_shares(confidence_)
                                                                     : pairs_.of_means(confidence_);
  return {pairs_.count(), pairs_.difference(), ci, enough(ci)};
}

}  // namespace truce::study
