#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "results/bucket_histogram.hpp"
#include "results/integer_histogram.hpp"
#include "results/moments.hpp"
#include "results/summary.hpp"

namespace truce::results {

struct ColumnResult {
  OutcomeSummary summary;
  Distribution distribution;
};

/// Statistics of a column of whole numbers or yes/no, of trials that did not fail.
class WholeColumn {
 public:
  explicit WholeColumn(ColumnKind kind) : kind_(kind) {}

  void add(std::int32_t value) { histogram_.add(value); }
  [[nodiscard]] ColumnResult result() const;

 private:
  ColumnKind kind_;
  IntegerHistogram histogram_;
};

/// Statistics of a column of real numbers, of trials that did not fail.
class RealColumn {
 public:
  /// Hands all values that were added, and any NaN, piece by piece to a consumer.
  using Pass = std::function<void(const std::function<void(std::span<const double>)>&)>;

  /// NaN is missing.
  void add(double value) {
    if (value != value) {
      ++missing_;
      return;
    }
    moments_.add(value);
    histogram_.add(value);
  }
  /// Quantiles and bins need passes over the values, which are not kept here.
  [[nodiscard]] ColumnResult result(const Pass& pass) const;

 private:
  std::uint64_t missing_ = 0;
  Moments moments_;
  BucketHistogram histogram_;
};

}  // namespace truce::results
