#include "truce/study/precision.hpp"

#include <cmath>
#include <limits>

#include "truce/engine/normal.hpp"
#include "truce/results/interval.hpp"

namespace truce::study {

PrecisionRule::PrecisionRule(std::size_t column, double half_width, Values values,
                             double confidence)
    : column_(column),
      half_width_(half_width),
      values_(values),
      z_(confidence == 0.95 ? results::z_95 : engine::inverse_normal((1 + confidence) / 2)) {}

double PrecisionRule::half_width() const {
  constexpr double none = std::numeric_limits<double>::infinity();
  const std::uint64_t n = moments_.count();
  if (n < 2) return none;
  if (values_ == Values::yes_or_no) {
    const auto yes =
        static_cast<std::uint64_t>(std::llround(moments_.mean() * static_cast<double>(n)));
    if (yes < least_of_each || n - yes < least_of_each) return none;
    const results::Interval interval = results::wilson_interval(yes, n, z_);
    return (interval.high - interval.low) / 2;
  }
  const results::SampleShape sample{static_cast<double>(n), moments_.mean(), moments_.sd(),
                                    moments_.skewness()};
  if (!(sample.sd > 0) || results::too_few(sample)) return none;
  const results::Interval interval = results::mean_interval(sample, z_);
  return (interval.high - interval.low) / 2;
}

Verdict PrecisionRule::add(const results::Block& block) {
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    const double x = block.columns[column_][i];
    if (block.status[i] == results::Status::completed && !std::isnan(x)) moments_.add(x);
  }
  const std::uint64_t seen = block.first + block.status.size();
  if (seen < next_look_) return Verdict::go_on;
  while (next_look_ <= seen) next_look_ += next_look_ / 4;
  return half_width() <= half_width_ ? Verdict::enough : Verdict::go_on;
}

}  // namespace truce::study
