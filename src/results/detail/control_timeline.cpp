#include "results/detail/control_timeline.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "base/number.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

// So that sums of products over so many trials are below 2^53, and exact.
constexpr double most_of_value = 0x1p19;
constexpr std::size_t trials_together = 1024;

}  // namespace

ControlTimeline::ControlTimeline(const Schema& schema, std::size_t timeline)
    : timeline_(timeline),
      controls_(schema.controls->streams.size()),
      days_(days_of(schema)),
      rounding_(schema.controls->rounding.at(controlled_columns(schema) + timeline)),
      first_missing_(days_) {
  for (auto& sums : sums_) sums.resize(days_ * width());
  for (auto& recent : recent_) recent.resize(days_ * width());
}

bool ControlTimeline::fits(const Schema& schema) {
  constexpr std::size_t most_sums = std::size_t{1} << 20U;
  const std::size_t of_day = first_product + schema.controls->streams.size();
  return schema.timelines.size() * of_day <= most_sums / days_of(schema);
}

void ControlTimeline::add(const StoredBlock& block) {
  const std::span<const TimelineChange> all = block.timelines[timeline_];
  std::vector<double> controls(controls_);
  for (std::size_t next = 0; next < all.size();) {
    const std::uint32_t i = all[next].trial;
    std::size_t end = next + 1;
    while (end < all.size() && all[end].trial == i) ++end;
    if (is_sampled(block.first + i)) {
      for (std::size_t c = 0; c < controls_; ++c) {
        controls[c] = whole(block.controls[c][i] * control_steps, most_of_control);
      }
      add_trial(half_of(block.first + i), all.subspan(next, end - next), controls);
    }
    next = end;
  }
}

void ControlTimeline::add_trial(std::size_t half, std::span<const TimelineChange> changes,
                                std::span<const double> controls) {
  trials_ += changes.front().day == 0 ? 1 : 0;
  double before = 0;
  for (const TimelineChange& change : changes) {
    if (!std::isfinite(change.value)) {
      first_missing_ = std::min<std::uint64_t>(first_missing_, change.day);
      return;
    }
    const double now = whole((change.value - rounding_.centre) * rounding_.steps, most_of_value);
    double* const day = recent_[half].data() + change.day * width();
    day[value] += now - before;
    day[square] += now * now - before * before;
    using Row = Eigen::Map<Eigen::ArrayXd>;
    using ConstRow = Eigen::Map<const Eigen::ArrayXd>;
    const auto k = static_cast<Eigen::Index>(controls_);
    Row(day + first_product, k) += (now - before) * ConstRow(controls.data(), k);
    before = now;
  }
  if (++recent_trials_[half] == trials_together) collect(half);
}

void ControlTimeline::collect(std::size_t half) {
  for (std::size_t i = 0; i < recent_[half].size(); ++i) sums_[half][i] = sum(half, i);
  std::ranges::fill(recent_[half], 0);
  recent_trials_[half] = 0;
}

void ControlTimeline::add(const ControlTimeline& other) {
  trials_ += other.trials_;
  first_missing_ = std::min(first_missing_, other.first_missing_);
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t i = 0; i < sums_[half].size(); ++i) sums_[half][i] += other.sum(half, i);
  }
}

void ControlTimeline::write(ByteWriter& to) const {
  to.whole(trials_);
  to.whole(first_missing_);
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t i = 0; i < sums_[half].size(); ++i) {
      const WholeSum one = sum(half, i);
      write_wholes(to, {&one, 1});
    }
  }
}

void ControlTimeline::read(ByteReader& from) {
  trials_ = from.whole();
  first_missing_ = from.whole();
  for (auto& sums : sums_) read_wholes(from, sums);
}

std::vector<Controlled> ControlTimeline::results(const ControlRegression& regression) const {
  using base::not_a_number;
  std::vector<Controlled> results(days_, {not_a_number, not_a_number});
  if (trials_ != regression.sampled()) return results;
  ControlRegression::Halves target;
  for (TargetSums& half : target) half.products.resize(controls_);
  for (std::size_t day = 0; day < days_ && day < first_missing_; ++day) {
    for (std::size_t half = 0; half < 2; ++half) {
      const std::size_t change = day * width();
      target[half].sum += sum(half, change + value);
      target[half].square += sum(half, change + square);
      for (std::size_t c = 0; c < controls_; ++c) {
        target[half].products[c] += sum(half, change + first_product + c);
      }
    }
    results[day] = regression.of(target, rounding_.steps);
  }
  return results;
}

}  // namespace truce::results
