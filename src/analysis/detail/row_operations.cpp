#include "analysis/detail/row_operations.hpp"

#include <algorithm>
#include <cmath>

#include "base/number.hpp"

namespace truce::analysis {

namespace {

constexpr double unknown = base::not_a_number;

double truth(bool holds) {
  return holds ? 1 : 0;
}

/// Kleene's logic of what is not known; comparisons with it are not known either.
constexpr RowOperation row_operations[] = {
    {"+", 2, false, false, [](double a, double b, double) { return a + b; }},
    {"-", 2, false, false, [](double a, double b, double) { return a - b; }},
    {"*", 2, false, false, [](double a, double b, double) { return a * b; }},
    {"/", 2, false, false, [](double a, double b, double) { return a / b; }},
    {"^", 2, false, false, [](double a, double b, double) { return std::pow(a, b); }},
    {"-", 1, false, false, [](double a, double, double) { return -a; }},
    {"<", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a < b); }},
    {"<=", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a <= b); }},
    {">", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a > b); }},
    {">=", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a >= b); }},
    {"==", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a == b); }},
    {"!=", 2, false, true,
     [](double a, double b, double) { return a != a || b != b ? unknown : truth(a != b); }},
    {"and", 2, true, true, [](double a, double b, double) { return a == 0 || b == 0 ? 0 : a * b; }},
    {"or", 2, true, true, [](double a, double b, double) { return a == 1 || b == 1 ? 1 : a + b; }},
    {"not", 1, true, true, [](double a, double, double) { return 1 - a; }},
    {"abs", 1, false, false, [](double a, double, double) { return std::abs(a); }},
    {"floor", 1, false, false, [](double a, double, double) { return std::floor(a); }},
    {"ceil", 1, false, false, [](double a, double, double) { return std::ceil(a); }},
    {"min", 2, false, false,
     [](double a, double b, double) { return a != a || b != b ? unknown : std::min(a, b); }},
    {"max", 2, false, false,
     [](double a, double b, double) { return a != a || b != b ? unknown : std::max(a, b); }},
};

}  // namespace

const RowOperation* row_operation(std::string_view name, std::size_t parts) {
  for (const RowOperation& each : row_operations) {
    if (each.name == name && each.parts == parts) return &each;
  }
  return nullptr;
}

bool is_row_operation(std::string_view name) {
  return std::ranges::find(row_operations, name, &RowOperation::name) != std::end(row_operations);
}

}  // namespace truce::analysis
