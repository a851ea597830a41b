#pragma once

#include <cstddef>
#include <string_view>

namespace truce::analysis {

/// Of up to three values; NaN is one that is not known.
using RowFunction = double (*)(double, double, double);

/// An operator or function of a condition on rows.
struct RowOperation {
  std::string_view name;
  std::size_t parts;
  bool of_conditions;
  bool condition;  ///< what it makes
  RowFunction function;
};

/// The one of that name with so many parts, or nullptr.
const RowOperation* row_operation(std::string_view name, std::size_t parts);
/// Whether there is one of that name.
bool is_row_operation(std::string_view name);

}  // namespace truce::analysis
