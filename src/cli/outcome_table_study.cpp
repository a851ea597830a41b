#include <fmt/format.h>

#include <algorithm>

#include "cli/outcome_table_parts.hpp"
#include "cli/page_parts.hpp"
#include "cli/study_points.hpp"
#include "results/study_reader.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

/// The table of a study, as it is filled.
class StudyTableFiller {
 public:
  StudyTableFiller(const results::StudyReader& study, OutcomeTable& table)
      : study_(study), schema_(study.schema()), table_(table), counted_(schema_.contained.size()) {
    for (std::size_t row = 0; row < counted_.size(); ++row) counted_[row] = study.trials(row);
    for (const results::PointFailures& at : study.failures()) {
      counted_.at(at.point) -= at.failed;
      failed_ += at.failed;
    }
  }

  /// Where it is not `asked` for, an ending that never came is left out.
  void add_ending(const std::string& label, bool asked) {
    std::vector<OutcomeTable::Cell> cells;
    double most = 0;
    const auto shares = study_.ending(label);
    for (std::size_t row = 0; row < shares.size(); ++row) {
      cells.push_back(share_cell(shares[row], counted_[row]));
      if (shares[row] > most) most = shares[row];
    }
    if (most > 0 || asked) add("ending " + label, of_trials, true, cells);
  }

  void add_outcome(const results::Column& column) {
    const bool share = column.kind == results::ColumnKind::boolean;
    std::vector<OutcomeTable::Cell> cells;
    std::uint64_t without = 0;
    for (const results::OutcomeSummary& outcome : study_.summary(column.name)) {
      cells.push_back(outcome.count == 0 ? no_value : mean_cell(outcome));
      without += outcome.missing;
    }
    if (without > 0) missing_.push_back(fmt::format("{} in {}", column.name, without));
    add(column.name, unit_told(share, column.unit), share, cells);
  }

  void add_day(const std::string& name, double day) {
    std::vector<OutcomeTable::Cell> cells;
    for (std::size_t row = 0; row < counted_.size(); ++row) {
      cells.push_back(come_by_cell(day, study_.column(name, row), counted_[row]));
    }
    add(by_day(name, day), of_trials, true, cells);
  }

  void add_notes() {
    const auto trials =
        fmt::format("{} trials at {} points", study_.trials(), schema_.contained.size());
    table_.notes = table_notes(trials_told(trials, schema_.common.seed, failed_), table_, missing_);
  }

 private:
  /// Rows of the file go through the points of a variant, then the next variant.
  void add(const std::string& name, const std::string& unit, bool share,
           const std::vector<OutcomeTable::Cell>& cells) {
    const std::size_t points = schema_.contained.size() / schema_.variants.size();
    for (std::size_t point = 0; point < points; ++point) {
      OutcomeTable::Row row{.share = share};
      for (const double value : schema_.points[schema_.contained[point]].values) {
        row.keys.push_back(results::short_number(value));
      }
      row.keys.insert(row.keys.end(), {name, unit});
      for (std::size_t v = 0; v < schema_.variants.size(); ++v) {
        row.cells.push_back(cells[v * points + point]);
      }
      table_.rows.push_back(std::move(row));
    }
  }

  const results::StudyReader& study_;
  const results::StudySchema& schema_;
  OutcomeTable& table_;
  std::vector<std::uint64_t> counted_;  ///< trials of each point that did not fail
  std::uint64_t failed_ = 0;
  std::vector<std::string> missing_;
};

}  // namespace

OutcomeTable outcome_table_of_study(const std::string& file, const TableChoice& choice) {
  const results::StudyReader study(file);
  const results::StudySchema& schema = study.schema();
  require_whole(schema);
  require_names({&schema.common}, choice, file);
  OutcomeTable table{
      .title = schema.common.title, .keys = schema.parameters, .columns = schema.variants};
  table.keys.insert(table.keys.end(), {"outcome", "unit"});
  StudyTableFiller filler(study, table);
  const bool all = choice.outcomes.empty() && choice.endings.empty();
  for (const std::string& label : all ? results::endings_of(schema.common) : choice.endings) {
    filler.add_ending(label, !all);
  }
  bool any_event = false;
  for (const std::string& name : all ? told_outcomes(schema.common) : choice.outcomes) {
    const results::Column& column = *results::find_column(schema.common.columns, name);
    filler.add_outcome(column);
    if (!column.event_time) continue;
    any_event = true;
    for (const double day : choice.days) filler.add_day(name, day);
  }
  require_event(any_event, choice.days, file);
  filler.add_notes();
  return table;
}

}  // namespace truce::cli
