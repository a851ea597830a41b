#include "truce/analysis/sobol.hpp"

#include <stdexcept>

#include "bootstrap.hpp"

namespace truce::analysis {

namespace {

using Eigen::ArrayXd;
using Eigen::Index;

struct Indices {
  double first;
  double total;
};

/// Sums over rows, of which each may come several times.
class RowSums {
 public:
  RowSums(const ArrayXd& a, const ArrayXd& b, const Eigen::ArrayXXd& ab) : a_(a), b_(b), ab_(ab) {}

  void add(Index row) {
    const double a = a_(row);
    const double b = b_(row);
    sum_ += a + b;
    squares_ += a * a + b * b;
    for (Index d = 0; d < ab_.cols(); ++d) {
      const double ab = ab_(row, d);
      first_(d) += b * (ab - a);
      total_(d) += (a - ab) * (a - ab);
    }
    ++rows_;
  }

  [[nodiscard]] double variance() const {
    const double n = 2 * static_cast<double>(rows_);
    return (squares_ - sum_ * sum_ / n) / (n - 1);
  }
  [[nodiscard]] Indices indices(Index d) const {
    const auto n = static_cast<double>(rows_);
    const double v = variance();
    if (!(v > 0)) return {Estimate{}.value, Estimate{}.value};
    return {first_(d) / n / v, total_(d) / (2 * n) / v};
  }

 private:
  const ArrayXd& a_;
  const ArrayXd& b_;
  const Eigen::ArrayXXd& ab_;
  double sum_ = 0;
  double squares_ = 0;
  ArrayXd first_ = ArrayXd::Zero(ab_.cols());
  ArrayXd total_ = ArrayXd::Zero(ab_.cols());
  Index rows_ = 0;
};

}  // namespace

SobolAnalysis sobol_analysis(const Eigen::VectorXd& f_a, const Eigen::VectorXd& f_b,
                             const Eigen::MatrixXd& f_ab) {
  const Index n = f_a.size();
  if (n < 2 || f_b.size() != n || f_ab.rows() != n) {
    throw std::invalid_argument("Sobol indices need samples A, B and AB of two rows or more each");
  }
  SobolAnalysis result;
  result.mean = (f_a.sum() + f_b.sum()) / (2 * static_cast<double>(n));
  const ArrayXd a = f_a.array() - result.mean;
  const ArrayXd b = f_b.array() - result.mean;
  const Eigen::ArrayXXd ab = f_ab.array() - result.mean;
  RowSums all(a, b, ab);
  for (Index row = 0; row < n; ++row) all.add(row);
  result.variance = all.variance();
  const auto width = static_cast<std::size_t>(f_ab.cols());
  std::vector<std::vector<double>> first(width);
  std::vector<std::vector<double>> total(width);
  for (std::size_t r = 0; r < bootstrap_replicates; ++r) {
    Resampler resampler(bootstrap_seed, r);
    RowSums sums(a, b, ab);
    for (Index i = 0; i < n; ++i) {
      sums.add(static_cast<Index>(resampler.below(static_cast<std::size_t>(n))));
    }
    for (std::size_t d = 0; d < width; ++d) {
      const Indices indices = sums.indices(static_cast<Index>(d));
      first[d].push_back(indices.first);
      total[d].push_back(indices.total);
    }
  }
  for (std::size_t d = 0; d < width; ++d) {
    const Indices indices = all.indices(static_cast<Index>(d));
    result.parameters.push_back({{indices.first, percentile_interval(first[d])},
                                 {indices.total, percentile_interval(total[d])}});
  }
  return result;
}

}  // namespace truce::analysis
