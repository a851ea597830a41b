#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/expressions/binder.hpp"
#include "scenario/expressions/functions.hpp"

namespace truce::scenario {

using model::Op;

Binder::Operand Binder::compile_name(const Expression& e) {
  const Symbol* symbol = symbols_.find(e.text);
  if (symbol == nullptr) {
    if (const auto* used = formulas_.find(e.text)) return compile_formula(e, *used);
    const auto family = engine::family_named(e.text);
    if (family) return fail(e, fmt::format("'{}' needs its arguments", e.text));
    if (const Symbol* event = symbols_.find(e.text + ".occurred"); event != nullptr) {
      return fail(e, fmt::format("'{}' is an incident, not a value", e.text), {},
                  fmt::format("did you mean '{}.occurred', its count?", e.text));
    }
    const std::string advice = advice_for_name(e.text);
    return fail(e, fmt::format("unknown name {}", shown(e.text)),
                advice.empty() ? "a number is expected, or an expression of known names" : "",
                advice);
  }
  if (!may_read(e, *symbol)) return {.failed = true};
  model_.reads_kept = model_.reads_kept || symbol->variable == model_.kept;
  Operand operand{.reg = static_cast<model::Register>(symbol->variable.index()),
                  .type = symbol->type,
                  .integer = symbol->integer,
                  .known = symbol->known};
  reads_clock_ |= symbol->clock;
  if (!symbol->known && symbol->context == Symbol::Context::none) {
    inputs_.push_back(symbol->variable);
  }
  if (symbol->reading == Symbol::Reading::since) {
    const Operand now{.reg = static_cast<model::Register>(model_.time.index())};
    return emit(Op::subtract, {now, operand}, Type::number, false);
  }
  return operand;
}

// `tranche.*` and `incident.*` are there for what is evaluated on behalf of one.
bool Binder::may_read(const Expression& e, const Symbol& symbol) {
  if (symbol.context == Symbol::Context::none) return true;
  const bool of_tranche = symbol.context == Symbol::Context::tranche;
  model_.reads_context = true;
  if (of_tranche ? behalf_.tranche : behalf_.incident) return true;
  const Expression& at = formula_use_ == nullptr ? e : *formula_use_;
  fail(
      at,
      formula_use_ == nullptr
          ? fmt::format("'{}' may not be read here", e.text)
          : fmt::format("the formula '{}' reads '{}', which may not be read here", at.text, e.text),
      of_tranche
          ? "it is there for what is evaluated on behalf of a tranche: how it is decided on, "
            "performed and seen, and what follows from it"
          : "it is there for what follows from an incident: 'do', its policy, trust and "
            "mediation");
  return false;
}

// It stands for its expression, without distributions whatever it is used for.
Binder::Operand Binder::compile_formula(const Expression& e, const Formulas::Entry& used) {
  if (!used.sound) return {.failed = true};
  std::vector<std::string>& read = formulas_in_[stream_name_];
  if (std::ranges::find(read, e.text) == read.end()) read.push_back(e.text);
  const Expression* const outer = formula_use_;
  if (outer == nullptr) formula_use_ = &e;
  const Purpose purpose = std::exchange(purpose_, Purpose::measured);
  const Operand result = compile(used.formula->value);
  purpose_ = purpose;
  formula_use_ = outer;
  return result;
}

std::vector<std::string> Binder::formulas_in(const std::string& stream) const {
  std::vector<std::string> found;
  for (auto at = formulas_in_.lower_bound(stream); at != formulas_in_.end(); ++at) {
    if (!at->first.starts_with(stream)) break;
    if (at->first.size() > stream.size() && at->first[stream.size()] != '.') continue;
    for (const std::string& name : at->second) {
      if (std::ranges::find(found, name) == found.end()) found.push_back(name);
    }
  }
  return found;
}

std::vector<std::string> Binder::readable_names() const {
  std::vector<std::string> names = symbols_.names();
  const std::vector<std::string> formulas = formulas_.names();
  names.insert(names.end(), formulas.begin(), formulas.end());
  return names;
}

std::string Binder::advice_for_name(const std::string& name) const {
  if (purpose_ == Purpose::count && (name == "all" || name == "everyone" || name == "everybody")) {
    return "write 'rest' for all who are held then";
  }
  if (auto advice = did_you_mean(name, readable_names()); !advice.empty()) return advice;
  // An attribute without its owner, as in 'comply: trust'.
  constexpr std::size_t most = 4;
  std::vector<std::string> owned;
  for (const std::string& known : symbols_.names()) {
    if (known.ends_with("." + name)) owned.push_back("'" + known + "'");
  }
  if (owned.empty() || owned.size() > most) return {};
  std::ranges::sort(owned);
  return fmt::format("did you mean {}?", fmt::join(owned, " or "));
}

Binder::Operand Binder::compile_since(const Expression& e) {
  if (e.arguments.size() != 1 || e.arguments[0].value.kind != Expression::Kind::name) {
    return fail(e, "since() takes the name of one event", {}, "write since(NAME.event)");
  }
  const Expression& name = e.arguments[0].value;
  const model::EventId event = symbols_.event(name.text);
  if (!event.valid()) {
    return fail(name, fmt::format("unknown event '{}'", name.text), {},
                did_you_mean(name.text, symbols_.event_names()));
  }
  if (!model_.events[event].last.valid()) {
    model_.events[event].last = model_.variables.add({.name = name.text + " (last)", .initial = 0});
  }
  reads_clock_ = true;
  inputs_.push_back(model_.events[event].last);
  const Operand now{.reg = static_cast<model::Register>(model_.time.index())};
  const Operand last{.reg = static_cast<model::Register>(model_.events[event].last.index())};
  return emit(Op::subtract, {now, last}, Type::number, false);
}

Binder::Operand Binder::compile_call(const Expression& e) {
  if (e.text == "if") return compile_if(e);
  if (e.text == "since") return compile_since(e);
  if (e.text == "truncated") return compile_truncated(e);
  if (e.text == "empirical") return compile_empirical(e);
  if (const auto family = engine::family_named(e.text)) return compile_distribution(e, *family);
  const auto* function = std::ranges::find(functions, e.text, &Function::name);
  if (function == functions.end()) {
    return fail(e, fmt::format("unknown function '{}'", e.text), {},
                did_you_mean(e.text, reserved_words()));
  }
  const std::size_t count = e.arguments.size();
  if (count < function->least || count > function->most) {
    return fail(
        e, fmt::format("'{}' takes {} argument{}, not {}", e.text,
                       function->most == any_number ? fmt::format("at least {}", function->least)
                                                    : fmt::format("{}", function->least),
                       function->least == 1 ? "" : "s", count));
  }
  std::vector<Operand> operands;
  bool integer = true;
  for (const Expression::Argument& argument : e.arguments) {
    if (!argument.name.empty() || !argument.weight.empty()) {
      return fail(e, fmt::format("'{}' takes plain arguments", e.text));
    }
    operands.push_back(compile(argument.value));
    if (operands.back().failed || !expect(argument.value, operands.back(), Type::number)) {
      return {.failed = true};
    }
    integer = integer && operands.back().integer;
  }
  integer = function->makes_integers || (function->keeps_integers && integer);
  Operand result =
      emit(function->op,
           {operands.begin(), operands.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                                     count, function->most == any_number ? 2 : 3))},
           Type::number, integer);
  for (std::size_t i = 2; function->most == any_number && i < count; ++i) {
    result = emit(function->op, {result, operands[i]}, Type::number, integer);
  }
  return result;
}

bool Binder::draws_somewhere(const Expression& e) {
  if (e.kind == Expression::Kind::call &&
      (engine::family_named(e.text) || e.text == "truncated" || e.text == "empirical")) {
    return true;
  }
  return std::ranges::any_of(e.children, draws_somewhere) ||
         std::ranges::any_of(e.arguments, [](const Expression::Argument& argument) {
           return draws_somewhere(argument.value);
         });
}

Binder::Operand Binder::compile_if(const Expression& e) {
  if (e.arguments.size() != 3) {
    return fail(e, fmt::format("'if' takes 3 arguments, not {}", e.arguments.size()), {},
                "write if(condition, then, else)");
  }
  const Expression& then = e.arguments[1].value;
  const Expression& otherwise = e.arguments[2].value;
  const Operand condition = compile(e.arguments[0].value);
  if (condition.failed || !expect(e.arguments[0].value, condition, Type::boolean)) {
    return {.failed = true};
  }
  auto& code = model_.program.code;
  const bool lazy = draws_somewhere(then) || draws_somewhere(otherwise);
  // A branch that draws is drawn only where it is taken.
  const model::Register result = lazy ? temporary() : 0;
  const std::size_t to_else = code.size();
  if (lazy) code.push_back({.op = Op::jump_unless, .a = condition.reg});
  const Operand yes = compile(then);
  if (lazy) code.push_back({.op = Op::copy, .dst = result, .a = yes.reg});
  const std::size_t to_end = code.size();
  if (lazy) {
    code.push_back({.op = Op::jump});
    code[to_else].dst = static_cast<model::Register>(code.size());
  }
  const Operand no = compile(otherwise);
  if (yes.failed || no.failed) return {.failed = true};
  if (!expect(otherwise, no, yes.type)) return {.failed = true};
  const bool integer = yes.integer && no.integer;
  if (!lazy) return emit(Op::select, {condition, yes, no}, yes.type, integer);
  code.push_back({.op = Op::copy, .dst = result, .a = no.reg});
  code[to_end].dst = static_cast<model::Register>(code.size());
  return {.reg = result, .type = yes.type, .integer = integer};
}

}  // namespace truce::scenario
