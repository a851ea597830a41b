#include "forms.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace truce::scenario {

using model::Form;
using model::Op;

namespace {

/// Whether each instruction multiplies the result of the one before, and nothing else reads it.
/// Factors are exchanged where that makes it so.
bool make_chain(std::span<model::Instruction> code) {
  std::vector<model::Register> results;
  for (const model::Instruction& i : code) results.push_back(i.dst);
  std::ranges::sort(results);
  const auto is_computed = [&](model::Register r) {
    return std::ranges::binary_search(results, r);
  };
  for (std::size_t k = 0; k < code.size(); ++k) {
    model::Instruction& i = code[k];
    if (k > 0 && i.a != code[k - 1].dst) std::swap(i.a, i.b);
    if ((k > 0 && i.a != code[k - 1].dst) || is_computed(i.b) || is_computed(i.c)) return false;
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
