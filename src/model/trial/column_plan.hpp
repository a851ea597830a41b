#pragma once

#include <cstdint>
#include <vector>

#include "model/model.hpp"

namespace truce::model {

/// Where each output column gets its value.
struct ColumnPlan {
  explicit ColumnPlan(const Model& model);

  struct FromRegister {
    std::uint32_t column;
    Register index;
  };
  struct FromMeasure {
    std::uint32_t column;
    MeasureId measure;
  };
  static constexpr double whole_limit = 2147483648;  ///< of columns of whole numbers, exclusive

  std::vector<FromRegister> registers;
  std::vector<FromMeasure> totals, integrals;
  std::vector<std::uint32_t> others;
  std::vector<std::uint32_t> at_ending;  ///< columns whose values are those of the ending
  /// By column, the bits of the largest absolute value that it may have: of a whole number of 32
  /// bits, or any.
  std::vector<std::uint64_t> most;
};

}  // namespace truce::model
