#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenario/description.hpp"
#include "scenario/diagnostics.hpp"

namespace truce::scenario {

/// The formulas of a scenario by name, each with whether it can be put in the place of its name:
/// one in a circle has no end, and one that grows beyond all bounds would not fit.
class Formulas {
 public:
  /// Reports circles, with their path, and formulas that stand for more than 65,535 operations or a
  /// tree more than 1,000 high. The scenario is to outlive this.
  Formulas(const Scenario& scenario, Diagnostics& diagnostics);

  struct Entry {
    const Formula* formula = nullptr;
    bool sound = false;
  };
  /// Nothing where there is none of this name.
  [[nodiscard]] const Entry* find(const std::string& name) const;
  /// In the order of the file.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  /// Of an expression with the formulas in it put in.
  struct Extent {
    std::size_t size = 0;
    std::size_t height = 0;
    bool sound = true;
  };
  struct State : Entry {
    enum class Walk { before, within, after } walk = Walk::before;
    Extent extent;
  };

  Extent extent_of(const Expression& e, Diagnostics& diagnostics);
  Extent extent_of_name(const Expression& e, Diagnostics& diagnostics);
  void judge(State& state, Diagnostics& diagnostics);

  std::unordered_map<std::string, State> states_;
  std::vector<std::string> names_;
  std::vector<std::string> path_;  ///< formulas that are being judged, the outermost first
};

/// Calls `visit` with every name in the expression, formulas not put in.
template <class Visit>
void for_each_name(const Expression& e, Visit visit) {
  if (e.kind == Expression::Kind::name) visit(e.text);
  for (const Expression& child : e.children) for_each_name(child, visit);
  for (const Expression::Argument& argument : e.arguments) {
    for_each_name(argument.value, visit);
    for (const Expression& weight : argument.weight) for_each_name(weight, visit);
  }
}

}  // namespace truce::scenario
