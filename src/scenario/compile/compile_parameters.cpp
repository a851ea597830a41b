#include <fmt/format.h>

#include <algorithm>

#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

namespace {

enum State { untouched = 0, open = 1, done = 2 };

}  // namespace

/// Calls `visit` with the index of every parameter that an expression reads, through formulas too.
template <class Visit>
void Compiler::for_each_parameter(const Expression& expression, Visit visit) const {
  std::unordered_set<std::string> seen;
  std::vector<const Expression*> unread = {&expression};
  while (!unread.empty()) {
    const Expression* const next = unread.back();
    unread.pop_back();
    for_each_name(*next, [&](const std::string& name) {
      const auto parameter = parameter_index_.find(name);
      const Formulas::Entry* const used = formulas_.find(name);
      if (parameter != parameter_index_.end()) {
        visit(parameter->second);
      } else if (used != nullptr && seen.insert(name).second) {
        unread.push_back(&used->formula->value);
      }
    });
  }
}

/// Whether an expression names a parameter that is drawn; those it names are compiled.
bool Compiler::uses_drawn(const Expression& expression) const {
  bool found = false;
  for_each_parameter(expression, [&](std::size_t index) {
    const std::string& name = scenario_.parameters[index].name.text;
    const auto at = std::ranges::find(model_.parameters, name, &model::Parameter::name);
    found = found || (at != model_.parameters.end() && at->drawn);
  });
  return found;
}

void Compiler::compile_parameters() {
  std::vector<std::string> names;
  for (const Parameter& parameter : scenario_.parameters) names.push_back(parameter.name.text);
  for (const auto& [name, value] : overrides_) {
    if (std::ranges::find(names, name) == names.end()) {
      diagnostics_.error({std::make_shared<const std::string>("--set")},
                         fmt::format("unknown parameter '{}'", name), {}, name_hint(name, names));
    }
    if (std::ranges::count(overrides_, name, &Overrides::value_type::first) > 1) {
      diagnostics_.error({std::make_shared<const std::string>("--set")},
                         fmt::format("'{}' is set twice", name));
    }
  }
  parameter_state_.assign(scenario_.parameters.size(), untouched);
  for (std::size_t i = 0; i < scenario_.parameters.size(); ++i) compile_parameter(i);
}

// Parameters are appended to the model in an order in which their values can be computed.
void Compiler::compile_parameter(std::size_t index) {
  if (parameter_state_[index] == done) return;
  const Parameter& written = scenario_.parameters[index];
  const std::string& name = written.name.text;
  if (parameter_state_[index] == open) {
    diagnostics_.error(written.value.position,
                       fmt::format("the value of '{}' depends on itself", name));
    symbols_.declare(name, {.variable = parameter_variables_[index], .known = 0});
    return;
  }
  parameter_state_[index] = open;
  const auto compile_it = [&](std::size_t other) { compile_parameter(other); };
  for_each_parameter(written.value, compile_it);
  if (written.prior) for_each_parameter(*written.prior, compile_it);
  parameter_state_[index] = done;

  model::Parameter parameter{.name = name, .variable = parameter_variables_[index]};
  const auto given = std::ranges::find(overrides_, name, &Overrides::value_type::first);
  const Bound value = given == overrides_.end() ? bind<&Parameter::value>(written, name)
                                                : binder_.constant(given->second);
  parameter.value = value.expr;
  parameter.fixed = given != overrides_.end();
  parameter.drawn = !parameter.fixed && (written.prior || uses_drawn(written.value));
  parameter.prior = lower<&Parameter::prior>(written, name);
  if (!value.known && !value.inputs.empty()) {
    diagnostics_.error(written.value.position,
                       fmt::format("the value of '{}' depends on the state", name),
                       "parameters are fixed within a trial", "use a level");
  }
  symbols_.declare(name, {.variable = parameter.variable, .known = value.known.value_or(0)});
  model_.parameters.push_back(std::move(parameter));
}

}  // namespace truce::scenario
