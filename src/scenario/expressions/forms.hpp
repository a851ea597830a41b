#pragma once

#include <span>

#include "model/program.hpp"

namespace truce::scenario {

/// How code whose value ends in `result` is to be evaluated. Factors are exchanged where that makes
/// a chain of it.
model::Form form_of(std::span<model::Instruction> code, model::Register result);

}  // namespace truce::scenario
