#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <span>

#include "results/bucket_histogram.hpp"
#include "results/detail/bytes.hpp"
#include "results/detail/decimal_grid.hpp"
#include "results/detail/wide_moments.hpp"
#include "results/integer_histogram.hpp"
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
  void add(const WholeColumn& other);
  [[nodiscard]] Moments moments() const { return moments_of(histogram_.entries()); }
  [[nodiscard]] ColumnResult result() const;

  void write(ByteWriter& to) const;
  /// Into one that is empty.
  void read(ByteReader& from);

 private:
  ColumnKind kind_;
  IntegerHistogram histogram_;
};

/// Statistics of a column of real numbers, of trials that did not fail.
class RealColumn {
 public:
  /// Hands all values that were added, and any NaN, piece by piece to a consumer.
  using Pass = std::function<void(const std::function<void(std::span<const double>)>&)>;

  /// Whether the values will be there for a second look.
  explicit RealColumn(bool values_are_kept) : values_are_kept_(values_are_kept) {}

  /// NaN is missing.
  void add(double value) {
    if (value != value) {
      ++missing_;
      return;
    }
    value += 0.0;  // -0 would make the range depend on the order
    moments_.add(value);
    histogram_.add(value);
    if (!values_are_kept_ && std::isfinite(value)) grid_.add(value);
  }
  void add(const RealColumn& other);
  [[nodiscard]] Moments moments() const { return moments_.moments(); }
  [[nodiscard]] std::uint64_t missing() const { return missing_; }
  /// Quantiles need passes over the values, which are not kept here; where they are not kept
  /// anywhere, quantiles have an error.
  [[nodiscard]] ColumnResult result(const Pass& pass) const;

  void write(ByteWriter& to) const;
  /// Into one that is empty.
  void read(ByteReader& from);

 private:
  bool values_are_kept_;
  std::uint64_t missing_ = 0;
  WideMoments moments_;
  BucketHistogram histogram_;
  DecimalGrid grid_;  ///< of the finite values, where they are not kept
};

}  // namespace truce::results
