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
  std::vector<FromRegister> registers;
  std::vector<FromMeasure> totals, integrals;
  std::vector<std::uint32_t> others;
  std::vector<std::uint32_t> at_ending;  ///< columns whose values are those of the ending
  std::vector<std::uint32_t> whole;      ///< columns whose numbers are whole
};

}  // namespace truce::model
