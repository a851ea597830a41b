#include <fmt/format.h>

#include <algorithm>

#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

void Compiler::declare(const Window& written) {
  const std::string& name = written.name.text;
  const model::VariableId open = variable(name + ".open", Type::boolean, true);
  model_.windows.add({.name = name,
                      .open = open,
                      .opened = event(name + ".opened"),
                      .closed = event(name + ".closed")});
}

// Read before the first step, when nothing but parameters is known.
Bound Compiler::fixed_value(const Expression& written, const std::string& owner, const Key& of) {
  const std::string key(of.name);
  Bound bound = binder_.bind(written, of.purpose, owner, key);
  const bool of_parameters = std::ranges::all_of(bound.inputs, [&](model::VariableId input) {
    return std::ranges::find(parameter_variables_, input) != parameter_variables_.end();
  });
  if (!of_parameters || bound.reads_clock) {
    diagnostics_.error(written.position,
                       fmt::format("'{}' of '{}' depends on the state", key, owner),
                       "it is fixed before the first step", "use parameters only");
  }
  return bound;
}

void Compiler::compile(const Window& written) {
  const std::string& name = written.name.text;
  model::Window& window = model_.windows[id_in<model::WindowId>(scenario_.windows, written)];
  const Bound from = fixed_value(written.from, name, Room<Window>::from);
  window.from = from.expr;
  const Bound lasts = binder_.bind(written.lasts, Purpose::duration, name + ".lasts", "lasts");
  positive_draws_.push_back({lasts.expr, written.lasts.position, "lasts"});
  window.lasts = lasts.expr;
  const bool negative = from.known && *from.known < 0;
  if (!written.every) {
    if (negative) {
      diagnostics_.error(written.from.position,
                         fmt::format("'from' of '{}' is {} days", name, *from.known),
                         "a window that opens once cannot have opened before day 0",
                         "give it 'every', or a later day");
    }
    return;
  }
  const Bound every = fixed_value(*written.every, name, key_of<&Window::every>());
  window.every = every.expr;
  if (every.known && !(*every.known > 0)) {
    diagnostics_.error(written.every->position,
                       fmt::format("'every' of '{}' is {} days", name, *every.known),
                       "it must be longer than 0");
  } else if (negative && Binder::draws_somewhere(written.lasts)) {
    diagnostics_.error(written.lasts.position,
                       fmt::format("'lasts' of '{}' is drawn, and it opens before day 0", name),
                       "whether it is open on day 0 must be known");
  } else if (lasts.known && every.known && *lasts.known > *every.known) {
    diagnostics_.error(
        written.lasts.position, fmt::format("'{}' is still open when it opens again", name),
        fmt::format("it lasts {:.6g} days and opens every {:.6g}", *lasts.known, *every.known));
  }
}

}  // namespace truce::scenario
