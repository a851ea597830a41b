#include "scenario/expressions/formulas.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truce::scenario {

namespace {

constexpr std::size_t most_operations = 65'535;
constexpr std::size_t greatest_height = 1'000;

}  // namespace

Formulas::Formulas(const Scenario& scenario, Diagnostics& diagnostics) {
  for (const Formula& formula : scenario.formulas) {
    states_[formula.name.text].formula = &formula;
    names_.push_back(formula.name.text);
  }
  for (const Formula& formula : scenario.formulas) {
    State& state = states_.at(formula.name.text);
    if (state.walk == State::Walk::before) judge(state, diagnostics);
  }
}

const Formulas::Entry* Formulas::find(const std::string& name) const {
  const auto at = states_.find(name);
  return at == states_.end() ? nullptr : &at->second;
}

void Formulas::judge(State& state, Diagnostics& diagnostics) {
  state.walk = State::Walk::within;
  path_.push_back(state.formula->name.text);
  state.extent = extent_of(state.formula->value, diagnostics);
  path_.pop_back();
  state.walk = State::Walk::after;
  if (state.extent.sound &&
      (state.extent.size > most_operations || state.extent.height > greatest_height)) {
    diagnostics.error(state.formula->value.position,
                      fmt::format("the formula {} is too long", shown(state.formula->name.text)),
                      state.extent.size > most_operations
                          ? "with the formulas in it, it has more than 65,535 operations"
                          : "with the formulas in it, it is nested deeper than 1,000 levels");
    state.extent.sound = false;
  }
  state.sound = state.extent.sound;
}

Formulas::Extent Formulas::extent_of_name(const Expression& e, Diagnostics& diagnostics) {
  const auto at = states_.find(e.text);
  if (at == states_.end()) return {1, 1, true};
  State& state = at->second;
  if (state.walk == State::Walk::within) {
    const auto first = std::ranges::find(path_, e.text);
    diagnostics.error(e.position, "formulas go in a circle",
                      fmt::format("{} -> {}", fmt::join(first, path_.end(), " -> "), e.text),
                      "let one of them use no other");
    return {0, 0, false};
  }
  if (state.walk == State::Walk::before) {
    // What stands for more than this is refused below; a chain is not to overrun the stack.
    if (path_.size() == greatest_height) return {0, greatest_height + 1, true};
    judge(state, diagnostics);
  }
  return state.extent;
}

Formulas::Extent Formulas::extent_of(const Expression& e, Diagnostics& diagnostics) {
  if (e.kind == Expression::Kind::name) return extent_of_name(e, diagnostics);
  Extent all{1, 0, true};
  const auto add = [&](const Expression& part) {
    const Extent extent = extent_of(part, diagnostics);
    all.size = std::min(all.size + extent.size, most_operations + 1);
    all.height = std::max(all.height, extent.height);
    all.sound = all.sound && extent.sound;
  };
  for (const Expression& child : e.children) add(child);
  for (const Expression::Argument& argument : e.arguments) {
    add(argument.value);
    for (const Expression& weight : argument.weight) add(weight);
  }
  ++all.height;
  return all;
}

}  // namespace truce::scenario
