#include "results/controlled.hpp"

#include "results/detail/control_statistics.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

/// Position of a column among those that are controlled.
std::size_t controlled_place(const Schema& schema, std::size_t column) {
  std::size_t place = 0;
  for (std::size_t c = 0; c < column; ++c) place += is_controlled(schema.columns[c]) ? 1 : 0;
  return place;
}

}  // namespace

struct ControlledOutcome::State {
  std::size_t column;
  ControlStatistics statistics;
};

ControlledOutcome::ControlledOutcome(const Schema& schema, std::size_t column)
    : state_(std::make_unique<State>(
          State{column, ControlStatistics(schema, controlled_place(schema, column))})) {}

ControlledOutcome::ControlledOutcome(ControlledOutcome&&) noexcept = default;
ControlledOutcome& ControlledOutcome::operator=(ControlledOutcome&&) noexcept = default;
ControlledOutcome::~ControlledOutcome() = default;

void ControlledOutcome::add(const Block& block) {
  state_->statistics.add(StoredBlock{.first = block.first,
                                     .status = block.status,
                                     .columns = {block.columns[state_->column]},
                                     .controls = block.controls});
}

ControlledMean ControlledOutcome::of(double mean, double se) const {
  const ControlStatistics& statistics = state_->statistics;
  return controlled_mean(mean, se, statistics.results(statistics.regression()).front());
}

Estimate better_of(const Estimate& plain, const ControlledMean& controlled, double z) {
  constexpr double least_gain = 1.1;  // less is not worth two means of the same thing
  if (!(controlled.gain >= least_gain)) return plain;
  const double half = z * controlled.se;
  return {controlled.mean, {controlled.mean - half, controlled.mean + half}, true};
}

}  // namespace truce::results
