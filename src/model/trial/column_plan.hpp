#pragma once

#include <cstdint>
#include <vector>

namespace truce::model {

/// How the columns of a row are come by.
struct ColumnPlan {
  struct From {
    std::uint32_t column, index;
  };
  std::vector<From> registers, totals, integrals;
  std::vector<std::uint32_t> others;
  std::vector<std::uint32_t> whole;  ///< columns whose numbers are whole
};

}  // namespace truce::model
