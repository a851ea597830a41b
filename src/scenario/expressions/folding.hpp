#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "scenario/description.hpp"

namespace truce::scenario {

/// The value of an expression of plain numbers (+ - * /); nothing where it reads names, calls a
/// function or draws.
std::optional<double> constant_value(const Expression& expression);

/// Folds expressions that read no more than parameters, at the parameters' values in the file. For
/// warnings only: studies and `--set` change these values.
class ParameterFolder {
 public:
  /// A parameter or formula that uses later ones is not known.
  explicit ParameterFolder(const Scenario& scenario);
  [[nodiscard]] std::optional<double> operator()(const Expression& expression) const;
  /// `fallback` where the expression is absent.
  [[nodiscard]] std::optional<double> operator()(const std::optional<Expression>& expression,
                                                 double fallback) const;

 private:
  std::unordered_map<std::string, double> known_;
};

}  // namespace truce::scenario
