#pragma once

#include <array>
#include <string_view>

#include "model/program.hpp"
#include "scenario/expressions/symbols.hpp"

namespace truce::scenario {

/// A function of the language, and what it does to whole numbers.
struct Function {
  std::string_view name;
  model::Op op;
  std::size_t least;
  std::size_t most;
  bool keeps_integers;  ///< integer arguments give an integer
  bool makes_integers;
};

inline constexpr std::size_t any_number = 1000;

inline constexpr std::array<Function, 11> functions = {{
    {"min", model::Op::minimum, 2, any_number, true, false},
    {"max", model::Op::maximum, 2, any_number, true, false},
    {"abs", model::Op::absolute, 1, 1, true, false},
    {"exp", model::Op::exponential, 1, 1, false, false},
    {"log", model::Op::logarithm, 1, 1, false, false},
    {"sqrt", model::Op::square_root, 1, 1, false, false},
    {"floor", model::Op::floor, 1, 1, true, true},
    {"ceil", model::Op::ceil, 1, 1, true, true},
    {"round", model::Op::round, 1, 1, true, true},
    {"clamp", model::Op::clamp, 3, 3, true, false},
    {"logistic", model::Op::logistic, 1, 1, false, false},
}};

/// A binary or unary operator.
struct Operator {
  std::string_view text;
  model::Op op;
  Type takes;
  Type gives;
  bool keeps_integers;
};

inline constexpr std::array<Operator, 13> operators = {{
    {"+", model::Op::add, Type::number, Type::number, true},
    {"-", model::Op::subtract, Type::number, Type::number, true},
    {"*", model::Op::multiply, Type::number, Type::number, true},
    {"/", model::Op::divide, Type::number, Type::number, false},
    {"^", model::Op::power, Type::number, Type::number, false},
    {"<", model::Op::less, Type::number, Type::boolean, false},
    {"<=", model::Op::less_equal, Type::number, Type::boolean, false},
    {">", model::Op::greater, Type::number, Type::boolean, false},
    {">=", model::Op::greater_equal, Type::number, Type::boolean, false},
    {"==", model::Op::equal, Type::number, Type::boolean, false},
    {"!=", model::Op::not_equal, Type::number, Type::boolean, false},
    {"and", model::Op::logical_and, Type::boolean, Type::boolean, false},
    {"or", model::Op::logical_or, Type::boolean, Type::boolean, false},
}};

}  // namespace truce::scenario
