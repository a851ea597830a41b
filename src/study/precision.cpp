#include "study/precision.hpp"

#include <cmath>
#include <limits>

#include "engine/normal.hpp"
#include "results/interval.hpp"
#include "results/schema_check.hpp"

namespace truce::study {

PrecisionRule::PrecisionRule(std::size_t column, double half_width, Values values,
                             double confidence)
    : column_(column),
      half_width_(half_width),
      values_(values),
      z_(confidence == 0.95 ? results::z_95 : engine::inverse_normal((1 + confidence) / 2)) {}

bool PrecisionRule::reliable() const {
  const std::uint64_t n = moments_.count();
  if (n < 2) return false;
  if (values_ == Values::yes_or_no) {
    const auto yes =
        static_cast<std::uint64_t>(std::llround(moments_.mean() * static_cast<double>(n)));
    return yes >= least_of_each && n - yes >= least_of_each;
  }
  return moments_.sd() > 0 && !results::too_few({static_cast<double>(n), moments_.mean(),
                                                 moments_.sd(), moments_.skewness()});
}

void PrecisionRule::use_controls(const results::Schema& schema) {
  if (schema.controls && results::is_controlled(schema.columns[column_])) {
    controlled_.emplace(schema, column_);
  }
}

results::Interval PrecisionRule::plain_interval() const {
  const auto n = static_cast<double>(moments_.count());
  if (values_ == Values::yes_or_no) {
    return results::wilson_interval_of(n > 0 ? std::round(moments_.mean() * n) : 0, n, z_);
  }
  return results::mean_interval({n, moments_.mean(), moments_.sd(), moments_.skewness()}, z_);
}

results::Estimate PrecisionRule::estimate() const {
  const results::Estimate plain{moments_.mean(), plain_interval()};
  if (!controlled_ || missing_ > 0 || !reliable()) return plain;
  const double se = moments_.sd() / std::sqrt(static_cast<double>(moments_.count()));
  return results::better_of(plain, controlled_->of(moments_.mean(), se), z_);
}

double PrecisionRule::half_width() const {
  if (!reliable()) return std::numeric_limits<double>::infinity();
  const results::Interval now = estimate().ci;
  return (now.high - now.low) / 2;
}

results::PrecisionReached PrecisionRule::reached() const {
  const results::Estimate now = estimate();
  return {moments_.count(), now.mean, now.ci, half_width() <= half_width_};
}

Verdict PrecisionRule::add(const results::Block& block) {
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    const double x = block.columns[column_][i];
    if (block.status[i] != results::Status::completed) continue;
    if (std::isnan(x)) {
      ++missing_;
    } else {
      moments_.add(x);
    }
  }
  if (controlled_) controlled_->add(block);
  const std::uint64_t seen = block.first + block.status.size();
  if (seen < next_look_ || seen % block_trials != 0) return Verdict::go_on;
  while (next_look_ <= seen) next_look_ += next_look_ / 4;
  return half_width() <= half_width_ ? Verdict::enough : Verdict::go_on;
}

}  // namespace truce::study
