#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "model/simulator.hpp"
#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// "'a.trust' is between 0 and 1", with what bounds are known.
std::string told(const LevelBounds& bounds, const std::string& level) {
  if (bounds.low && bounds.high) {
    return fmt::format("'{}' is between {} and {}", level, *bounds.low, *bounds.high);
  }
  return bounds.low ? fmt::format("'{}' is at least {}", level, *bounds.low)
                    : fmt::format("'{}' is at most {}", level, *bounds.high);
}

bool is_outside(double x, const LevelBounds& bounds) {
  return x < bounds.low.value_or(-infinity) || x > bounds.high.value_or(infinity);
}

}  // namespace

// What a trial would cut to the bounds without a word: a constant is an error at day 0.
void Compiler::bound_level(model::LevelId id, const Expression& written, const Bound& initial,
                           const LevelBounds& bounds) {
  if (level_bounds_.size() <= id.index()) level_bounds_.resize(id.index() + 1);
  level_bounds_[id.index()] = bounds;
  const std::string& name = model_.levels[id].name;
  if (!initial.known || !is_outside(*initial.known, bounds)) {
    if (bounds.low || bounds.high) bounded_draws_.push_back({id, written.position});
  } else {
    diagnostics_.error(written.position,
                       fmt::format("'initial' of '{}' is {}", name, *initial.known),
                       told(bounds, name));
  }
}

// During a trial bounds are a rule of their own: aid that is added stops at what can be taken in.
void Compiler::warn_of_cut(model::LevelId id, const Expression& written, const Bound& set) {
  if (!id.valid() || id.index() >= level_bounds_.size() || !set.known) return;
  const LevelBounds& bounds = level_bounds_[id.index()];
  if (!is_outside(*set.known, bounds)) return;
  const std::string& name = model_.levels[id].name;
  diagnostics_.warning(written.position, fmt::format("'{}' is set to {}", name, *set.known),
                       told(bounds, name) + ", and is kept there");
}

void Compiler::warn_of_leap(model::LevelId id, const Expression& written, const Bound& by) {
  if (!id.valid() || id.index() >= level_bounds_.size() || !by.known) return;
  const LevelBounds& bounds = level_bounds_[id.index()];
  if (!bounds.low || !bounds.high || std::abs(*by.known) <= *bounds.high - *bounds.low) return;
  const std::string& name = model_.levels[id].name;
  diagnostics_.warning(
      written.position,
      fmt::format("'{}' is moved by {}, more than its whole range", name, *by.known),
      told(bounds, name));
}

// Needs the finished program: how often the draw of an initial value is cut.
void Compiler::check_bounded_draws() {
  constexpr double often = 0.001;
  for (const auto& [id, position] : bounded_draws_) {
    const model::Level& level = model_.levels[id];
    const LevelBounds& bounds = level_bounds_[id.index()];
    // A draw of its own, or a parameter's where each trial draws it from the prior.
    const auto parameter = std::ranges::find_if(model_.parameters, [&](const model::Parameter& p) {
      return p.prior.present() && level.initial.form == model::Form::plain &&
             level.initial.result == static_cast<model::Register>(p.variable.index());
    });
    const bool of_prior = parameter != model_.parameters.end();
    const model::Expr& drawn = of_prior ? parameter->prior : level.initial;
    const auto ends = model::quantiles_of(model_, drawn, std::array{often, 1 - often});
    if (std::ranges::none_of(ends, [&](double x) { return is_outside(x, bounds); })) continue;
    diagnostics_.warning(
        position,
        of_prior ? fmt::format("draws of the prior of '{}' are cut to the bounds of '{}'",
                               parameter->name, level.name)
                 : fmt::format("draws of 'initial' of '{}' are cut to its bounds", level.name),
        told(bounds, level.name), "name 'truncated', or bounds that hold the draws");
  }
}

// One draw of a negative duration fails its trial, and trials that fail are no random sample.
void Compiler::check_negative_draws() {
  constexpr double hardly_ever = 1e-9;
  for (const PositiveDraw& draw : positive_draws_) {
    const auto low = model::quantiles_of(model_, draw.expression, std::array{hardly_ever});
    if (low.empty() || !(low[0] < 0)) continue;
    diagnostics_.warning(draw.position, fmt::format("'{}' can be drawn negative", draw.key),
                         "that fails the trial that draws it",
                         "write truncated(DISTRIBUTION, 0, HIGHEST)");
  }
}

// A value that its own prior excludes is a slip in one of the two.
void Compiler::check_priors() {
  constexpr double least = 1e-300;
  constexpr double most = 1 - 0x1p-53;
  constexpr double seldom_below = 0.0005;  // the utmost ends say nothing to a reader
  constexpr double seldom_above = 0.9995;
  for (const model::Parameter& parameter : model_.parameters) {
    const Symbol* symbol = symbols_.find(parameter.name);
    if (symbol == nullptr || !symbol->known || !parameter.prior.present()) continue;
    const auto range = model::quantiles_of(
        model_, parameter.prior, std::array{least, 0.25, 0.75, most, seldom_below, seldom_above});
    if (range.empty()) continue;
    const double slack = 1e-6 * (range[2] - range[1]);
    const double x = *symbol->known;
    if (x >= range[0] - slack && x <= range[3] + slack) continue;
    const auto written = std::ranges::find(scenario_.parameters, parameter.name,
                                           [](const Parameter& p) { return p.name.text; });
    const Position position = parameter.fixed
                                  ? Position{std::make_shared<const std::string>("--set")}
                                  : written->value.position;
    diagnostics_.warning(
        position, fmt::format("'{}' is {}, which its prior never draws", parameter.name, x),
        fmt::format("it draws from {:.4g} to {:.4g}, but once in 1,000", range[4], range[5]));
  }
}

}  // namespace truce::scenario
