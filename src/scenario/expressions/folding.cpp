#include "scenario/expressions/folding.hpp"

namespace truce::scenario {

namespace {

template <class ValueOf>
std::optional<double> fold(const Expression& e, const ValueOf& value_of) {
  if (e.kind == Expression::Kind::number) return e.value;
  if (e.kind == Expression::Kind::name) return value_of(e.text);
  if (e.kind == Expression::Kind::unary && e.text == "-") {
    const auto operand = fold(e.children[0], value_of);
    return operand ? std::optional(-*operand) : std::nullopt;
  }
  if (e.kind != Expression::Kind::binary) return std::nullopt;
  const auto left = fold(e.children[0], value_of);
  if (!left) return std::nullopt;
  const auto right = fold(e.children[1], value_of);
  if (!right) return std::nullopt;
  if (e.text == "+") return *left + *right;
  if (e.text == "-") return *left - *right;
  if (e.text == "*") return *left * *right;
  if (e.text == "/") return *left / *right;
  return std::nullopt;
}

}  // namespace

std::optional<double> constant_value(const Expression& expression) {
  return fold(expression, [](const std::string&) -> std::optional<double> { return {}; });
}

ParameterFolder::ParameterFolder(const Scenario& scenario) {
  for (const Parameter& p : scenario.parameters) {
    if (const auto value = (*this)(p.value)) known_.emplace(p.name.text, *value);
  }
  for (const Formula& f : scenario.formulas) {
    if (const auto value = (*this)(f.value)) known_.emplace(f.name.text, *value);
  }
}

std::optional<double> ParameterFolder::operator()(const Expression& expression) const {
  return fold(expression, [&](const std::string& name) -> std::optional<double> {
    const auto at = known_.find(name);
    return at == known_.end() ? std::nullopt : std::optional(at->second);
  });
}

std::optional<double> ParameterFolder::operator()(const std::optional<Expression>& expression,
                                                  double fallback) const {
  return expression ? (*this)(*expression) : fallback;
}

}  // namespace truce::scenario
