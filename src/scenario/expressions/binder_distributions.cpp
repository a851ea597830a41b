#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/expressions/binder.hpp"
#include "scenario/text/observations.hpp"

namespace truce::scenario {

using engine::Family;

namespace {

/// The arguments in the order of `names`; empty where one is missing, unknown or given twice.
std::vector<const Expression*> in_order(const Expression& call,
                                        std::span<const std::string_view> names,
                                        std::string& problem) {
  std::vector<const Expression*> ordered(names.size(), nullptr);
  std::size_t positional = 0;
  for (const Expression::Argument& argument : call.arguments) {
    std::size_t at = positional;
    if (argument.name.empty()) {
      ++positional;
    } else {
      at = static_cast<std::size_t>(std::ranges::find(names, argument.name) - names.begin());
      if (at == names.size()) {
        problem = fmt::format("'{}' has no argument '{}'", call.text, argument.name);
        return {};
      }
    }
    if (at < names.size() && ordered[at] != nullptr) {
      problem = fmt::format("argument '{}' of '{}' is given twice", names[at], call.text);
      return {};
    }
    if (at < names.size()) ordered[at] = &argument.value;
  }
  if (positional > names.size() || std::ranges::find(ordered, nullptr) != ordered.end()) {
    problem = fmt::format("'{}' takes {}({}), not {} argument{}", call.text, call.text,
                          fmt::join(names, ", "), call.arguments.size(),
                          call.arguments.size() == 1 ? "" : "s");
    return {};
  }
  return ordered;
}

/// The arguments of a sampler that are all constants.
std::vector<double> constants_of(const model::Program& program, const model::Sampler& sampler) {
  std::vector<double> values;
  for (auto at = sampler.parameters.begin; at < sampler.parameters.end; ++at) {
    const auto number = -program.parameter_registers[at] - 1;
    values.push_back(program.fixed[static_cast<std::size_t>(number)]);
  }
  return values;
}

}  // namespace

/// The arguments of `elicited` as its law has them: pairs, of which -1 and a weight end an expert.
template <class Take>
bool Binder::take_elicited(const Expression& e, Take&& take) {
  for (const Expression::Argument& argument : e.arguments) {
    Expression ends;
    ends.kind = Expression::Kind::number;
    ends.value = -1;
    ends.position = argument.position;
    const bool is_weight = argument.name == "weight" && argument.weight.empty();
    if (!is_weight && (!argument.name.empty() || argument.weight.empty())) {
      fail(argument.value, "an argument of 'elicited' that is no quantile", {},
           "write elicited(5%: value, 50%: value, 95%: value), with 0% and 100% for bounds, and "
           "weight = number behind each of several experts");
      return false;
    }
    if (!take(is_weight ? ends : argument.value) ||
        !take(is_weight ? argument.value : argument.weight.front())) {
      return false;
    }
  }
  return true;
}

std::optional<model::Sampler> Binder::sampler_of(const Expression& e, Family family) {
  std::vector<Operand> operands;
  const auto take = [&](const Expression& argument) {
    operands.push_back(compile(argument));
    return !operands.back().failed && expect(argument, operands.back(), Type::number);
  };
  if (e.text == "elicited") {
    if (!take_elicited(e, take)) return std::nullopt;
  } else if (engine::parameter_names(family).empty()) {
    if (e.arguments.empty()) {
      fail(e, "'choice' needs at least one 'value: weight'");
      return std::nullopt;
    }
    for (const Expression::Argument& argument : e.arguments) {
      if (argument.weight.empty()) {
        fail(argument.value, "a value of 'choice' without a weight", {},
             "write choice(value: weight, ...)");
        return std::nullopt;
      }
      if (!take(argument.value) || !take(argument.weight.front())) return std::nullopt;
    }
  } else {
    std::string problem;
    const auto ordered = in_order(e, engine::parameter_names(family), problem);
    if (ordered.empty()) {
      fail(e, problem);
      return std::nullopt;
    }
    for (const Expression* argument : ordered) {
      if (!take(*argument)) return std::nullopt;
    }
  }
  std::vector<double> known;
  model::Sampler sampler;
  sampler.family = family;
  auto& registers = model_.program.parameter_registers;
  sampler.parameters.begin = static_cast<std::uint32_t>(registers.size());
  for (const Operand& operand : operands) {
    if (operand.known) known.push_back(*operand.known);
    registers.push_back(operand.reg);
  }
  sampler.parameters.end = static_cast<std::uint32_t>(registers.size());
  if (known.size() == operands.size()) {
    const bool constant = std::ranges::all_of(operands, &Operand::fixed);
    sampler.arguments = constant ? model::Arguments::constants : model::Arguments::parameters;
    if (const auto problem = engine::parameter_problem(family, known); !problem.empty()) {
      fail(e,
           e.text == "elicited"
               ? "these quantiles make no distribution"
               : fmt::format("{}({}) is no distribution", e.text, fmt::join(known, ", ")),
           std::string(problem));
      return std::nullopt;
    }
  }
  return sampler;
}

Binder::Operand Binder::compile_distribution(const Expression& e, Family family) {
  if (!may_draw(e)) return {.failed = true};
  const auto sampler = sampler_of(e, family);
  if (!sampler) return {.failed = true};
  bool integer = engine::is_discrete(family);
  if (engine::parameter_names(family).empty() && integer) {
    for (const Expression::Argument& argument : e.arguments) {
      integer =
          integer && argument.value.kind == Expression::Kind::number &&
          argument.value.value == static_cast<double>(static_cast<long long>(argument.value.value));
    }
  }
  return draw(e, *sampler, integer);
}

Binder::Operand Binder::compile_truncated(const Expression& e) {
  if (!may_draw(e)) return {.failed = true};
  constexpr std::array<std::string_view, 3> names = {"distribution", "low", "high"};
  std::string problem;
  const auto ordered = in_order(e, names, problem);
  if (ordered.empty()) return fail(e, problem);
  const Expression& inner = *ordered[0];
  const auto family = engine::family_named(inner.text);
  const bool table = inner.text == "empirical";
  if (inner.kind != Expression::Kind::call || (!family && !table)) {
    return fail(inner, "'truncated' takes a single distribution first");
  }
  std::optional<model::Sampler> sampler = table ? table_of(inner) : sampler_of(inner, *family);
  if (!sampler) return {.failed = true};
  const Operand low = compile(*ordered[1]);
  const Operand high = compile(*ordered[2]);
  if (low.failed || high.failed || !expect(*ordered[1], low, Type::number) ||
      !expect(*ordered[2], high, Type::number)) {
    return {.failed = true};
  }
  if (low.known && high.known && *low.known > *high.known) {
    return fail(*ordered[1], fmt::format("low, {}, is above high, {}", *low.known, *high.known));
  }
  if (!table && low.fixed && high.fixed && sampler->arguments == model::Arguments::constants) {
    const std::vector<double> arguments = constants_of(model_.program, *sampler);
    if (std::isnan(engine::truncated_quantile(*family, arguments, *low.known, *high.known, 0.5))) {
      return fail(e, fmt::format("{}({}) has no probability between {} and {}", inner.text,
                                 fmt::join(arguments, ", "), *low.known, *high.known));
    }
  }
  sampler->truncated = true;
  sampler->low = low.reg;
  sampler->high = high.reg;
  return draw(e, *sampler,
              family && engine::is_discrete(*family) && !engine::parameter_names(*family).empty());
}

std::optional<model::Sampler> Binder::table_of(const Expression& e) {
  if (e.arguments.size() != 2 || e.arguments[0].value.kind != Expression::Kind::string ||
      e.arguments[1].value.kind != Expression::Kind::string) {
    fail(e, "'empirical' takes two quoted texts", {}, "write empirical('file.csv', 'column')");
    return std::nullopt;
  }
  auto observations = read_observations(e.position, e.arguments[0].value.text,
                                        e.arguments[1].value.text, diagnostics_);
  if (observations.empty()) return std::nullopt;
  model::Sampler sampler;
  sampler.is_table = true;
  sampler.table = static_cast<std::uint32_t>(model_.program.tables.size());
  model_.program.tables.push_back(std::move(observations));
  model_.tables.push_back({e.arguments[0].value.text, e.arguments[1].value.text});
  return sampler;
}

Binder::Operand Binder::compile_empirical(const Expression& e) {
  if (!may_draw(e)) return {.failed = true};
  const auto sampler = table_of(e);
  if (!sampler) return {.failed = true};
  return draw(e, *sampler, false);
}

Binder::Operand Binder::draw(const Expression& e, model::Sampler sampler, bool integer) {
  ++draws_;
  sampler.stream =
      stream(draws_ == 1 ? stream_name_ : fmt::format("{}#{}", stream_name_, draws_), e.position);
  const auto index = static_cast<model::Register>(model_.program.samplers.size());
  model_.program.samplers.push_back(sampler);
  Operand result{.reg = temporary(), .type = Type::number, .integer = integer};
  model_.program.code.push_back({.op = model::Op::sample, .dst = result.reg, .a = index});
  return result;
}

}  // namespace truce::scenario
