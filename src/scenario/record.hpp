#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/constructs/fact.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/document.hpp"

namespace truce::scenario {

/// The version of records that this program reads.
inline constexpr int record_version = 1;

/// What an outcome came to, as written: a number, an ending or cause, yes or no, or a bound of what
/// was still going on.
struct RecordedOutcome {
  Name name;
  std::optional<Expression> is, at_least, at_most;
};

template <>
struct Room<RecordedOutcome> {
  static constexpr std::tuple rows = {
      row("is", may, Purpose::measured, "a number, an ending or cause, true or false",
          &RecordedOutcome::is),
      row("at_least", may, Purpose::duration, "no less than this: it was still going on",
          &RecordedOutcome::at_least),
      row("at_most", may, Purpose::duration, "no more than this", &RecordedOutcome::at_most),
      summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "outcome", .keys = keys, .plain = "is"};
  static void finish(MappingReader& in, RecordedOutcome& outcome);
};

/// What was counted day by day: columns of a CSV file.
struct Series {
  Name name;  ///< of a timeline, or of what an expression may read
  std::optional<Name> file;
  std::string day, value;            ///< names of the columns
  std::vector<double> days, values;  ///< filled by read_series
};

template <>
struct Room<Series> {
  static constexpr std::tuple rows = {
      unread("file", ValueKind::text, must, "path of the CSV file, relative to this one"),
      row("day", may, "name of the column with the days; default 'day'", &Series::day),
      row("value", may, "name of the column with the values; default 'value'", &Series::value),
      summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "series", .keys = keys};
  static void finish(MappingReader& in, Series& series);
};

/// What is on record of how a case went: facts by which trials are conditioned, and outcomes and
/// series that they are scored by.
struct Record {
  Node document;
  std::string name, summary;
  std::vector<std::string> sources;
  std::vector<Fact> known;  ///< in the order of their ends
  std::vector<RecordedOutcome> outcomes;
  std::vector<Series> series;
};

template <>
struct Room<Record> {
  static constexpr std::tuple rows = {
      unread("record", ValueKind::version, must, "version of records: 1"),
      row("name", may, "title", &Record::name),
      row("summary", may, "a paragraph on the case", &Record::summary),
      row("source", may, "references", &Record::sources),
      row("known", may, "facts", &Record::known),
      row("outcomes", may, "what outcomes came to", &Record::outcomes),
      row("series", may, "counts by day", &Record::series)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "record", .keys = keys};
  static void finish(MappingReader& in, Record& record);
};

/// Whether the document is a record: whether it has the key `record`.
bool is_record(const Node& document);

/// Reads a document. All that is wrong by itself is reported: keys, kinds of values, days, facts
/// that contradict each other. Nothing is returned then. Tables of series are left
/// to read_series.
std::optional<Record> read_record(Node document, Diagnostics& diagnostics);

/// The same of text, without looking at any file; `file` names it in messages.
std::optional<Record> read_record_text(std::string_view text, const std::string& file,
                                       Diagnostics& diagnostics);

/// Reads the tables of a record's series, and reports what is wrong there: columns that are
/// missing, what is no number, days that do not ascend.
void read_series(Record& record, Diagnostics& diagnostics);

/// A file, with its tables; nothing where anything is wrong.
std::optional<Record> load_record(const std::filesystem::path& path, Diagnostics& diagnostics);

}  // namespace truce::scenario
