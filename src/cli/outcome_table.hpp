#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/interval.hpp"

namespace truce::cli {

/// Outcomes of several runs, or of a study's variants, side by side.
struct OutcomeTable {
  /// A mean or a share, NaN where there is no value.
  struct Cell {
    double value = 0;
    results::Interval ci;  ///< 95 %; NaN where there is none
    bool few = false;      ///< too few trials to rely on the interval
  };
  struct Row {
    std::vector<std::string> keys;  ///< as many as `keys` of the table
    bool share = false;             ///< of trials, 0 to 1
    std::vector<Cell> cells;        ///< as many as `columns`
  };

  std::string title;
  std::vector<std::string> keys;  ///< headings of what tells rows apart, "outcome" and "unit" last
  std::vector<std::string> columns;  ///< runs or variants
  std::vector<Row> rows;
  std::vector<std::string> notes;  ///< sentences
};

/// What the rows are.
struct TableChoice {
  std::vector<std::string> outcomes;
  std::vector<std::string> endings;
  /// Days by which times of an event are told, each with the share of trials in which it came.
  std::vector<double> days;
};

/// A column for each run, named as its file; or, of the one study, for each variant, with a row for
/// each outcome at each point. Without a choice: the endings that occurred, and the scenario's own
/// outcomes with the duration. Throws ResultsError, and std::invalid_argument for an outcome that
/// is not there or is a category, or for several files of which one is of a study.
OutcomeTable outcome_table(const std::vector<std::string>& files, const TableChoice& choice);

enum class TableFormat : std::uint8_t { markdown, csv, latex, html };

/// The table as text, with what the format takes for markup escaped. CSV has numbers in full
/// precision, shares from 0 to 1, an interval's ends in columns of their own, and no notes; the
/// others round by the interval, with shares in per cent. LaTeX needs the package booktabs.
std::string table_text(const OutcomeTable& table, TableFormat format);

}  // namespace truce::cli
