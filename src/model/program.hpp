#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/distributions.hpp"
#include "engine/random.hpp"
#include "model/ids.hpp"

namespace truce::model {

/// Register code. An operand is an index into one array of doubles: the variables of a trial stand
/// at 0 and up, constants and temporaries below 0, so that either side can grow while compiling.
enum class Op : std::uint8_t {
  copy,
  negate,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  minimum,
  maximum,
  absolute,
  exponential,
  logarithm,
  square_root,
  floor,
  ceil,
  round,
  clamp,
  logistic,
  select,        ///< dst = a ? b : c, all evaluated
  multiply_add,  ///< a * b + c, rounded twice: what sums, differences and products become
  // Those that compute nothing, and are the last (see computes).
  jump_unless,  ///< to instruction `dst` of the code unless a: guards branches that draw
  jump,         ///< to instruction `dst`
  sample,       ///< dst = a draw of distribution `a`
};

/// Whether it computes a value from operands; the others jump, or draw.
constexpr bool computes(Op op) {
  return op < Op::jump_unless;
}

using Register = std::int32_t;

struct Instruction {
  Op op = Op::copy;
  Register dst = 0;
  Register a = 0;
  Register b = 0;
  Register c = 0;
};

/// What a distribution's parameters depend on.
enum class Arguments : std::uint8_t { constants, parameters, state };

/// A distribution where it stands: family, parameter registers, the stream that draws.
struct Sampler {
  engine::Family family;
  bool is_table = false;  ///< draws from observations
  bool truncated = false;
  Arguments arguments = Arguments::state;
  StreamId stream;
  std::uint32_t table = 0;     ///< of an empirical distribution
  Range parameters;            ///< in Program::parameter_registers
  Register low = 0, high = 0;  ///< registers, of a truncated one
};

/// How an expression is evaluated.
enum class Form : std::uint8_t {
  plain,   ///< a constant or a variable: no code
  chain,   ///< Op::multiply_add alone, operand `a` of each the result of the one before, as in most
           ///< of what changes with the state: results are passed on without being stored
  sums,    ///< Op::multiply_add alone
  sample,  ///< one distribution
  general
};

/// A compiled expression.
struct Expr {
  std::uint32_t code = 0;    ///< where its instructions begin in Program::code
  std::uint16_t length = 0;  ///< how many these are
  Form form = Form::plain;
  Register result = none;
  static constexpr Register none = std::numeric_limits<Register>::min();
  [[nodiscard]] bool present() const { return result != none; }
};

struct Stream {
  std::string name;
  engine::StreamKey key{};
  std::vector<FormulaId> formulas;  ///< that stand in what its numbers are held against
};

/// A named expression, for the trace: where it is used its code stands in line.
struct Formula {
  std::string name;
  Expr value;
};

struct Program {
  std::vector<Instruction> code;
  /// What depends on parameters alone is computed once they are set, for all expressions.
  std::vector<Instruction> of_parameters;
  std::vector<Sampler> samplers;
  std::vector<Register> parameter_registers;
  std::vector<std::vector<double>> tables;  ///< sorted observations of `empirical`
  std::vector<double> fixed;  ///< register -1 - i: a constant, or 0 where it is a temporary
  std::size_t variables = 0;
};

/// The sampler of an expression that is a single distribution with constant arguments, as an index
/// into `samplers`; nothing for any other expression.
std::optional<std::uint32_t> constant_sampler(const Program& program, const Expr& expression);

}  // namespace truce::model
