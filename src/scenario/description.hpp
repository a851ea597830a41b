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

template <>
struct Room<Scenario> {
  using S = Scenario;
  static constexpr std::tuple rows = {
      unread("truce", ValueKind::version, must, "version of the language: 2"),
      row("name", may, "title of the scenario", &S::name),
      row("summary", may, "a paragraph on the scenario", &S::summary),
      row("sources", may, "references; kept in the results", &S::sources),
      unread("start", ValueKind::date, may, "date of day 0 (YYYY-MM-DD), for labels only"),
      row("horizon", must, Purpose::duration, "when every trial ends", &S::horizon),
      row("observe", may, "'horizon' (default), or 'ending': a trial stops at its ending",
          &S::observe),
      row("tick", may, Purpose::duration, "step of periodic re-reading and of drift; default 1 day",
          &S::tick),
      unread("lists", ValueKind::lists, may, "names that stand for several, as <NAME>"),
      row("parameters", may, "assumptions that studies vary", &S::parameters),
      row("correlations", may, "correlations between priors (Gaussian copula)", &S::correlations),
      row("parties", may, "who takes part", &S::parties),
      row("cohorts", may, "groups of people held", &S::cohorts),
      row("levels", may, "scalar state", &S::levels),
      row("formulas", may, "named expressions of the state", &S::formulas),
      row("windows", may, "times that come again and again", &S::windows),
      row("verification", may, "who checks performance, and how well", &S::verifiers),
      row("responses", may, "policies: what a side does about a breach", &S::policies),
      row("mediation", may, "how disputes end", &S::mediation),
      row("phases", may, "the agreement, phase by phase", &S::phases),
      row("talks", may, "negotiations and their ratification", &S::talks),
      row("incidents", may, "violations of the ceasefire and shocks from outside", &S::incidents),
      row("triggers", may, "event-condition-action rules", &S::triggers),
      row("begin", may, "effects at day 0; default: advance to the first phase", &S::begin),
      row("on_collapse", may, "'end' (default) or 'continue'", &S::on_collapse),
      row("outcomes", may, "what is measured of every trial", &S::outcomes),
      row("timelines", may, "expressions sampled at every whole day", &S::timelines)};
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
