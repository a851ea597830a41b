#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/check/checker.hpp"
#include "scenario/constructs/walk.hpp"

namespace truce::scenario {

namespace {

const Expression* weight_of(const Obligation& o, Failure failure) {
  const auto at =
      std::ranges::find(o.otherwise, failure, [](const auto& weight) { return weight.first; });
  return at == o.otherwise.end() ? nullptr : &at->second;
}

/// Whether a tranche can fail in this way at all.
bool can_fail(const Obligation& o, Failure failure) {
  if (!o.comply || constant_value(*o.comply) == 1.0) return false;
  if (o.otherwise.empty()) return failure == Failure::refuse;
  const Expression* weight = weight_of(o, failure);
  return weight != nullptr && constant_value(*weight) != 0.0;
}

}  // namespace

// Whether people have come is no matter of detection: who expects them sees that they have not.
void Checker::check_unseen_refusal(const Obligation& o) {
  if (!o.release || !o.verified_by || !can_fail(o, Failure::refuse)) return;
  const auto verifier = std::ranges::find(scenario_.verifiers, o.verified_by->text,
                                          [](const Verifier& v) { return v.name.text; });
  if (verifier == scenario_.verifiers.end()) return;
  const auto detects = fold_(verifier->detects, 1);
  // Of all tranches, those that are refused and not seen: few of them make no difference. What is
  // not known is taken as one refusal in five.
  constexpr double few = 0.02 + 1e-9;
  const double refused = 1 - fold_(*o.comply).value_or(0.8);
  double share = o.otherwise.empty() ? 1.0 : 0.0;
  double total = 0;
  for (const auto& [failure, weight] : o.otherwise) {
    const double w = fold_(weight).value_or(1);
    total += w;
    if (failure == Failure::refuse) share = w;
  }
  if (total > 0) share /= total;
  if (!detects || !(refused * share * (1 - *detects) > few)) return;
  warn(*o.verified_by,
       fmt::format("a refusal of '{}' to hand over people goes unseen in {:.3g} % of the cases",
                   o.name.text, 100 * (1 - *detects)),
       "it then counts as fulfilled: it raises trust and is answered",
       "for releases name a verification whose 'detects' is 1, or none");
}

void Checker::check_late_at_once(const Obligation& o) {
  if (o.grace || !o.late_by || !can_fail(o, Failure::late)) return;
  const auto late = fold_(*o.late_by);
  warn(o.name,
       fmt::format("every late tranche of '{}' is a breach from the first second", o.name.text),
       late ? fmt::format("it comes {:.6g} days late, and there is no 'grace'", *late)
            : "'late_by' may be short, and there is no 'grace'",
       "give it a 'grace', such as 12 h; 0 if that is meant");
}

void Checker::check_trust_is_read() {
  for (const Party& party : scenario_.parties) {
    const std::string name = party.name.text + ".trust";
    if (!party.trust || used_.contains(name)) continue;
    diagnostics_.warning(party.trust->position, fmt::format("'{}' is never read", name),
                         "trust does nothing by itself",
                         "use it, as in 'comply', or measure it as a timeline");
  }
}

// Numbers that no purpose of the compiler judges.
void Checker::check_numbers() {
  for (const Trigger& t : scenario_.triggers) {
    const auto limit = t.limit ? constant_value(*t.limit) : std::nullopt;
    if (limit && (!(*limit >= 0) || *limit != std::floor(*limit))) {
      diagnostics_.error(t.limit->position,
                         fmt::format("'limit' of '{}' is {}", t.name.text, *limit),
                         "it counts firings: a whole number");
    } else if (limit == 0.0) {
      diagnostics_.warning(t.limit->position,
                           fmt::format("the trigger '{}' never acts", t.name.text),
                           "its 'limit' is 0");
    }
  }
  if (scenario_.mediation && scenario_.mediation->teams) {
    const auto teams = constant_value(*scenario_.mediation->teams);
    if (teams && *teams >= 1 && *teams != std::floor(*teams)) {
      diagnostics_.error(scenario_.mediation->teams->position, fmt::format("'teams' is {}", *teams),
                         "teams are whole");
    }
  }
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      // Parameters may be low on purpose, or for a moment.
      const auto tolerance = o.tolerance ? constant_value(*o.tolerance) : std::optional(1.0);
      const auto share = o.share ? constant_value(*o.share) : std::optional(1.0);
      if (tolerance && share && (*tolerance > *share || *tolerance < 0)) {
        warn(o.name,
             *tolerance < 0 ? fmt::format("'tolerance' of '{}' is negative", o.name.text)
                            : fmt::format("nothing that '{}' gives counts as full", o.name.text),
             fmt::format("it gives {:.6g} of what is owed, and 'tolerance' is {:.6g}", *share,
                         *tolerance),
             "shares are between 0 and 1");
      }
      const auto partial = o.partial_share ? fold_(*o.partial_share) : std::nullopt;
      if (partial && *partial > 1) {
        diagnostics_.warning(
            o.partial_share->position,
            fmt::format("'partial_share' of '{}' is {:.6g}", o.name.text, *partial),
            "a partial tranche gives more than all");
      }
    }
  }
}

void Checker::check_cautions() {
  for_each_expression(scenario_, [&](const Expression& e) { use(e); });
  check_horizon();
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      check_unseen_refusal(o);
      check_late_at_once(o);
    }
  }
  check_trust_is_read();
  check_clocks();
}

void check_cautions(const Scenario& scenario, Diagnostics& diagnostics) {
  // What an error elsewhere has left out may be all that is amiss.
  if (!diagnostics.has_errors()) Checker(scenario, diagnostics).check_cautions();
}

}  // namespace truce::scenario
