#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/ids.hpp"
#include "model/program.hpp"

/// What a compiled scenario is made of: what it names, with the tables of it.
namespace truce::model {

using PartyId = Id<struct Party>;
using CohortId = Id<struct Cohort>;
using LevelId = Id<struct Level>;
using WindowId = Id<struct Window>;
using PolicyId = Id<struct Policy>;
using PhaseId = Id<struct Phase>;
using ObligationId = Id<struct Obligation>;
using TalksId = Id<struct Talks>;
using IncidentId = Id<struct Incident>;
using TriggerId = Id<struct Trigger>;
using DueEntryId = Id<struct DueEntry>;  ///< within its obligation

struct Party {
  std::string name;
  LevelId trust;  ///< invalid where the party has none
  VariableId suspended;
  Expr on_fulfilled, on_breached, on_settled, on_incident;  ///< added to its trust
  EventId halted, resumed;
};

struct Cohort {
  std::string name;
  PartyId held_by;
  Expr living, remains, held;
  Expr death_rate;  ///< mortality times those living
  StreamId mortality_stream;
  VariableId living_now, remains_now, freed, returned, died, captured;
  EventId death, release, capture;
  WatcherId watcher;
};

/// Scalar state with bounds and drift: levels, attributes and trust alike.
struct Level {
  std::string name;
  VariableId value;
  Expr initial, min, max, drift;
};

/// A time that comes again and again, or once.
struct Window {
  std::string name;
  Expr from, lasts;
  Expr every;  ///< absent: once
  VariableId open;
  EventId opened, closed;
};

enum class ResponseKind : std::uint8_t { tolerate, dispute, hold, suspend, retaliate, withdraw };

struct Response {
  ResponseKind kind = ResponseKind::tolerate;
  Expr notice;
  Expr lasts;                                             ///< absent: until mended or resumed
  std::vector<std::pair<PartyId, IncidentId>> incidents;  ///< of retaliate, by the party that draws
};

struct Policy {
  std::string name;
  std::vector<Response> responses;
  std::vector<Expr> weights;  ///< of the responses
};

enum class Unsettled : std::uint8_t { retry, drop, withdraw };

/// The streams from which one subject (an obligation or an incident) draws what follows its breach.
struct BreachStreams {
  StreamId response, settles, unsettled;
};

/// As they are drawn.
inline constexpr std::array unsettled_choices = {Unsettled::retry, Unsettled::drop,
                                                 Unsettled::withdraw};

struct Mediation {
  Expr teams, settles;
  std::array<Expr, unsettled_choices.size()> unsettled;  ///< weights, of `unsettled_choices`
};

enum class EffectKind : std::uint8_t {
  set,
  add,
  release,
  release_remains,
  deaths,
  capture,
  transfer,
  transfer_remains,
  due,
  credit,
  open,
  close,
  advance,
  extend,
  incident,
  suspend,
  hold,
  resume_party,
  resume_obligation,
  collapse,
  end,
  signal
};

struct Effect {
  EffectKind kind = EffectKind::set;
  Expr condition, chance, after;
  StreamId chance_stream;
  std::uint32_t followers = 0;  ///< how many after it share its condition, chance and delay
  AnyId subject;                ///< the entity that it acts on, as the kind says
  CohortId to;                  ///< of a transfer
  Expr value;                   ///< amount or duration
};

enum class Delivery : std::uint8_t { living, remains, effects };
enum class Upon : std::uint8_t { fulfilled, performed };
enum class Singly : std::uint8_t { no, yes };

struct DueEntry {
  Expr day;              ///< of a single one
  Expr every, from, to;  ///< of a series; without `to` while the phase is active
  Expr count;            ///< absent: `rest`, or a tranche of effects
};

struct Obligation {
  std::string name;
  PhaseId phase;
  PartyId by, to;
  Delivery delivery = Delivery::effects;
  Singly singly = Singly::no;
  Upon upon = Upon::fulfilled;
  CohortId cohort;
  Range effects;
  Table<DueEntryId, DueEntry> due;
  ObligationId against;
  std::vector<ObligationId> answers;  ///< the obligations that are against this one
  Expr ratio, count, lag;
  Expr requires_, comply, late_by, partial_share, share, tolerance, takes, grace;
  std::array<Expr, 3> otherwise;  ///< weights of late, partial, refuse; all absent: refuse
  bool verified = false;          ///< else everything is seen at once, as it is
  Expr verifier_takes, detects, false_alarms;
  Expr mediation_takes;
  PolicyId policy;
  StreamId comply_stream, otherwise_stream, seen_stream;
  BreachStreams streams;
  CauseId cause;
  VariableId delivered, missing;
  EventId performed, fulfilled, breached, remedied, voided;
  WatcherId requires_watcher;
};

struct Rule {
  Expr condition, chance;
  StreamId chance_stream;
  Range effects;
};

struct Phase {
  std::string name;
  Expr lasts, ends_when;
  std::vector<ObligationId> obligations;
  std::vector<Rule> rules;
  VariableId active, began;  ///< began: time of the last beginning, -infinity if never
  EventId started, ended;
  WatcherId ends_when_watcher;
};

/// Whether a party that has refused goes on refusing until its probability has risen enough.
enum class Positions : std::uint8_t { fixed, redrawn };

struct Talks {
  std::string name;
  Positions positions = Positions::fixed;
  Expr rounds, agree, ratify_takes, deadline;
  std::vector<std::pair<Expr, StreamId>> ratify;
  StreamId agree_stream;
  Range on_agreed, on_failed;
  VariableId open;
  EventId opened, agreed, rejected, failed;
};

struct Incident {
  std::string name;
  PartyId by, to;
  Expr severity;
  VariableId severity_now;  ///< of the last occurrence
  Expr rate, jump, decay, while_;
  StreamId stream;
  PolicyId policy;
  BreachStreams streams;
  Expr mediation_takes;
  CauseId cause;
  Range effects;
  EventId occurred;
  WatcherId watcher;
};

enum class Source : std::uint8_t { upon, when, at, every, rate };

struct Trigger {
  std::string name;
  Source source = Source::upon;
  Expr expression;  ///< of when, at, every, rate
  Expr while_, chance, limit;
  StreamId chance_stream, rate_stream;
  Range effects;
  EventId fired;
  WatcherId watcher;
};

/// The tables of all these.
struct Entities {
  Table<PartyId, Party> parties;
  Table<CohortId, Cohort> cohorts;
  Table<LevelId, Level> levels;  ///< in the order parties' (trust, attributes), then levels
  Table<WindowId, Window> windows;
  Table<PolicyId, Policy> policies;
  Table<PhaseId, Phase> phases;
  Table<ObligationId, Obligation> obligations;
  Table<TalksId, Talks> talks;
  Table<IncidentId, Incident> incidents;
  Table<TriggerId, Trigger> triggers;
};

}  // namespace truce::model
