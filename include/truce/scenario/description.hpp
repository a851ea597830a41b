#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/scenario/document.hpp"
#include "truce/scenario/syntax.hpp"

/// A scenario as written: small value types with their positions, before names are resolved. What
/// is absent in the file is absent here; defaults belong to the compiler.
namespace truce::scenario {

/// A name where it is defined or used, perhaps dotted (`hamas.trust`).
struct Name {
  std::string text;
  Position position;
};

struct Parameter {
  Name name;
  Expression value;
  std::optional<Expression> prior;
  std::string unit, summary, source;
};

struct Correlation {
  Name first, second;
  Expression rho;
  Position position;
};

/// Scalar state: a level, an attribute of a party, or (with the four shifts) its trust.
struct Level {
  Name name;
  Expression initial;
  std::optional<Expression> min, max, drift;
  std::string unit, summary, source;
};

struct Trust {
  Position position;
  Expression initial;
  std::optional<Expression> fulfilled, breached, settled, incident;
};

enum class Role { principal, mediator, guarantor, monitor, donor, spoiler };

struct Party {
  Name name;
  std::optional<Role> role;
  std::optional<Trust> trust;
  std::vector<Level> attributes;  ///< named by their last part, e.g. `engagement`
  std::string summary, source;
};

struct Cohort {
  Name name;
  Name held_by;
  std::optional<Expression> living, remains, held, mortality;
  std::string summary, source;
};

struct Verifier {
  Name name;
  std::optional<Expression> takes, detects, false_alarms;
  std::string summary, source;
};

struct Response {
  enum class Kind { tolerate, dispute, hold, suspend, retaliate, withdraw };
  Kind kind = Kind::tolerate;
  Position position;
  Expression weight;
  std::optional<Expression> lasts, notice;         ///< keys `for`, `notice` of hold, suspend
  std::optional<Name> incident;                    ///< of retaliate: one for every party
  std::vector<std::pair<Name, Name>> incident_of;  ///< or party: incident
};

struct Policy {
  Name name;
  std::vector<Response> responses;
};

struct Mediation {
  enum class Unsettled { retry, drop, withdraw };
  Position position;
  std::optional<Expression> teams, takes, settles;
  std::vector<std::pair<Unsettled, Expression>> unsettled;
  std::string summary, source;
};

struct Effect {
  enum class Kind {
    set,
    add,
    release,
    deaths,
    due,
    credit,  ///< `assignments`
    open,
    close,
    advance,
    incident,
    resume,
    collapse,
    end,
    signal,  ///< `target`
    extend,  ///< `lasts`
    suspend,
    hold,  ///< `target`, perhaps `lasts`
  };
  Kind kind = Kind::set;
  Position position;
  std::vector<std::pair<Name, Expression>> assignments;
  Name target;
  std::optional<Expression> lasts, condition, chance, after;
};

/// An entry of `due`: `{day, count}` or `{every, from, to, count}`.
struct DueEntry {
  Position position;
  std::optional<Expression> day, every, from, to;
  std::optional<Expression> count;  ///< absent for `rest` and for tranches of effects
  bool rest = false;
};

struct Obligation {
  enum class Failure { late, partial, refuse };
  enum class Upon { fulfilled, performed };
  Name name;
  Name by;
  std::optional<Name> to;
  std::optional<Name> release;  ///< a cohort, or `COHORT.remains`
  std::optional<std::vector<Effect>> effects;
  std::vector<DueEntry> due;
  std::optional<Position> due_position;  ///< of the key, where it is written
  std::optional<Name> against;
  std::optional<Expression> ratio, count, lag;
  std::optional<Upon> upon;
  bool singly = false;
  std::optional<Expression> requires_, comply, late_by, partial_share, share, tolerance, takes,
      grace;
  std::vector<std::pair<Failure, Expression>> otherwise;
  std::optional<Name> verified_by, breach;
  std::optional<Name> stream;  ///< names its random streams, in place of `name`
  std::string summary, source;
};

struct Rule {  ///< of `then`
  Position position;
  std::optional<Expression> condition, chance;
  std::vector<Effect> effects;
};

struct Phase {
  Name name;
  std::optional<Expression> lasts, ends_when;
  std::vector<Obligation> obligations;
  std::optional<std::vector<Rule>> then;
  std::string summary, source;
};

struct Talks {
  Name name;
  std::optional<Expression> rounds, agree, ratify_takes, deadline;
  std::vector<std::pair<Name, Expression>> ratify;
  std::optional<Name> stream;
  std::vector<Effect> agreed, failed;
  std::string summary, source;
};

struct Incident {
  Name name;
  std::optional<Name> by, to;
  std::optional<Expression> rate, jump, decay, condition;  ///< `excites: {jump, decay}`, `while`
  std::optional<Name> breach, stream;
  std::vector<Effect> effects;
  std::string summary, source;
};

struct Trigger {
  Name name;
  std::vector<Name> upon;
  std::optional<Expression> when, at, every, rate;     ///< just one source is present, or `upon`
  std::optional<Expression> condition, chance, limit;  ///< `while`, `chance`, `limit`
  std::vector<Effect> effects;
  std::string summary, source;
};

struct Outcome {
  enum class Kind { value, first, integral, peak, trough };
  Kind kind = Kind::value;
  Name name;
  Expression expression;
  std::string unit, summary;
};

struct Timeline {
  Name name;  ///< the text of its expression
  Expression expression;
};

enum class OnCollapse { end, continue_ };

struct Scenario {
  Node document;  ///< merged with what it extends
  Position position;
  std::string name, summary, start;
  std::vector<std::string> sources;
  std::optional<Expression> horizon, tick;
  std::vector<Parameter> parameters;
  std::vector<Correlation> correlations;
  std::vector<Party> parties;
  std::vector<Cohort> cohorts;
  std::vector<Level> levels;
  std::vector<Verifier> verifiers;
  std::vector<Policy> policies;
  std::optional<Mediation> mediation;
  std::vector<Phase> phases;
  std::vector<Talks> talks;
  std::vector<Incident> incidents;
  std::vector<Trigger> triggers;
  std::optional<std::vector<Effect>> begin;
  OnCollapse on_collapse = OnCollapse::end;
  std::vector<Outcome> outcomes;
  std::vector<Timeline> timelines;
};

/// Turns a document into a description. Unknown and missing keys, wrong types and syntax errors of
/// expressions are reported, all in one pass; what could be read is returned.
Scenario read_scenario(Node document, Diagnostics& diagnostics);

/// Reports what can be judged without evaluating expressions: names that are not unique, reserved
/// or unknown; references to entities of the wrong kind; cycles of `against`; policies, weights and
/// cohorts that do not fit together; phases that nothing can reach; entities that nothing uses.
void check_structure(const Scenario& scenario, Diagnostics& diagnostics);

/// Warns of what is allowed, but means something else than most expect: phases and triggers behind
/// the horizon, trust that nothing reads, lateness that is a breach at once, handovers whose
/// refusal goes unseen. Says nothing where there are errors.
void check_cautions(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace truce::scenario
