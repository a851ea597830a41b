#include "study/precision.hpp"

#include <cmath>
#include <limits>

#include "engine/normal.hpp"

namespace truce::study {

namespace {

std::uint64_t yes_of(const results::Moments& moments) {
  if (moments.count() == 0) return 0;
  return static_cast<std::uint64_t>(
      std::llround(moments.mean() * static_cast<double>(moments.count())));
}

}  // namespace

PrecisionRule::PrecisionRule(std::size_t column, double half_width, results::ColumnKind kind,
                             double confidence)
    : half_width_(half_width),
      kind_(kind),
      z_(confidence == 0.95 ? results::z_95 : engine::inverse_normal((1 + confidence) / 2)),
      sums_(column, kind) {}

void PrecisionRule::use_controls(const results::Schema& schema) {
  sums_.use_controls(schema);
}

bool PrecisionRule::reliable(const results::Moments& moments) const {
  const std::uint64_t n = moments.count();
  if (n < 2) return false;
  if (kind_ == results::ColumnKind::boolean) {
    const std::uint64_t yes = yes_of(moments);
    return yes >= least_of_each && n - yes >= least_of_each;
  }
  return moments.sd() > 0 && !results::too_few({static_cast<double>(n), moments.mean(),
                                                moments.sd(), moments.skewness()});
}

results::Estimate PrecisionRule::estimate(const results::Moments& moments) const {
  const auto n = static_cast<double>(moments.count());
  const results::Interval interval =
      kind_ == results::ColumnKind::boolean
          ? results::wilson_interval_of(static_cast<double>(yes_of(moments)), n, z_)
          : results::mean_interval({n, moments.mean(), moments.sd(), moments.skewness()}, z_);
  const results::Estimate plain{moments.mean(), interval};
  if (!reliable(moments)) return plain;
  const auto controlled = sums_.controlled();
  return controlled ? results::better_of(plain, *controlled, z_) : plain;
}

double PrecisionRule::half_width() const {
  const results::Moments moments = sums_.moments();
  if (!reliable(moments)) return std::numeric_limits<double>::infinity();
  const results::Interval now = estimate(moments).ci;
  return (now.high - now.low) / 2;
}

results::PrecisionReached PrecisionRule::reached() const {
  const results::Moments moments = sums_.moments();
  const results::Estimate now = estimate(moments);
  return {moments.count(), now.mean, now.ci, half_width() <= half_width_};
}

Verdict PrecisionRule::add(const results::Block& block) {
  sums_.add(block);
  return judge(block.first + block.status.size());
}

Verdict PrecisionRule::add(const results::RunPart& part) {
  sums_.add(part.path, part.schema);
  return judge(part.trials.end);
}

Verdict PrecisionRule::judge(std::uint64_t trials) {
  trials_ = trials;
  std::uint64_t last = 0;
  for (; looks_.next() <= trials; looks_.advance()) last = looks_.next();
  enough_ = last == trials && half_width() <= half_width_;
  return enough_ ? Verdict::enough : Verdict::go_on;
}

}  // namespace truce::study
