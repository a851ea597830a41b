#include "scenario/verified.hpp"

#include <array>

namespace truce::scenario {

namespace {

using Kind = Verified::Kind;

constexpr std::array constructs = {
    Verified{Kind::section, "horizon", "verification/phases.cpp",
             "events at exactly the horizon still happen"},
    Verified{Kind::section, "observe", "verification/observation.cpp",
             "what is counted after an ending, day by day"},
    Verified{Kind::section, "tick", "verification/triggers.cpp", "drift at ticks, day by day"},
    Verified{Kind::section, "lists", "scenario/lists.cpp",
             "equal to what they stand for, written out"},
    Verified{Kind::section, "parameters", "verification/priors.cpp",
             "the laws of the priors; values that are set"},
    Verified{Kind::section, "correlations", "verification/priors.cpp",
             "the correlations of a Gaussian copula"},
    Verified{Kind::section, "parties", "verification/tranches.cpp", "who performs, day by day"},
    Verified{Kind::section, "cohorts", "verification/custody.cpp", "binomial deaths, person-days"},
    Verified{Kind::section, "levels", "verification/triggers.cpp", "effects and drift, day by day"},
    Verified{Kind::section, "formulas", "verification/formulas.cpp", "equal to their expressions"},
    Verified{Kind::section, "windows", "verification/windows.cpp",
             "exact times of opening and closing"},
    Verified{Kind::section, "verification", "verification/verification.cpp",
             "total probability of detection and false alarms"},
    Verified{Kind::section, "responses", "verification/answers.cpp",
             "holds and suspensions after notice, day by day"},
    Verified{Kind::section, "mediation", "verification/disputes.cpp",
             "queues M/M/1 and M/M/2 (Erlang C)"},
    Verified{Kind::section, "phases", "verification/phases.cpp",
             "geometric extensions; rules in order"},
    Verified{Kind::section, "talks", "verification/talks.cpp",
             "the renewal equation of rounds, ratification, deadline"},
    Verified{Kind::section, "incidents", "verification/incidents.cpp",
             "exponential and Hawkes processes"},
    Verified{Kind::section, "triggers", "verification/triggers.cpp",
             "thinned Poisson processes; every source"},
    Verified{Kind::section, "begin", "verification/triggers.cpp", "what holds on day 0"},
    Verified{Kind::section, "on_collapse", "verification/kept.cpp",
             "what goes on after a collapse"},
    Verified{Kind::section, "outcomes", "verification/observation.cpp",
             "each kind at the horizon and at the ending"},
    Verified{Kind::section, "timelines", "verification/tranches.cpp", "values day by day"},
    Verified{Kind::effect, "set", "verification/windows.cpp", "values at exact times"},
    Verified{Kind::effect, "add", "verification/triggers.cpp", "sums of effects at exact times"},
    Verified{Kind::effect, "release", "verification/void.cpp", "persons freed, day by day"},
    Verified{Kind::effect, "deaths", "verification/observation.cpp",
             "persons who died, day by day"},
    Verified{Kind::effect, "capture", "verification/custody_moves.cpp",
             "persons held, and what is owed for them"},
    Verified{Kind::effect, "transfer", "verification/custody_moves.cpp",
             "persons in either cohort"},
    Verified{Kind::effect, "due", "verification/context.cpp", "what falls due, and to whom"},
    Verified{Kind::effect, "credit", "verification/owed_and_given.cpp", "what credit covers"},
    Verified{Kind::effect, "open", "verification/talks.cpp", "the law of the first agreement"},
    Verified{Kind::effect, "close", "verification/talks.cpp", "talks that end, and open again"},
    Verified{Kind::effect, "advance", "verification/phases.cpp", "the phase that follows"},
    Verified{Kind::effect, "extend", "verification/phases.cpp", "a geometric number of extensions"},
    Verified{Kind::effect, "incident", "verification/context.cpp", "what an incident sets off"},
    Verified{Kind::effect, "suspend", "verification/observation.cpp", "days suspended"},
    Verified{Kind::effect, "hold", "verification/tranches.cpp", "tranches that wait"},
    Verified{Kind::effect, "resume", "verification/tranches.cpp", "tranches that go on"},
    Verified{Kind::effect, "collapse", "verification/phases.cpp", "ending and cause"},
    Verified{Kind::effect, "end", "verification/incidents.cpp", "shares of competing endings"},
    Verified{Kind::effect, "signal", "verification/triggers.cpp", "who hears it, and when"},
    Verified{Kind::response, "tolerate", "verification/owed_and_given.cpp",
             "what is tolerated is missing all the same"},
    Verified{Kind::response, "dispute", "verification/disputes.cpp",
             "queues M/M/1 and M/M/2 (Erlang C)"},
    Verified{Kind::response, "hold", "verification/answers.cpp", "holds after notice, day by day"},
    Verified{Kind::response, "suspend", "verification/answers.cpp",
             "suspensions after notice, day by day"},
    Verified{Kind::response, "retaliate", "verification/neutral_by_hand.cpp",
             "a program written by hand, to the last bit"},
    Verified{Kind::response, "withdraw", "verification/chain.cpp",
             "a geometric number of tranches"},
    Verified{Kind::outcome, "value", "verification/observation.cpp",
             "values at the horizon and the ending"},
    Verified{Kind::outcome, "first", "verification/triggers.cpp",
             "exact times, and what never came"},
    Verified{Kind::outcome, "integral", "verification/triggers.cpp", "exact areas"},
    Verified{Kind::outcome, "peak", "verification/triggers.cpp", "exact values"},
    Verified{Kind::outcome, "trough", "verification/triggers.cpp", "exact values"},
    Verified{Kind::distribution, "bernoulli", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "beta", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "binomial", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "choice", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "elicited", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "exponential", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "gamma", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "geometric", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "lognormal", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "normal", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "pert", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "poisson", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "triangular", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "uniform", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "weibull", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "empirical", "cli/test_studies.py",
             "its distribution function, mean and variance"},
    Verified{Kind::distribution, "truncated", "engine/distributions.cpp",
             "its distribution function, mean and variance"},
};

}  // namespace

std::span<const Verified> verified_constructs() {
  return constructs;
}

std::string_view name_of(Verified::Kind kind) {
  switch (kind) {
    case Kind::section:
      return "section";
    case Kind::effect:
      return "effect";
    case Kind::response:
      return "response";
    case Kind::outcome:
      return "outcome";
    case Kind::distribution:
      return "distribution";
  }
  return {};
}

}  // namespace truce::scenario
