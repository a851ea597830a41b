#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/engine/distributions.hpp"
#include "truce/engine/random.hpp"
#include "truce/model/ids.hpp"

namespace truce::model {

/// Register code. All operands are indices into one array of doubles that holds, in this order, the
/// variables of a trial, the constants, and the temporaries.
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
  select,       ///< dst = a ? b : c, all evaluated
  jump_unless,  ///< to instruction `dst` of the code unless a: guards branches that draw
  jump,         ///< to instruction `dst`
  sample,       ///< dst = a draw of distribution `a`
  empirical,    ///< dst = a draw of the table `a` (truncated with its bounds in registers b, c)
};

struct Instruction {
  Op op = Op::copy;
  std::uint32_t dst = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

/// A distribution where it stands: family, parameter registers, the place that draws.
struct Sampler {
  engine::Family family = engine::Family::uniform;
  bool truncated = false;
  PlaceId place;
  std::uint32_t table = 0;          ///< of an empirical distribution
  Range parameters;                 ///< in Program::parameter_registers
  std::uint32_t low = 0, high = 0;  ///< registers, of a truncated one
};

/// A compiled expression; a plain constant or variable has no instructions.
struct Expr {
  Range code;
  std::uint32_t result = none;
  bool reads_clock = false;
  bool draws = false;
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  [[nodiscard]] bool present() const { return result != none; }
};

struct Place {
  std::string name;
  engine::PlaceKey key{};
};

struct Program {
  std::vector<Instruction> code;
  std::vector<Sampler> samplers;
  std::vector<std::uint32_t> parameter_registers;
  std::vector<std::vector<double>> tables;  ///< sorted observations of `empirical`
  std::vector<double> constants;
  std::uint32_t variables = 0;
  std::uint32_t temporaries = 0;
  [[nodiscard]] std::size_t registers() const { return variables + constants.size() + temporaries; }
};

}  // namespace truce::model
