#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/entities.hpp"

/// The compiled scenario: immutable tables that the interpreter walks. Every name has become an
/// index, every expression a range of code.
namespace truce::model {

struct Variable {
  std::string name;
  double initial = 0;
  bool integer = false;  ///< holds whole numbers only
};

/// An event that counts its occurrences in a variable.
struct Event {
  VariableId count;
  VariableId last;  ///< time of the last occurrence; invalid where nothing asks
  Range triggers;   ///< in Model::triggers_by_event
};

/// What an event is called in the chronicle; apart, as trials do without.
struct EventLabel {
  std::string name;
  PartyId who;  ///< whose event it is
};

/// What is re-read when one of its inputs has changed. Conditions come first, in the order in which
/// they are to be read; then rates; then measures.
enum class WatcherKind : std::uint8_t {
  ends_when,
  requires_,
  waits,
  when,
  incident_rate,
  trigger_rate,
  mortality,
  measure
};

struct Watcher {
  WatcherKind kind = WatcherKind::measure;
  AnyId subject;
};

/// Watchers to be marked together, as bits: watcher r is bit r % 64 of word r / 64.
struct DirtyMask {
  static constexpr std::uint32_t bits_per_word = 64;

  std::uint32_t word = 0;
  std::uint64_t bits = 0;
};

/// What depends on which variable. Conditions, rates and measures each begin with a word of bits of
/// their own; what is left of a word is not used. Measures are in the order of Model::measures.
struct DependencyGraph {
  std::vector<Watcher> watchers;
  std::uint32_t first_rate_word = 0, first_measure_word = 0;
  std::vector<Range> by_variable;  ///< in `masks`
  std::vector<DirtyMask> masks;
  std::vector<DirtyMask> all;
  std::vector<DirtyMask> clock_readers;  ///< to be read again at ticks
};

enum class MeasureKind : std::uint8_t { first, integral, peak, trough, timeline };

struct Measure {
  MeasureKind kind = MeasureKind::integral;
  Expr expression;
};

enum class ColumnSource : std::uint8_t { ending, cause, duration, expression, measure };

/// A column of the trials' table.
struct Column {
  enum class Kind : std::uint8_t { real, integer, boolean, category };
  std::string name;
  Kind kind = Kind::real;
  std::string unit, summary;
  ColumnSource source = ColumnSource::expression;
  Expr expression;
  MeasureId measure;
  bool at_ending = false;  ///< read at the ending, else at the trial's end
};

struct TimelineInfo {
  std::string name;
  bool integer = false;
};

/// Where observations were read, as the scenario names it.
struct TableInfo {
  std::string file;
  std::string column;
};

/// Joins priors by a Gaussian copula (Nelsen, An Introduction to Copulas, 2006, 2.3): the normal
/// scores of the parameters' uniform numbers are multiplied by the Cholesky factor of their
/// correlations.
struct Copula {
  std::vector<std::size_t> parameters;  ///< in Model::parameters
  std::vector<std::uint32_t> samplers;  ///< of their priors
  std::vector<double> factor;           ///< lower triangle, row by row
};

struct Parameter {
  std::string name;
  VariableId variable;
  Expr value;
  Expr prior;
  bool fixed = false;       ///< by --set: not drawn
  bool drawn = false;       ///< from_priors gives each trial a value of its own: from the prior, or
                            ///< computed from such
  bool correlated = false;  ///< drawn by the copula
};

enum class AfterCollapse : std::uint8_t { end, go_on };

/// How long a trial is observed: to the horizon, or to its ending.
enum class Observe : std::uint8_t { horizon, ending };

/// The variables of what is evaluated on behalf of a tranche or an incident.
struct ContextVariables {
  VariableId count, number, delivered, missing, late;  ///< of the tranche
  VariableId severity;                                 ///< of the incident
};

struct Model : Entities {
  Program program;
  Table<StreamId, Stream> streams;
  Table<VariableId, Variable> variables;
  Table<EventId, Event> events;
  Table<EventId, EventLabel> event_labels;
  Table<FormulaId, Formula> formulas;
  Table<EndingId, std::string> endings;
  Table<CauseId, std::string> causes;  ///< the first is "none"
  std::vector<Effect> effects;
  std::vector<std::string> effect_names;     ///< where each is written, as `owner.do.1`
  std::vector<TriggerId> triggers_by_event;  ///< see Event::triggers
  std::vector<Parameter> parameters;         ///< in an order in which values can be computed
  Copula copula;
  std::size_t party_levels = 0;  ///< how many of `levels` belong to parties
  std::vector<LevelId> drifting;
  Mediation mediation;
  Range begin;
  bool begin_given = false;  ///< else the first phase begins
  AfterCollapse after_collapse = AfterCollapse::end;
  Observe observe = Observe::horizon;
  EndingId horizon_ending, collapsed_ending, completed_ending, incomplete_ending;
  Expr horizon, tick;

  DependencyGraph dependencies;
  WatcherId waits_watcher;

  Table<MeasureId, Measure> measures;  ///< timelines last, in their order
  MeasureId first_timeline{0};
  std::vector<Column> columns;
  std::vector<TimelineInfo> timelines;
  std::vector<TableInfo> tables;  ///< in the order of `Program::tables`

  VariableId time, active, over, kept, disputes_open, restrained;
  ContextVariables context;
  bool reads_context = false;  ///< whether any expression does
  bool reads_kept = false;     ///< whether any does; else that variable is not kept up
  EventId collapsed, dispute_opened, dispute_settled, dispute_failed;
};

}  // namespace truce::model
