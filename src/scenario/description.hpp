#pragma once

#include "scenario/constructs/cohort.hpp"
#include "scenario/constructs/formula.hpp"
#include "scenario/constructs/incident.hpp"
#include "scenario/constructs/mediation.hpp"
#include "scenario/constructs/outcome.hpp"
#include "scenario/constructs/parameter.hpp"
#include "scenario/constructs/party.hpp"
#include "scenario/constructs/phase.hpp"
#include "scenario/constructs/policy.hpp"
#include "scenario/constructs/talks.hpp"
#include "scenario/constructs/trigger.hpp"
#include "scenario/constructs/verifier.hpp"
#include "scenario/constructs/window.hpp"

namespace truce::scenario {

template <>
inline constexpr std::array words_of<model::AfterCollapse> = {
    Word{"end", model::AfterCollapse::end}, Word{"continue", model::AfterCollapse::go_on}};

template <>
inline constexpr std::array words_of<model::Observe> = {Word{"horizon", model::Observe::horizon},
                                                        Word{"ending", model::Observe::ending}};

/// The version of the language that this program reads.
inline constexpr int language_version = 2;

/// A scenario as written: small value types with their positions, before names are resolved. What
/// is absent in the file is absent here; defaults belong to the compiler.
struct Scenario {
  Node document;  ///< merged with what it extends
  Position position;
  std::string name, summary, start;
  std::vector<std::string> sources;
  std::optional<Expression> horizon, tick;
  std::optional<model::Observe> observe;
  std::vector<Name> lists;  ///< of which all repetitions are made
  std::vector<Parameter> parameters;
  std::vector<Correlation> correlations;
  std::vector<Party> parties;
  std::vector<Cohort> cohorts;
  std::vector<Level> levels;
  std::vector<Formula> formulas;
  std::vector<Window> windows;
  std::vector<Verifier> verifiers;
  std::vector<Policy> policies;
  std::optional<Mediation> mediation;
  std::vector<Phase> phases;
  std::vector<Talks> talks;
  std::vector<Incident> incidents;
  std::vector<Trigger> triggers;
  std::optional<std::vector<Effect>> begin;
  std::optional<model::AfterCollapse> on_collapse;
  std::vector<Outcome> outcomes;
  std::vector<Timeline> timelines;
};

/// In the order in which sections are walked over and compiled.
template <>
struct Room<Scenario> {
  using S = Scenario;
  static constexpr std::tuple rows = {
      unread("truce", ValueKind::version, must, "version of the language: 2"),
      row("name", may, "title of the scenario", &S::name),
      row("summary", may, "a paragraph on the scenario", &S::summary),
      row("sources", may, "references; kept in the results", &S::sources),
      unread("start", ValueKind::date, may, "date of day 0 (YYYY-MM-DD), for labels only"),
      tested(row("horizon", must, Purpose::time, "when every trial ends", &S::horizon),
             "verification/phases.cpp", "events at exactly the horizon still happen"),
      tested(row("observe", may, "'horizon' (default), or 'ending': a trial stops at its ending",
                 &S::observe),
             "verification/observation.cpp", "what is counted after an ending, day by day"),
      tested(row("tick", may, Purpose::time,
                 "step of periodic re-reading and of drift; default 1 day", &S::tick),
             "verification/triggers.cpp", "drift at ticks, day by day"),
      tested(unread("lists", ValueKind::lists, may, "names that stand for several, as <NAME>"),
             "scenario/lists.cpp", "equal to what they stand for, written out"),
      tested(row("parameters", may, "assumptions that studies vary", &S::parameters),
             "verification/priors.cpp", "the laws of the priors; values that are set"),
      tested(row("correlations", may, "correlations between priors (Gaussian copula)",
                 &S::correlations),
             "verification/priors.cpp", "the correlations of a Gaussian copula"),
      tested(row("parties", may, "who takes part", &S::parties), "verification/tranches.cpp",
             "who performs, day by day"),
      tested(row("cohorts", may, "groups of people held", &S::cohorts), "verification/custody.cpp",
             "binomial deaths, person-days"),
      tested(row("levels", may, "scalar state", &S::levels), "verification/triggers.cpp",
             "effects and drift, day by day"),
      tested(row("formulas", may, "named expressions of the state", &S::formulas),
             "verification/formulas.cpp", "equal to their expressions"),
      tested(row("windows", may, "times that come again and again", &S::windows),
             "verification/windows.cpp", "exact times of opening and closing"),
      tested(row("verification", may, "who checks performance, and how well", &S::verifiers),
             "verification/verification.cpp", "total probability of detection and false alarms"),
      tested(row("responses", may, "policies: what a side does about a breach", &S::policies),
             "verification/answers.cpp", "holds and suspensions after notice, day by day"),
      tested(row("mediation", may, "how disputes end", &S::mediation), "verification/disputes.cpp",
             "queues M/M/1 and M/M/2 (Erlang C)"),
      tested(row("phases", may, "the agreement, phase by phase", &S::phases),
             "verification/phases.cpp", "geometric extensions; rules in order"),
      tested(row("talks", may, "negotiations and their ratification", &S::talks),
             "verification/talks.cpp", "the renewal equation of rounds, ratification, deadline"),
      tested(row("incidents", may, "violations of the ceasefire and shocks from outside",
                 &S::incidents),
             "verification/incidents.cpp", "exponential and Hawkes processes"),
      tested(row("triggers", may, "event-condition-action rules", &S::triggers),
             "verification/triggers.cpp", "thinned Poisson processes; every source"),
      tested(row("begin", may, "effects at day 0; default: advance to the first phase", &S::begin),
             "verification/triggers.cpp", "what holds on day 0"),
      tested(row("on_collapse", may, "'end' (default) or 'continue'", &S::on_collapse),
             "verification/kept.cpp", "what goes on after a collapse"),
      tested(row("outcomes", may, "what is measured of every trial", &S::outcomes),
             "verification/observation.cpp", "each kind at the horizon and at the ending"),
      tested(row("timelines", may, "expressions sampled at every whole day", &S::timelines),
             "verification/tranches.cpp", "values day by day")};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "the scenario", .keys = keys};
  static void finish(MappingReader& in, Scenario& scenario);
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
