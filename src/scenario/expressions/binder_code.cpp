// The register code of operations: what is known is folded, what depends on parameters alone is
// computed once, and sums and products are one operation.
#include <bit>
#include <cmath>

#include "model/operations.hpp"
#include "scenario/expressions/binder.hpp"

namespace truce::scenario {

using model::Op;

Binder::Operand Binder::emit(Op op, const std::vector<Operand>& operands, Type type, bool integer) {
  Operand result{.type = type, .integer = integer};
  std::array<double, 3> known{};
  bool all_known = true;
  bool all_fixed = true;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    all_known = all_known && operands[i].known.has_value();
    all_fixed = all_fixed && operands[i].fixed;
    known[i] = operands[i].known.value_or(0);
  }
  if (all_known) result.known = model::apply(op, known[0], known[1], known[2]);
  if (all_fixed) {
    Operand folded = fixed(*result.known, type);
    folded.integer = integer;
    return folded;
  }
  const auto reg = [&](std::size_t i) { return i < operands.size() ? operands[i].reg : 0; };
  const model::Instruction instruction{.op = op, .a = reg(0), .b = reg(1), .c = reg(2)};
  if (all_known && shares_) return shared(instruction, result);
  if (op == Op::add || op == Op::subtract || op == Op::multiply) {
    return linear(op, operands[0], operands[1], result);
  }
  result.reg = temporary();
  model_.program.code.push_back(instruction);
  model_.program.code.back().dst = result.reg;
  return result;
}

// One operation is easier to predict for the processor than three, and a product that is added to
// something takes no instruction of its own. x * 1 + y, y * -1 + x and x * y + -0 are exact.
Binder::Operand Binder::linear(Op op, const Operand& left, const Operand& right, Operand result) {
  auto& code = model_.program.code;
  const model::Register nothing = fixed(-0.0).reg;
  if (op == Op::add) {
    const auto is_product = [&](const Operand& x) {
      return !code.empty() && code.back().op == Op::multiply_add && code.back().dst == x.reg &&
             code.back().c == nothing;
    };
    if (is_product(right) || is_product(left)) {
      const bool last = is_product(right);
      code.back().c = last ? left.reg : right.reg;
      result.reg = code.back().dst;
      return result;
    }
  }
  model::Instruction instruction{.op = Op::multiply_add, .a = left.reg, .b = right.reg};
  if (op == Op::multiply) {
    instruction.c = nothing;
  } else if (op == Op::add) {
    const bool chained = !code.empty() && code.back().dst == right.reg;
    instruction.a = chained ? right.reg : left.reg;
    instruction.b = fixed(1).reg;
    instruction.c = chained ? left.reg : right.reg;
  } else {
    instruction.a = right.reg;
    instruction.b = fixed(-1).reg;
    instruction.c = left.reg;
  }
  result.reg = instruction.dst = temporary();
  code.push_back(instruction);
  return result;
}

Binder::Operand Binder::shared(const model::Instruction& instruction, Operand result) {
  const auto [at, added] =
      shared_.try_emplace({instruction.op, instruction.a, instruction.b, instruction.c});
  if (added) {
    model_.program.fixed.push_back(0);
    at->second = -static_cast<model::Register>(model_.program.fixed.size());
    model_.program.of_parameters.push_back(instruction);
    model_.program.of_parameters.back().dst = at->second;
  }
  result.reg = at->second;
  return result;
}

Binder::Operand Binder::fixed(double value, Type type) {
  const auto [at, added] = constants_.try_emplace(std::bit_cast<std::uint64_t>(value));
  if (added) {
    model_.program.fixed.push_back(value);
    at->second = -static_cast<model::Register>(model_.program.fixed.size());
  }
  return {.reg = at->second,
          .type = type,
          .integer = std::isfinite(value) && value == std::floor(value),
          .fixed = true,
          .known = value};
}

model::Register Binder::temporary() {
  if (temporaries_used_ == temporaries_.size()) {
    model_.program.fixed.push_back(0);
    temporaries_.push_back(-static_cast<model::Register>(model_.program.fixed.size()));
  }
  return temporaries_[temporaries_used_++];
}

}  // namespace truce::scenario
