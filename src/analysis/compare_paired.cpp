#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/detail/comparison_parts.hpp"

namespace truce::analysis {

namespace {

/// What a trial's pairs sum up to, over the points.
struct TrialSums {
  double pairs = 0;
  double a = 0;
  double b = 0;
  double gain = 0;  ///< of a over b, where a is larger
  double loss = 0;  ///< of b over a, where b is larger
  double larger = 0;
  double smaller = 0;
};

/// A mean over all pairs as one of independent numbers, one for each trial: its linearisation as a
/// ratio of sums (Cochran, Sampling Techniques, 1977, 9A.2).
std::vector<double> per_trial(const std::vector<TrialSums>& trials, double TrialSums::*sum) {
  double total = 0;
  double pairs = 0;
  for (const TrialSums& t : trials) {
    total += t.*sum;
    pairs += t.pairs;
  }
  const double mean = total / pairs;
  const double scale = static_cast<double>(trials.size()) / pairs;
  std::vector<double> values;
  values.reserve(trials.size());
  for (const TrialSums& t : trials) values.push_back(mean + (t.*sum - mean * t.pairs) * scale);
  return values;
}

/// Their moments; the mean is that of the sums, which are exact for whole numbers.
results::SampleShape shape_of_trials(const std::vector<TrialSums>& trials, double TrialSums::*sum) {
  results::SampleShape shape = shape_of(per_trial(trials, sum));
  double total = 0;
  double pairs = 0;
  for (const TrialSums& t : trials) {
    total += t.*sum;
    pairs += t.pairs;
  }
  shape.mean = total / pairs;
  return shape;
}

/// Independent pairs that say as much as these: at most all, at least one for each trial. `one` is
/// the variance of one pair, `mean` that of the mean.
double effective(double one, double mean, double trials, double pairs) {
  return mean > 0 ? std::clamp(one / mean, trials, pairs) : trials;
}

Estimate share_of(const std::vector<TrialSums>& trials, double TrialSums::*sum, double pairs) {
  const results::SampleShape shape = shape_of_trials(trials, sum);
  const double p = shape.mean;
  const double n = effective(p * (1 - p), shape.sd * shape.sd / shape.count, shape.count, pairs);
  return {p, results::wilson_interval_of(p * n, n)};
}

Difference difference_of(const std::vector<TrialSums>& trials, ValueKind kind, double pairs,
                         double range) {
  const auto gains = per_trial(trials, &TrialSums::gain);
  const auto losses = per_trial(trials, &TrialSums::loss);
  const results::SampleShape gain = shape_of_trials(trials, &TrialSums::gain);
  const results::SampleShape loss = shape_of_trials(trials, &TrialSums::loss);
  const double count = gain.count;
  double together = 0;
  double squares = 0;
  double sizes = 0;
  double ties = 0;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    together += (gains[i] - gain.mean) * (losses[i] - loss.mean) / (count - 1);
    const double d = std::abs(trials[i].gain - trials[i].loss) / trials[i].pairs;
    squares += d * d;
    sizes += d;
    ties += d == 0;
  }
  const double d = gain.mean - loss.mean;
  if (kind == ValueKind::yes_or_no) {
    const double of_mean = (gain.sd * gain.sd + loss.sd * loss.sd - 2 * together) / count;
    const double n = effective(gain.mean + loss.mean - d * d, of_mean, count, pairs);
    return paired_shares(gain.mean * n, loss.mean * n, n);
  }
  const double both = gain.sd * loss.sd;
  // What no trial has shown may be as large as what some have, and is as likely as trials tie.
  const double unseen = sizes > 0 ? squares / sizes * ties / count : range;
  return of_means({gain, loss, both > 0 ? together / both : 0, unseen, unseen}, count - 1);
}

/// Scores of McNemar's kind, of P(a > x) - P(b > x): the trials' sums over their root sum of
/// squares.
std::vector<double> scores_of(const PointValues& a, const PointValues& b,
                              const std::vector<double>& thresholds) {
  std::vector<double> scores;
  for (const double x : thresholds) {
    std::vector<int> of_trial;
    for (std::size_t p = 0; p < a.size(); ++p) {
      of_trial.resize(std::max(of_trial.size(), a[p].size()));
      for (std::size_t i = 0; i < a[p].size(); ++i) {
        if (std::isnan(a[p][i]) || std::isnan(b[p][i])) continue;
        of_trial[i] += static_cast<int>(a[p][i] > x) - static_cast<int>(b[p][i] > x);
      }
    }
    double sum = 0;
    double squares = 0;
    for (const int s : of_trial) {
      sum += s;
      squares += static_cast<double>(s) * s;
    }
    scores.push_back(squares > 0 ? sum / std::sqrt(squares) : 0);
  }
  return scores;
}

}  // namespace

Comparison compare_paired(const PointValues& a, const PointValues& b, ValueKind kind) {
  if (a.size() != b.size()) throw std::invalid_argument("pairs need the same points");
  Comparison result;
  std::vector<TrialSums> trials;
  std::vector<TrialValue> x;
  std::vector<TrialValue> y;
  for (std::size_t p = 0; p < a.size(); ++p) {
    if (a[p].size() != b[p].size()) throw std::invalid_argument("pairs need the same trials");
    trials.resize(std::max(trials.size(), a[p].size()));
    for (std::size_t i = 0; i < a[p].size(); ++i) {
      const double u = a[p][i];
      const double v = b[p][i];
      result.only_a += !std::isnan(u) && std::isnan(v);
      result.only_b += std::isnan(u) && !std::isnan(v);
      result.neither += std::isnan(u) && std::isnan(v);
      if (std::isnan(u) || std::isnan(v)) continue;
      TrialSums& trial = trials[i];
      ++trial.pairs;
      trial.a += u;
      trial.b += v;
      trial.gain += std::max(0.0, u - v);
      trial.loss += std::max(0.0, v - u);
      trial.larger += u > v;
      trial.smaller += u < v;
      x.push_back({u, static_cast<std::uint32_t>(i)});
      y.push_back({v, static_cast<std::uint32_t>(i)});
    }
  }
  const std::size_t all_trials = trials.size();
  std::erase_if(trials, [](const TrialSums& t) { return t.pairs == 0; });
  result.trials = trials.size();
  result.balanced = static_cast<double>(trials.size());
  result.count_a = result.count_b = x.size();
  if (x.empty()) return result;
  const auto pairs = static_cast<double>(x.size());
  const results::SampleShape of_a = shape_of_trials(trials, &TrialSums::a);
  const results::SampleShape of_b = shape_of_trials(trials, &TrialSums::b);
  result.mean_a = of_a.mean;
  result.mean_b = of_b.mean;
  result.larger = share_of(trials, &TrialSums::larger, pairs);
  result.smaller = share_of(trials, &TrialSums::smaller, pairs);
  set_quantiles(x, y, all_trials, all_trials, result);
  const double range =
      std::max(x.back().value, y.back().value) - std::min(x.front().value, y.front().value);
  result.varies = range > 0;
  if (trials.size() > 1 && std::isfinite(range)) {
    result.difference = difference_of(trials, kind, pairs, range);
    std::vector<double> d = per_trial(trials, &TrialSums::a);
    const auto of_y = per_trial(trials, &TrialSums::b);
    for (std::size_t i = 0; i < d.size(); ++i) d[i] -= of_y[i];
    const results::SampleShape shape = shape_of(d);
    if (shape.sd > 0) {
      result.variance_reduction = (of_a.sd * of_a.sd + of_b.sd * of_b.sd) / (shape.sd * shape.sd);
    }
    result.too_few = kind == ValueKind::numbers && results::too_few(shape);
  } else {
    result.difference = Difference(result.mean_a - result.mean_b, 1, {});
  }
  result.shift = shift_of(scores_of(a, b, thresholds_of(x, y)));
  if (kind == ValueKind::yes_or_no) result.quantiles.clear();
  return result;
}

}  // namespace truce::analysis
