#include "scenario/expressions/forms.hpp"

#include <algorithm>
#include <utility>

namespace truce::scenario {

using model::Form;
using model::Op;

namespace {

/// Whether each instruction multiplies the result of the one before. Nothing else reads that result
/// then, as an expression computes its operands one by one. Factors are exchanged where that makes
/// it so.
bool make_chain(std::span<model::Instruction> code) {
  for (std::size_t k = 1; k < code.size(); ++k) {
    if (code[k].a != code[k - 1].dst) std::swap(code[k].a, code[k].b);
    if (code[k].a != code[k - 1].dst) return false;
  }
  return true;
}

}  // namespace

Form form_of(std::span<model::Instruction> code, model::Register result) {
  if (code.empty()) return Form::plain;
  const auto is_sum = [](const model::Instruction& i) { return i.op == Op::multiply_add; };
  const bool ends_here = code.back().dst == result;
  if (std::ranges::all_of(code, is_sum)) {
    return ends_here && make_chain(code) ? Form::chain : Form::sums;
  }
  return code.size() == 1 && code[0].op == Op::sample && ends_here ? Form::sample : Form::general;
}

}  // namespace truce::scenario
