#include "model/trial/evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/operations.hpp"
#include "model/trial/fail.hpp"

namespace truce::model {

Evaluator::Evaluator(const Model& model, ParameterSource parameters) : model_(&model) {
  std::vector<double>& registers = state_.registers;
  registers.assign(model.program.fixed.rbegin(), model.program.fixed.rend());
  registers.resize(registers.size() + model.program.variables);
  state_.streams.resize(model.streams.size());
  unused_ = state_.streams;
  variables_ = registers.data() + model.program.fixed.size();
  start_.resize(model.program.variables);
  for (const Stream& stream : model.streams) keys_.push_back(stream.key);
  std::size_t longest = 0;
  for (const Sampler& sampler : model.program.samplers) {
    longest = std::max<std::size_t>(longest, sampler.parameters.end - sampler.parameters.begin);
  }
  arguments_.resize(longest);
  for (const Sampler& sampler : model.program.samplers) {
    const bool is_fixed =
        sampler.arguments == Arguments::constants ||
        (sampler.arguments == Arguments::parameters && parameters == ParameterSource::point);
    fixed_.emplace_back();
    if (is_fixed && !sampler.truncated) fixed_.back().state = Fixed::State::to_be_made;
  }
}

void Evaluator::reset(std::uint64_t seed, std::uint64_t trial) {
  std::ranges::copy(start_, variables_);
  std::ranges::copy(unused_, state_.streams.begin());  // faster than to fill them one by one
  state_.random = {seed, trial};
}

void Evaluator::listen(TraceSink* sink, DrawHook* hook) {
  sink_ = sink;
  hook_ = hook;
  recording_ = sink != nullptr || hook != nullptr;
}

void Evaluator::fork(std::uint64_t number) {
  if (number == 0) return;
  state_.random = state_.random.fork(number);
  for (engine::StreamState& stream : state_.streams) stream.spare_is = 0;
}

void Evaluator::restore(const State& state) {
  TRUCE_EXPECT(state.registers.size() == state_.registers.size());
  TRUCE_EXPECT(state.streams.size() == state_.streams.size());
  std::ranges::copy(state.registers, state_.registers.begin());  // `variables_` points into them
  std::ranges::copy(state.streams, state_.streams.begin());
  state_.random = state.random;
}

void Evaluator::keep_as_start() {
  start_.assign(variables_, variables_ + start_.size());
}

void Evaluator::share_parameters() {
  double* const r = variables_;
  for (const Instruction& i : model_->program.of_parameters) {
    r[i.dst] = apply(i.op, r[i.a], r[i.b], r[i.c]);
  }
}

double Evaluator::handed(StreamId stream, OfferedDraw draw) {
  draw.u = next(stream);
  if (hook_ == nullptr) return draw.u;
  draw.address = {stream, state_.streams[stream.index()].drawn - 1};
  draw.time = value(model_->time);
  const double u = hook_->on_draw(draw);
  TRUCE_EXPECT(u > 0 && u < 1);
  return u;
}

double Evaluator::recorded(StreamId stream, const OfferedDraw& draw) {
  const double u = handed(stream, draw);
  if (draw.use == DrawUse::chance || draw.use == DrawUse::position) {
    happened(u, draw.probability, stream);
  } else {
    counted(u, stream);
  }
  tell(stream, {.u = u,
                .held = draw.use == DrawUse::value ? Held::nothing : Held::chance,
                .probability = draw.probability});
  return u;
}

double Evaluator::offered_choice(std::span<const double> weights, double sum, StreamId stream) {
  shares_.resize(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) shares_[i] = weights[i] / sum;
  return chosen(handed(stream, {.use = DrawUse::choice, .shares = shares_}), weights, sum, stream);
}

void Evaluator::record_choice(StreamId stream, double u, std::span<const double> weights,
                              double sum, std::size_t chosen) {
  double before = 0;
  for (std::size_t i = 0; i < chosen; ++i) before += weights[i];
  tell(stream, {.u = u,
                .held = Held::choice,
                .probability = weights[chosen] / sum,
                .from = before / sum,
                .chosen = static_cast<std::uint32_t>(chosen)});
}

void Evaluator::record_certain_choice(std::size_t only, std::size_t count, StreamId stream) {
  shares_.assign(count, 0.0);
  shares_[only] = 1;
  const double u = handed(stream, {.use = DrawUse::choice, .shares = shares_});
  tell(
      stream,
      {.u = u, .held = Held::choice, .probability = 1, .chosen = static_cast<std::uint32_t>(only)});
}

double Evaluator::recorded_value(std::size_t index, StreamId stream) {
  const Sampler& sampler = model_->program.samplers[index];
  struct AtSampler {
    Evaluator* numbers;
    std::size_t sampler;
  } const source{this, index};
  OfferedDraw draw{.value = {&source, [](const void* of, double u) {
                               const auto& its = *static_cast<const AtSampler*>(of);
                               return its.numbers->value_of(its.sampler, u);
                             }}};
  if (!sampler.is_table && !sampler.truncated) {
    draw.family = sampler.family;
    draw.arguments = arguments_of(sampler);
  }
  return recorded(stream, draw);
}

void Evaluator::tell(StreamId stream, Draw draw) {
  if (sink_ == nullptr) return;
  draw.time = value(model_->time);
  draw.stream = model_->streams[stream].name;
  draw.number = state_.streams[stream.index()].drawn - 1;
  if (draw.held != Held::nothing) {  // else it may stand amid an expression that is under way
    formulas_.clear();
    for (const FormulaId id : model_->streams[stream].formulas) {
      const Formula& formula = model_->formulas[id];
      formulas_.push_back({formula.name, (*this)(formula.value)});
    }
    draw.formulas = formulas_;
  }
  sink_->on_draw(draw);
}

double Evaluator::quantile_in_table(const Sampler& sampler, double u) const {
  const std::vector<double>& table = model_->program.tables[sampler.table];
  auto first = table.begin();
  auto last = table.end();
  if (sampler.truncated) {
    first = std::lower_bound(first, last, at(sampler.low));
    last = std::upper_bound(first, last, at(sampler.high));
    if (first == last) {
      fail("no observation of '{}' is within the bounds of truncated",
           model_->streams[sampler.stream].name);
    }
  }
  const auto count = static_cast<double>(last - first);
  return first[static_cast<std::ptrdiff_t>(u * count)];
}

std::span<const double> Evaluator::arguments_of(const Sampler& sampler) {
  const std::size_t count = sampler.parameters.end - sampler.parameters.begin;
  const std::span<double> arguments(arguments_.data(), count);
  for (std::size_t i = 0; i < count; ++i) {
    arguments[i] = at(model_->program.parameter_registers[sampler.parameters.begin + i]);
  }
  if (const auto problem = engine::parameter_problem(sampler.family, arguments); !problem.empty()) {
    fail("'{}': {} of {}({})", model_->streams[sampler.stream].name, problem,
         engine::name_of(sampler.family), fmt::join(arguments, ", "));
  }
  return arguments;
}

double Evaluator::quantile(const Sampler& sampler, double u) {
  TRUCE_EXPECT(u > 0 && u < 1);
  if (sampler.is_table) return quantile_in_table(sampler, u);
  const std::span<const double> arguments = arguments_of(sampler);
  if (!sampler.truncated) return engine::quantile(sampler.family, arguments, u);
  const double low = at(sampler.low);
  const double high = at(sampler.high);
  const double x = engine::truncated_quantile(sampler.family, arguments, low, high, u);
  if (std::isnan(x)) {
    fail("'{}': {}({}) has no probability between {} and {}", model_->streams[sampler.stream].name,
         engine::name_of(sampler.family), fmt::join(arguments, ", "), low, high);
  }
  return x;
}

double Evaluator::evaluate(const Expr& expression) {
  const Instruction* next = model_->program.code.data() + expression.code;
  const Instruction* const end = next + expression.length;
  double* const r = variables_;
  switch (expression.form) {
    case Form::plain:
      break;
    case Form::chain: {
      double x = r[next->a];
      for (; next != end; ++next) x = x * r[next->b] + r[next->c];
      return x;
    }
    case Form::sums:
      for (; next != end; ++next) r[next->dst] = r[next->a] * r[next->b] + r[next->c];
      break;
    case Form::sample:
      return draw(static_cast<std::size_t>(next->a));
    case Form::general:
      return execute(expression);
  }
  return at(expression.result);
}

double Evaluator::execute(const Expr& expression) {
  const Instruction* const instructions = model_->program.code.data();
  double* const r = variables_;
  const std::uint32_t end = expression.code + expression.length;
  for (std::uint32_t next = expression.code; next < end;) {
    const Instruction& i = instructions[next++];
    if (computes(i.op)) {
      r[i.dst] = apply(i.op, r[i.a], r[i.b], r[i.c]);
    } else if (i.op == Op::sample) {
      r[i.dst] = draw(static_cast<std::size_t>(i.a));
    } else if (i.op == Op::jump || r[i.a] == 0) {
      next = static_cast<std::uint32_t>(i.dst);
    }
  }
  return at(expression.result);
}

double Evaluator::draw(std::size_t index) {
  const Sampler& sampler = model_->program.samplers[index];
  Fixed& fixed = fixed_[index];
  if (fixed.state == Fixed::State::to_be_made) [[unlikely]] {
    fixed.quantile = engine::TabulatedQuantile(sampler.family, arguments_of(sampler));
    fixed.state = Fixed::State::made;
  }
  const double u = recording_ ? recorded_value(index, sampler.stream)
                              : counted(next(sampler.stream), sampler.stream);
  return fixed.state == Fixed::State::made ? fixed.quantile(u) : quantile(sampler, u);
}

double Evaluator::value_of(std::size_t index, double u) {
  Fixed& fixed = fixed_[index];
  return fixed.state == Fixed::State::made ? fixed.quantile(u)
                                           : quantile(model_->program.samplers[index], u);
}

}  // namespace truce::model
