#include "results/outcome_sums.hpp"

#include <variant>

#include "results/detail/control_statistics.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

struct OutcomeSums::State {
  std::size_t column;
  std::variant<WholeColumn, RealColumn> values;
  std::optional<ControlStatistics> controls = {};
};

OutcomeSums::OutcomeSums(std::size_t column, ColumnKind kind)
    : state_(std::make_unique<State>(State{column, WholeColumn(kind)})) {
  constexpr bool for_another_look = true;  // then it counts no bins
  if (kind == ColumnKind::real) state_->values = RealColumn(for_another_look);
}

OutcomeSums::OutcomeSums(OutcomeSums&&) noexcept = default;
OutcomeSums& OutcomeSums::operator=(OutcomeSums&&) noexcept = default;
OutcomeSums::~OutcomeSums() = default;

void OutcomeSums::use_controls(const Schema& schema) {
  if (schema.controls && is_controlled(schema.columns[state_->column])) {
    state_->controls.emplace(schema, controlled_place(schema.columns, state_->column));
  }
}

void OutcomeSums::add(const Block& block) {
  const std::vector<double>& column = block.columns[state_->column];
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    if (auto* const real = std::get_if<RealColumn>(&state_->values)) {
      real->add(column[i]);
    } else {
      std::get<WholeColumn>(state_->values).add(static_cast<std::int32_t>(column[i]));
    }
  }
  if (!state_->controls) return;
  state_->controls->add(StoredBlock{.first = block.first,
                                    .status = block.status,
                                    .columns = {column},
                                    .controls = block.controls});
}

void OutcomeSums::add(const std::filesystem::path& part, const Schema& schema) {
  RunStatistics all(schema);
  guarded(part, [&] {
    const hdf5::Handle file = hdf5::open_file(part);
    read_state(hdf5::open_group(file.id(), "/").id(), all);
  });
  std::visit([&](auto& values) { all.add_column_to(state_->column, values); }, state_->values);
  if (state_->controls) all.add_controls_to(state_->column, *state_->controls);
}

Moments OutcomeSums::moments() const {
  return std::visit([](const auto& values) { return values.moments(); }, state_->values);
}

std::uint64_t OutcomeSums::missing() const {
  const auto* const real = std::get_if<RealColumn>(&state_->values);
  return real != nullptr ? real->missing() : 0;
}

std::optional<ControlledMean> OutcomeSums::controlled() const {
  if (!state_->controls || missing() > 0) return {};
  const Moments plain = moments();
  const ControlStatistics& controls = *state_->controls;
  return controlled_mean(plain.mean(), plain.standard_error(),
                         controls.results(controls.regression()).front());
}

}  // namespace truce::results
