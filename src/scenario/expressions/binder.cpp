#include "scenario/expressions/binder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/limits.hpp"
#include "scenario/expressions/forms.hpp"
#include "scenario/expressions/functions.hpp"

namespace truce::scenario {

using model::Op;

namespace {

bool allows_draws(Purpose purpose) {
  return purpose == Purpose::duration || purpose == Purpose::amount || purpose == Purpose::share ||
         purpose == Purpose::count;
}

}  // namespace

Bound Binder::bind(const Expression& expression, Purpose purpose, const std::string& stream,
                   const std::string& key) {
  purpose_ = purpose;
  stream_name_ = stream;
  temporaries_used_ = 0;
  draws_ = 0;
  reads_clock_ = false;
  inputs_.clear();
  const auto begin = static_cast<std::uint32_t>(model_.program.code.size());
  const Operand result = compile(expression);
  const auto end = static_cast<std::uint32_t>(model_.program.code.size());
  Bound bound;
  // What the reader admits is far shorter.
  if (end - begin > std::numeric_limits<std::uint16_t>::max()) {
    diagnostics_.error(expression.position, "the expression is too long",
                       "it has more than 65,535 operations");
    return bound;
  }
  auto& code = model_.program.code;
  bound.expr = {.code = begin,
                .length = static_cast<std::uint16_t>(end - begin),
                .form = form_of(std::span(code).subspan(begin), result.reg),
                .result = result.reg};
  bound.reads_clock = reads_clock_;
  bound.type = result.type;
  bound.integer = result.integer;
  bound.known = result.known;
  std::ranges::sort(inputs_);
  inputs_.erase(std::unique(inputs_.begin(), inputs_.end()), inputs_.end());
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
  constexpr double tolerance = base::probability_tolerance;
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
      if (!(x >= 0) || std::isinf(x)) refuse(fmt::format("a {} is not negative", key));
      break;
    case Purpose::count:
      if (!(x >= 0) || std::isinf(x)) refuse("a count is not negative");
      break;
    case Purpose::number:
    case Purpose::time:
    case Purpose::drift:
    case Purpose::amount:
      if (!std::isfinite(x)) refuse("not a finite number");
      break;
    case Purpose::condition:
    case Purpose::measured:
      break;
  }
}

void Binder::name_stream(const std::string& entity, const std::string& stream) {
  streams_.emplace(entity, stream);
}

model::StreamId Binder::stream(const std::string& name, const Position& position) {
  const auto [at, added] = stream_ids_.try_emplace(name);
  if (!added) return at->second;
  const auto owner = streams_.find(name.substr(0, name.find_first_of(".#")));
  const engine::StreamKey key = engine::stream_key(
      owner == streams_.end() ? name : owner->second + name.substr(owner->first.size()));
  const auto [other, unique] = stream_keys_.try_emplace(static_cast<std::uint64_t>(key), name);
  if (!unique) {
    diagnostics_.error(
        position, fmt::format("'{}' and '{}' have the same random stream", name, other->second),
        "their names hash to the same number", "rename one of them");
  }
  at->second = model_.streams.add({.name = name, .key = key});
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
      if (e.text == "*" && left.type != right.type) return fail_on_product(e, left);
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

bool Binder::expect(const Expression& e, const Operand& operand, Type type) {
  if (operand.type == type) return true;
  if (type == Type::boolean) {
    fail(e, "a number where a condition is expected", {}, "compare it, as in 'x > 0'");
  } else {
    fail(e, "a condition where a number is expected", {}, "write if(condition, 1, 0)");
  }
  return false;
}

// Many write `0.02 * over`.
Binder::Operand Binder::fail_on_product(const Expression& e, const Operand& left) {
  const bool first = left.type == Type::boolean;
  const auto written = [](const Expression& part, const char* otherwise) {
    if (part.kind == Expression::Kind::name) return part.text;
    return part.kind == Expression::Kind::number ? fmt::format("{}", part.value) : otherwise;
  };
  return fail(e.children[first ? 0 : 1], "a condition where a number is expected", {},
              fmt::format("write if({}, {}, 0)", written(e.children[first ? 0 : 1], "condition"),
                          written(e.children[first ? 1 : 0], "number")));
}

bool Binder::may_draw(const Expression& e) {
  if (allows_draws(purpose_)) return true;
  fail(e, fmt::format("the distribution '{}' may not stand here", e.text),
       "drawn are only durations of steps, amounts, shares and initial values");
  return false;
}

Binder::Operand Binder::fail(const Expression& e, std::string problem, std::string why,
                             std::string suggestion) {
  diagnostics_.error(e.position, std::move(problem), std::move(why), std::move(suggestion));
  return {.failed = true};
}

}  // namespace truce::scenario
