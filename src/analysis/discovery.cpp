#include "truce/analysis/discovery.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace truce::analysis {

namespace {

using Eigen::Index;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Range {
  double low = -infinity;
  double high = infinity;
  [[nodiscard]] bool holds(double x) const { return x >= low && x <= high; }
};
using Ranges = std::vector<Range>;

class Peeler {
 public:
  Peeler(const Eigen::MatrixXd& points, const Eigen::VectorXd& share,
         const PeelingSettings& settings)
      : points_(points), share_(share), settings_(settings) {}

  Discovery run() {
    Discovery result;
    result.base_rate = share_.mean();
    Ranges ranges(static_cast<std::size_t>(points_.cols()));
    result.trajectory.push_back(box_of(ranges));
    double best = 0;
    while (peel(ranges)) {
      Ranges pasted = ranges;
      while (paste(pasted)) {
      }
      result.trajectory.push_back(box_of(pasted));
      const Box& box = result.trajectory.back();
      const double gain = box.mass * (box.density - result.base_rate);
      if (gain > best) {
        best = gain;
        result.chosen = result.trajectory.size() - 1;
      }
    }
    return result;
  }

 private:
  struct Content {
    std::size_t count = 0;
    double sum = 0;
    [[nodiscard]] double mean() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
  };

  [[nodiscard]] bool inside(Index row, const Ranges& ranges) const {
    for (Index d = 0; d < points_.cols(); ++d) {
      if (!ranges[static_cast<std::size_t>(d)].holds(points_(row, d))) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<Index> rows_in(const Ranges& ranges) const {
    std::vector<Index> rows;
    for (Index row = 0; row < points_.rows(); ++row) {
      if (inside(row, ranges)) rows.push_back(row);
    }
    return rows;
  }

  [[nodiscard]] Content content(const std::vector<Index>& rows) const {
    Content result{.count = rows.size()};
    for (const Index row : rows) result.sum += share_(row);
    return result;
  }

  [[nodiscard]] std::size_t least_count() const {
    return static_cast<std::size_t>(
        std::ceil(settings_.least_mass * static_cast<double>(points_.rows())));
  }

  /// Takes off the side whose removal raises the mean most; false when the box would be too small
  /// or cannot be improved.
  bool peel(Ranges& ranges) const {
    const std::vector<Index> rows = rows_in(ranges);
    const double before = content(rows).mean();
    double best = before;
    std::size_t most_left = 0;
    Ranges next;
    for (Index d = 0; d < points_.cols(); ++d) {
      std::vector<double> values;
      for (const Index row : rows) values.push_back(points_(row, d));
      std::ranges::sort(values);
      const auto off = std::max<std::size_t>(
          1, static_cast<std::size_t>(settings_.alpha * static_cast<double>(values.size())));
      if (off >= values.size()) continue;
      for (const bool lower : {true, false}) {
        Ranges candidate = ranges;
        Range& range = candidate[static_cast<std::size_t>(d)];
        // Half way to the next value, so that no point lies on a limit.
        const double border = lower ? values[off] : values[values.size() - 1 - off];
        const auto beyond = lower ? std::ranges::lower_bound(values, border)
                                  : std::ranges::upper_bound(values, border);
        if (lower ? beyond == values.begin() : beyond == values.end()) continue;
        const double limit = (*beyond + *(beyond - 1)) / 2;
        (lower ? range.low : range.high) = limit;
        Content left;
        for (const Index row : rows) {
          if (!range.holds(points_(row, d))) continue;
          ++left.count;
          left.sum += share_(row);
        }
        if (left.count < least_count() || left.count == 0) continue;
        const bool better = left.mean() > best + 1e-12;
        const bool as_good = left.mean() >= best - 1e-12 && left.count > most_left && !next.empty();
        if (!better && !as_good) continue;
        best = std::max(best, left.mean());
        most_left = left.count;
        next = std::move(candidate);
      }
    }
    if (next.empty()) return false;
    ranges = std::move(next);
    return true;
  }

  /// Widens a side by a little where that raises the mean.
  bool paste(Ranges& ranges) const {
    const std::vector<Index> rows = rows_in(ranges);
    const Content before = content(rows);
    const auto more = std::max<std::size_t>(
        1, static_cast<std::size_t>(settings_.alpha * static_cast<double>(rows.size())));
    for (std::size_t d = 0; d < ranges.size(); ++d) {
      Ranges open = ranges;
      open[d] = Range{};
      std::vector<std::pair<double, double>> below;
      std::vector<std::pair<double, double>> above;
      for (const Index row : rows_in(open)) {
        const double x = points_(row, static_cast<Index>(d));
        if (x < ranges[d].low) below.emplace_back(x, share_(row));
        if (x > ranges[d].high) above.emplace_back(x, share_(row));
      }
      std::ranges::sort(below, std::greater());
      std::ranges::sort(above);
      for (auto* side : {&below, &above}) {
        if (side->size() < more) continue;
        double sum = before.sum;
        for (std::size_t i = 0; i < more; ++i) sum += (*side)[i].second;
        const double mean = sum / static_cast<double>(before.count + more);
        if (mean <= before.mean() + 1e-12) continue;
        const double edge = (*side)[more - 1].first;
        (side == &below ? ranges[d].low : ranges[d].high) = edge;
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] Box box_of(const Ranges& ranges) const {
    const std::vector<Index> rows = rows_in(ranges);
    const Content in = content(rows);
    Box box;
    box.mass = static_cast<double>(in.count) / static_cast<double>(points_.rows());
    box.density = in.mean();
    box.coverage = share_.sum() > 0 ? in.sum / share_.sum() : 0;
    for (std::size_t d = 0; d < ranges.size(); ++d) {
      if (ranges[d].low == -infinity && ranges[d].high == infinity) continue;
      Ranges without = ranges;
      without[d] = Range{};
      const double rate = content(rows_in(without)).mean();
      box.limits.push_back(
          {static_cast<Index>(d), ranges[d].low, ranges[d].high, chance_of(in, rate)});
    }
    return box;
  }

  /// That so many points, each of interest at that rate, have as many cases of interest.
  static double chance_of(const Content& in, double rate) {
    if (rate >= 1 || rate <= 0) return 1;
    const boost::math::binomial binomial(static_cast<double>(in.count), rate);
    const double cases = std::floor(in.sum + 1e-9);
    return cases < 1 ? 1 : cdf(complement(binomial, cases - 1));
  }

  const Eigen::MatrixXd& points_;
  const Eigen::VectorXd& share_;
  const PeelingSettings& settings_;
};

}  // namespace

Discovery discover(const Eigen::MatrixXd& points, const Eigen::VectorXd& share,
                   const PeelingSettings& settings) {
  constexpr Index fewest = 20;
  if (points.rows() < fewest || points.cols() < 1 || share.size() != points.rows()) {
    throw std::invalid_argument("discovery needs 20 points or more");
  }
  if (!(share.minCoeff() >= 0) || !(share.maxCoeff() <= 1)) {
    throw std::invalid_argument("shares of interest lie between 0 and 1");
  }
  return Peeler(points, share, settings).run();
}

}  // namespace truce::analysis
