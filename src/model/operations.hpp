#pragma once

#include <algorithm>
#include <cmath>

#include "model/program.hpp"
#include "model/whole.hpp"

namespace truce::model {

/// The result of an operation that neither jumps nor draws. Truth is 1, falsehood 0; unused
/// operands are ignored. `floor`, `ceil` and `round` allow the tolerance of counting.
inline double apply(Op op, double a, double b, double c) {
  switch (op) {
    case Op::copy:
      return a;
    case Op::negate:
      return -a;
    case Op::logical_not:
      return a == 0;
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::power:
      return std::pow(a, b);
    case Op::less:
      return a < b;
    case Op::less_equal:
      return a <= b;
    case Op::greater:
      return a > b;
    case Op::greater_equal:
      return a >= b;
    case Op::equal:
      return a == b;
    case Op::not_equal:
      return a != b;
    case Op::logical_and:
      return (a != 0) & (b != 0);
    case Op::logical_or:
      return (a != 0) | (b != 0);
    case Op::minimum:
      return std::min(a, b);
    case Op::maximum:
      return std::max(a, b);
    case Op::absolute:
      return std::fabs(a);
    case Op::exponential:
      return std::exp(a);
    case Op::logarithm:
      return std::log(a);
    case Op::square_root:
      return std::sqrt(a);
    case Op::floor:
      return whole_down(a);
    case Op::ceil:
      return -whole_down(-a);
    case Op::round:
      return whole_nearest(a);
    case Op::clamp:
      return std::min(std::max(a, b), c);
    case Op::logistic:
      return 1 / (1 + std::exp(-a));
    case Op::select:
      return a != 0 ? b : c;
    case Op::multiply_add:
      return a * b + c;
    case Op::jump_unless:
    case Op::jump:
    case Op::sample:
      break;
  }
  return 0;
}

}  // namespace truce::model
