#include "binder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "functions.hpp"
#include "truce/model/operations.hpp"

namespace truce::scenario {

using model::Op;

namespace {

bool allows_draws(Purpose purpose) {
  return purpose == Purpose::duration || purpose == Purpose::amount || purpose == Purpose::share;
}

}  // namespace

Bound Binder::bind(const Expression& expression, Purpose purpose, const std::string& place,
                   const std::string& key) {
  purpose_ = purpose;
  place_name_ = place;
  temporaries_used_ = 0;
  draws_ = 0;
  reads_clock_ = false;
  inputs_.clear();
  const auto begin = static_cast<std::uint32_t>(model_.program.code.size());
  const Operand result = compile(expression);
  const auto end = static_cast<std::uint32_t>(model_.program.code.size());
  Bound bound;
  bound.expr = {
      .code = {begin, end}, .result = result.reg, .reads_clock = reads_clock_, .draws = draws_ > 0};
  bound.type = result.type;
  bound.integer = result.integer;
  bound.known = result.known;
  std::ranges::sort(inputs_);
  inputs_.erase(std::ranges::unique(inputs_).begin(), inputs_.end());
  bound.inputs = inputs_;
  if (result.failed) return bound;
  if (purpose != Purpose::measured) {
    const Type wanted = purpose == Purpose::condition ? Type::boolean : Type::number;
    if (!expect(expression, result, wanted)) return bound;
  }
  check_known(expression, bound, purpose, key);
  return bound;
}

Bound Binder::constant(double value) {
  Bound bound;
  bound.expr.result = fixed(value).reg;
  bound.known = value;
  return bound;
}

void Binder::check_known(const Expression& e, const Bound& bound, Purpose purpose,
                         const std::string& key) {
  if (!bound.known) return;
  const double x = *bound.known;
  const auto refuse = [&](std::string why) {
    diagnostics_.error(e.position, fmt::format("'{}' is {}", key, x), std::move(why));
  };
  constexpr double tolerance = 1e-9;
  switch (purpose) {
    case Purpose::probability:
      if (!(x >= -tolerance && x <= 1 + tolerance)) refuse("a probability is between 0 and 1");
      break;
    case Purpose::weight:
      if (!(x >= 0) || std::isinf(x)) refuse("a weight is not negative");
      break;
    case Purpose::rate:
      if (!(x >= 0) || std::isinf(x)) refuse("a rate is not negative");
      break;
    case Purpose::duration:
      if (!(x >= 0)) refuse("a duration is not negative");
      break;
    case Purpose::share:
      if (!(x >= 0) || std::isinf(x)) refuse("a share is not negative");
      break;
    case Purpose::number:
    case Purpose::amount:
      if (!std::isfinite(x)) refuse("not a finite number");
      break;
    case Purpose::condition:
    case Purpose::measured:
      break;
  }
}

model::PlaceId Binder::place(const std::string& name, const Position& position) {
  const auto [at, added] = places_.try_emplace(name);
  if (!added) return at->second;
  const engine::PlaceKey key = engine::place_key(name);
  const auto [other, unique] = place_keys_.try_emplace(static_cast<std::uint64_t>(key), name);
  if (!unique) {
    diagnostics_.error(
        position, fmt::format("'{}' and '{}' have the same random stream", name, other->second),
        "their names hash to the same number", "rename one of them");
  }
  at->second = model_.places.add({.name = name, .key = key});
  return at->second;
}

Binder::Operand Binder::compile(const Expression& e) {
  switch (e.kind) {
    case Expression::Kind::number:
      return fixed(e.value);
    case Expression::Kind::boolean:
      return fixed(e.value, Type::boolean);
    case Expression::Kind::name:
      return compile_name(e);
    case Expression::Kind::string:
      return fail(e, fmt::format("a text, '{}', where a value is expected", e.text));
    case Expression::Kind::unary: {
      const Operand operand = compile(e.children.front());
      if (operand.failed) return operand;
      const bool negation = e.text == "not";
      const Type type = negation ? Type::boolean : Type::number;
      if (!expect(e.children.front(), operand, type)) return {.failed = true};
      return emit(negation ? Op::logical_not : Op::negate, {operand}, type, operand.integer);
    }
    case Expression::Kind::binary: {
      const Operand left = compile(e.children[0]);
      const Operand right = compile(e.children[1]);
      if (left.failed || right.failed) return {.failed = true};
      const auto* op = std::ranges::find(operators, e.text, &Operator::text);
      if (!expect(e.children[0], left, op->takes) || !expect(e.children[1], right, op->takes)) {
        return {.failed = true};
      }
      return emit(op->op, {left, right}, op->gives,
                  op->keeps_integers && left.integer && right.integer);
    }
    case Expression::Kind::call:
      return compile_call(e);
  }
  return {.failed = true};
}

Binder::Operand Binder::compile_name(const Expression& e) {
  const Symbol* symbol = symbols_.find(e.text);
  if (symbol == nullptr) {
    const auto family = engine::family_named(e.text);
    if (family) return fail(e, fmt::format("'{}' needs its arguments", e.text));
    if (const Symbol* event = symbols_.find(e.text + ".occurred"); event != nullptr) {
      return fail(e, fmt::format("'{}' is an incident, not a value", e.text), {},
                  fmt::format("did you mean '{}.occurred', its count?", e.text));
    }
    return fail(e, fmt::format("unknown name '{}'", e.text), {},
                did_you_mean(e.text, symbols_.names()));
  }
  Operand operand{.reg = static_cast<model::Register>(symbol->variable.index()),
                  .type = symbol->type,
                  .integer = symbol->integer,
                  .known = symbol->known};
  reads_clock_ |= symbol->clock;
  if (!symbol->known) inputs_.push_back(symbol->variable);
  if (symbol->reading == Symbol::Reading::since) {
    const Operand now{.reg = static_cast<model::Register>(model_.time.index())};
    return emit(Op::subtract, {now, operand}, Type::number, false);
  }
  return operand;
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

Binder::Operand Binder::emit(Op op, const std::vector<Operand>& operands, Type type, bool integer) {
  Operand result{.type = type, .integer = integer};
  std::array<double, 3> known{};
  bool all_known = true;
  bool all_fixed = true;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    all_known = all_known && operands[i].known.has_value();
    all_fixed = all_fixed && operands[i].fixed;
    known[i] = operands[i].known.value_or(0);
  }
  if (all_known) result.known = model::apply(op, known[0], known[1], known[2]);
  if (all_fixed) {
    Operand folded = fixed(*result.known, type);
    folded.integer = integer;
    return folded;
  }
  const auto reg = [&](std::size_t i) { return i < operands.size() ? operands[i].reg : 0; };
  result.reg = temporary();
  model_.program.code.push_back(
      {.op = op, .dst = result.reg, .a = reg(0), .b = reg(1), .c = reg(2)});
  return result;
}

Binder::Operand Binder::fixed(double value, Type type) {
  const auto [at, added] = constants_.try_emplace(std::bit_cast<std::uint64_t>(value));
  if (added) {
    model_.program.fixed.push_back(value);
    at->second = -static_cast<model::Register>(model_.program.fixed.size());
  }
  return {.reg = at->second,
          .type = type,
          .integer = std::isfinite(value) && value == std::floor(value),
          .fixed = true,
          .known = value};
}

model::Register Binder::temporary() {
  if (temporaries_used_ == temporaries_.size()) {
    model_.program.fixed.push_back(0);
    temporaries_.push_back(-static_cast<model::Register>(model_.program.fixed.size()));
  }
  return temporaries_[temporaries_used_++];
}

bool Binder::expect(const Expression& e, const Operand& operand, Type type) {
  if (operand.type == type) return true;
  if (type == Type::boolean) {
    fail(e, "a number where a condition is expected", {}, "compare it, as in 'x > 0'");
  } else {
    fail(e, "a condition where a number is expected", {}, "write if(condition, 1, 0)");
  }
  return false;
}

bool Binder::may_draw(const Expression& e) {
  if (allows_draws(purpose_)) return true;
  fail(e, fmt::format("the distribution '{}' may not stand here", e.text),
       "conditions, probabilities, rates, weights and outcomes are not drawn");
  return false;
}

Binder::Operand Binder::fail(const Expression& e, std::string problem, std::string why,
                             std::string suggestion) {
  diagnostics_.error(e.position, std::move(problem), std::move(why), std::move(suggestion));
  return {.failed = true};
}

}  // namespace truce::scenario
