#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "results/schema.hpp"

namespace truce::analysis {

/// A condition on the columns of results, such as `civilians_first.days >= 42 and ending !=
/// collapsed`, in the language's expressions: comparisons, `and`, `or`, `not`, arithmetic, abs,
/// min, max, floor, ceil and if. A yes/no is a condition by itself, or the number 0 or 1; a
/// category is compared with its labels.
class RowCondition {
 public:
  /// Throws std::invalid_argument, with the place and a suggestion, where the text is no condition,
  /// or names what is no column or label. `file` names the results in messages.
  RowCondition(const std::string& text, const std::vector<results::Column>& columns,
               const std::string& file);
  RowCondition(RowCondition&&) noexcept;
  RowCondition& operator=(RowCondition&&) noexcept;
  ~RowCondition();

  /// The columns that it reads, by their positions.
  [[nodiscard]] const std::vector<std::size_t>& reads() const { return reads_; }
  /// For which trials it holds; `column(i)` has the values of column i, NaN where missing. A trial
  /// without a value that matters does not satisfy it.
  [[nodiscard]] std::vector<bool> rows(
      const std::function<std::vector<double>(std::size_t)>& column) const;

  struct Term;

 private:
  std::unique_ptr<Term> term_;
  std::vector<std::size_t> reads_;
};

}  // namespace truce::analysis
