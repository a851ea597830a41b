#include "truce/analysis/given_data.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "bootstrap.hpp"

namespace truce::analysis {

namespace {

using Eigen::Index;

std::size_t classes_for(std::size_t n) {
  const auto size = static_cast<double>(n);
  const double exponent = 2 / (7 + std::tanh((1500 - size) / 500));
  return std::min<std::size_t>(48, static_cast<std::size_t>(std::ceil(std::pow(size, exponent))));
}

/// Adjusted share of the variance between classes of the rows, each of which may come several
/// times.
double between_classes(const std::vector<std::size_t>& class_of, const Eigen::VectorXd& f,
                       const std::vector<std::size_t>& rows, std::size_t classes) {
  std::vector<double> sum(classes, 0.0);
  std::vector<double> count(classes, 0.0);
  double all = 0;
  double squares = 0;
  for (const std::size_t row : rows) {
    const double y = f(static_cast<Index>(row));
    sum[class_of[row]] += y;
    count[class_of[row]] += 1;
    all += y;
    squares += y * y;
  }
  const auto n = static_cast<double>(rows.size());
  const double total = squares - all * all / n;
  if (!(total > 1e-300)) return Estimate{}.value;
  double between = -all * all / n;
  double filled = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    if (count[c] == 0) continue;
    between += sum[c] * sum[c] / count[c];
    ++filled;
  }
  return 1 - (1 - between / total) * (n - 1) / (n - filled);
}

}  // namespace

std::vector<Estimate> given_data_indices(const Eigen::MatrixXd& points, const Eigen::VectorXd& f) {
  constexpr std::size_t fewest = 20;
  constexpr std::size_t replicates = 200;
  const auto n = static_cast<std::size_t>(points.rows());
  if (f.size() != points.rows() || n < fewest) {
    throw std::invalid_argument("a first-order index from a sample needs 20 points or more");
  }
  const Eigen::VectorXd centred = f.array() - f.mean();
  const std::size_t classes = classes_for(n);
  std::vector<std::size_t> rows(n);
  std::vector<Estimate> result;
  for (Index d = 0; d < points.cols(); ++d) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {},
                             [&](std::size_t i) { return points(static_cast<Index>(i), d); });
    std::vector<std::size_t> class_of(n);
    for (std::size_t rank = 0; rank < n; ++rank) {
      // Equal values are of one class.
      const bool tied = rank > 0 && points(static_cast<Index>(order[rank]), d) ==
                                        points(static_cast<Index>(order[rank - 1]), d);
      class_of[order[rank]] = tied ? class_of[order[rank - 1]] : rank * classes / n;
    }
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    Estimate& index = result.emplace_back();
    index.value = between_classes(class_of, centred, rows, classes);
    std::vector<double> values;
    for (std::size_t r = 0; r < replicates; ++r) {
      Resampler(bootstrap_seed, r).rows(rows);
      values.push_back(between_classes(class_of, centred, rows, classes));
    }
    // Rows that come twice make classes look more alike than they are: the replicates are shifted
    // back by their bias.
    const double bias =
        std::accumulate(values.begin(), values.end(), 0.0) / replicates - index.value;
    for (double& value : values) value -= bias;
    index.interval = percentile_interval(std::move(values));
  }
  return result;
}

}  // namespace truce::analysis
