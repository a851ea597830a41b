#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

// Things at one time may be as many as a scenario has of them. What is bounded is how many of them
// cause one another, each the next: in a loop there is no end to it.
void Trial::next_generation(std::uint32_t slot) {
  generation_end_ = calendar_.scheduled();
  ++generation_;
  if (generation_ < longest_chain) return;
  const Step step = steps_[slot];
  watch_chain(generation_, [&] { return rule_of(step); });
}

void Trial::lengthen_reaction() {
  ++reaction_;
  if (reaction_ < longest_chain) return;
  watch_chain(reaction_, [] { return std::string(); });
}

template <class Name>
void Trial::watch_chain(std::uint32_t length, const Name& last) {
  constexpr std::uint32_t links_watched = 100;
  if (length == longest_chain && sink_ != &watch_) {
    watch_.listen(sink_);
    sink_ = &watch_;
  }
  if (length < longest_chain + links_watched) return;
  std::vector<std::string> names = watch_.names();
  if (names.empty()) names.push_back(last());
  fail(
      "a loop on day {}: more than {} steps follow one another while no time passes, among them "
      "{}; a delay, a 'limit' or an 'if' ends it",
      now_, longest_chain, fmt::to_string(fmt::join(names, ", ")));
}

void Trial::look_up() {
  constexpr std::uint64_t events_between = 1U << 16U;
  if (settings_.stop != nullptr && settings_.stop->load(std::memory_order_relaxed)) {
    throw TrialInterrupted();
  }
  if (events_ + reactions_ > settings_.event_limit) {
    fail("more than {} events; the last was near day {}", settings_.event_limit, now_);
  }
  next_look_ = std::min(settings_.event_limit + 1, events_ + events_between);
  next_look_at_reactions_ = reactions_ + events_between;
}

void Trial::refuse_more_pending() const {
  std::map<std::string, std::size_t> counts;
  for (const Step& step : steps_) ++counts[rule_of(step)];
  counts.erase("");
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  fail("more than {} steps are pending on day {}, most of them of '{}'", most_pending, now_,
       most->first);
}

void Trial::refuse_raised(double count) const {
  fail("{} events at one step, on day {}, are more than a trial may have", count, now_);
}

std::string Trial::rule_of(const Step& step) const {
  switch (step.kind) {
    case StepKind::phase_limit:
      return phase_.valid() ? model_.phases[phase_].name : std::string();
    case StepKind::incident:
      return model_.incidents[IncidentId{step.subject}].name;
    case StepKind::trigger:
      return model_.triggers[TriggerId{step.subject}].name;
    case StepKind::mortality:
      return model_.cohorts[CohortId{step.subject}].name;
    case StepKind::talks_step:
    case StepKind::talks_deadline:
      return model_.talks[TalksId{step.subject}].name;
    case StepKind::series:
      return model_.obligations[series_[step.subject].obligation].name;
    case StepKind::tranche:
      return model_.obligations[tranches_[step.subject].obligation].name;
    case StepKind::mediation:
      return "mediation";
    case StepKind::restraint:
      return restraint_target(restraints_[step.subject]);
    case StepKind::delayed_effects:
      return name_of(model_.effects[delayed_[step.subject].effects.begin]);
    case StepKind::free:
    case StepKind::horizon:
    case StepKind::tick:
    case StepKind::due:
      return {};
  }
  return {};
}

}  // namespace truce::model
