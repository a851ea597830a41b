#include "evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truce/model/simulator.hpp"
#include "whole.hpp"

namespace truce::model {

Evaluator::Evaluator(const Model& model)
    : model_(&model), registers_(model.program.registers()), streams_(model.places.size()) {
  std::ranges::copy(model.program.constants, registers_.begin() + model.program.variables);
  for (const Place& place : model.places) keys_.push_back(place.key);
  std::size_t longest = 0;
  for (const Sampler& sampler : model.program.samplers) {
    longest = std::max<std::size_t>(longest, sampler.parameters.end - sampler.parameters.begin);
  }
  arguments_.resize(longest);
}

void Evaluator::reset(std::uint64_t seed, std::uint64_t trial, ChronicleSink* sink) {
  std::fill_n(registers_.begin(), model_->program.variables, 0.0);
  std::ranges::fill(streams_, Stream{});
  random_ = {seed, trial};
  sink_ = sink;
}

void Evaluator::tell(PlaceId place, std::uint32_t number, double u) {
  sink_->drew({.place = model_->places[place].name, .number = number, .u = u});
}

double Evaluator::sample_table(const Sampler& sampler) {
  const std::vector<double>& table = model_->program.tables[sampler.table];
  auto first = table.begin();
  auto last = table.end();
  if (sampler.truncated) {
    first = std::lower_bound(first, last, registers_[sampler.low]);
    last = std::upper_bound(first, last, registers_[sampler.high]);
    if (first == last) {
      throw TrialError(fmt::format("no observation of '{}' is within the bounds of truncated",
                                   model_->places[sampler.place].name));
    }
  }
  const auto count = static_cast<double>(last - first);
  return first[static_cast<std::ptrdiff_t>(uniform(sampler.place) * count)];
}

double Evaluator::sample(const Sampler& sampler) {
  const std::size_t count = sampler.parameters.end - sampler.parameters.begin;
  const std::span<double> arguments(arguments_.data(), count);
  for (std::size_t i = 0; i < count; ++i) {
    arguments[i] = registers_[model_->program.parameter_registers[sampler.parameters.begin + i]];
  }
  if (const auto problem = engine::parameter_problem(sampler.family, arguments); !problem.empty()) {
    throw TrialError(fmt::format("'{}': {} of {}({})", model_->places[sampler.place].name, problem,
                                 engine::name_of(sampler.family), fmt::join(arguments, ", ")));
  }
  const double u = uniform(sampler.place);
  if (!sampler.truncated) return engine::quantile(sampler.family, arguments, u);
  const double low = registers_[sampler.low];
  const double high = registers_[sampler.high];
  const double x = engine::truncated_quantile(sampler.family, arguments, low, high, u);
  if (std::isnan(x)) {
    throw TrialError(fmt::format(
        "'{}': {}({}) has no probability between {} and {}", model_->places[sampler.place].name,
        engine::name_of(sampler.family), fmt::join(arguments, ", "), low, high));
  }
  return x;
}

void Evaluator::execute(Range code) {
  const Instruction* const instructions = model_->program.code.data();
  double* const r = registers_.data();
  for (std::uint32_t at = code.begin; at < code.end; ++at) {
    const Instruction& i = instructions[at];
    switch (i.op) {
      case Op::copy:
        r[i.dst] = r[i.a];
        break;
      case Op::negate:
        r[i.dst] = -r[i.a];
        break;
      case Op::logical_not:
        r[i.dst] = r[i.a] == 0;
        break;
      case Op::add:
        r[i.dst] = r[i.a] + r[i.b];
        break;
      case Op::subtract:
        r[i.dst] = r[i.a] - r[i.b];
        break;
      case Op::multiply:
        r[i.dst] = r[i.a] * r[i.b];
        break;
      case Op::divide:
        r[i.dst] = r[i.a] / r[i.b];
        break;
      case Op::power:
        r[i.dst] = std::pow(r[i.a], r[i.b]);
        break;
      case Op::less:
        r[i.dst] = r[i.a] < r[i.b];
        break;
      case Op::less_equal:
        r[i.dst] = r[i.a] <= r[i.b];
        break;
      case Op::greater:
        r[i.dst] = r[i.a] > r[i.b];
        break;
      case Op::greater_equal:
        r[i.dst] = r[i.a] >= r[i.b];
        break;
      case Op::equal:
        r[i.dst] = r[i.a] == r[i.b];
        break;
      case Op::not_equal:
        r[i.dst] = r[i.a] != r[i.b];
        break;
      case Op::logical_and:
        r[i.dst] = (r[i.a] != 0) & (r[i.b] != 0);
        break;
      case Op::logical_or:
        r[i.dst] = (r[i.a] != 0) | (r[i.b] != 0);
        break;
      case Op::minimum:
        r[i.dst] = std::min(r[i.a], r[i.b]);
        break;
      case Op::maximum:
        r[i.dst] = std::max(r[i.a], r[i.b]);
        break;
      case Op::absolute:
        r[i.dst] = std::fabs(r[i.a]);
        break;
      case Op::exponential:
        r[i.dst] = std::exp(r[i.a]);
        break;
      case Op::logarithm:
        r[i.dst] = std::log(r[i.a]);
        break;
      case Op::square_root:
        r[i.dst] = std::sqrt(r[i.a]);
        break;
      case Op::floor:
        r[i.dst] = whole_down(r[i.a]);
        break;
      case Op::ceil:
        r[i.dst] = -whole_down(-r[i.a]);
        break;
      case Op::round:
        r[i.dst] = whole_nearest(r[i.a]);
        break;
      case Op::clamp:
        r[i.dst] = std::min(std::max(r[i.a], r[i.b]), r[i.c]);
        break;
      case Op::logistic:
        r[i.dst] = 1 / (1 + std::exp(-r[i.a]));
        break;
      case Op::select:
        r[i.dst] = r[i.a] != 0 ? r[i.b] : r[i.c];
        break;
      // The loop steps on by one.
      case Op::jump_unless:
        if (r[i.a] == 0) at = i.dst - 1;
        break;
      case Op::jump:
        at = i.dst - 1;
        break;
      case Op::sample:
        r[i.dst] = sample(model_->program.samplers[i.a]);
        break;
      case Op::empirical:
        r[i.dst] = sample_table(model_->program.samplers[i.a]);
        break;
    }
  }
}

}  // namespace truce::model
