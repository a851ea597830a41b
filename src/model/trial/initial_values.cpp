#include "model/trial/initial_values.hpp"

#include <algorithm>

#include "engine/normal.hpp"
#include "model/trial/fail.hpp"

namespace truce::model {

InitialValues::InitialValues(World& world) : world_(world) {
  scores_.resize(world.model.copula.parameters.size());
  if (world.settings.parameters == ParameterSource::point) set_parameters();
  for (const Phase& phase : world.model.phases) world.numbers.value(phase.began) = -infinity;
  for (const Event& event : world.model.events) {
    if (event.last.valid()) world.numbers.value(event.last) = -infinity;
  }
  world.numbers.value(world.model.kept) = 1;
  world.numbers.keep_as_start();
}

void InitialValues::set_parameters() {
  const bool from_priors = world_.settings.parameters == ParameterSource::from_priors;
  if (from_priors) draw_correlated_parameters();
  for (const Parameter& parameter : world_.model.parameters) {
    if (from_priors && parameter.correlated) continue;
    const bool drawn = from_priors && parameter.prior.present() && !parameter.fixed;
    world_.numbers.value(parameter.variable) =
        world_.numbers(drawn ? parameter.prior : parameter.value);
  }
  world_.numbers.share_parameters();
}

void InitialValues::draw_parameters(TrialRecord& record) {
  record.drawn.clear();
  if (world_.settings.parameters == ParameterSource::point) return;
  for (const Parameter& parameter : world_.model.parameters) {
    if (parameter.drawn) record.drawn.push_back(not_a_number);
  }
  set_parameters();
  tell_parameters(record);
}

void InitialValues::tell_parameters(TrialRecord& record) const {
  record.drawn.clear();
  if (world_.settings.parameters == ParameterSource::point) return;
  for (const Parameter& parameter : world_.model.parameters) {
    if (parameter.drawn) record.drawn.push_back(world_.value(parameter.variable));
  }
}

// Priors that are correlated have constant arguments, and so come before all other parameters.
void InitialValues::draw_correlated_parameters() {
  const Copula& copula = world_.model.copula;
  const double* row = copula.factor.data();
  for (std::size_t i = 0; i < copula.parameters.size(); ++i) {
    const Sampler& sampler = world_.model.program.samplers[copula.samplers[i]];
    constexpr auto score_at = [](const void*, double u) { return engine::inverse_normal(u); };
    scores_[i] = score_at(nullptr, world_.numbers.uniform(sampler.stream, score_at));
    double score = 0;
    for (std::size_t j = 0; j <= i; ++j) score += row[j] * scores_[j];
    row += i + 1;
    constexpr double least = 0x1p-53;
    const double u = std::clamp(engine::normal_cdf(score), least, 1 - least);
    const Parameter& parameter = world_.model.parameters[copula.parameters[i]];
    world_.numbers.value(parameter.variable) =
        parameter.fixed ? world_.numbers(parameter.value) : world_.numbers.quantile(sampler, u);
  }
}

void InitialValues::draw() {
  const auto level = [&](std::size_t index) {
    const LevelId id{index};
    world_.assign(id, world_.numbers(world_.model.levels[id].initial, 0));
  };
  const std::size_t levels = world_.model.levels.size();
  for (std::size_t i = 0; i < world_.model.party_levels; ++i) level(i);
  for (const Cohort& cohort : world_.model.cohorts) draw(cohort);
  for (std::size_t i = world_.model.party_levels; i < levels; ++i) level(i);
}

void InitialValues::draw(const Cohort& cohort) {
  const auto persons = [&](const Expr& count, double absent) {
    return count.present() ? World::persons(world_.numbers(count), cohort.name) : absent;
  };
  const double held = persons(cohort.held, 0);
  const double living = persons(cohort.living, held);
  double remains = persons(cohort.remains, 0);
  if (cohort.held.present()) {
    if (living > held) {
      fail("'{}': {} living of {} held", cohort.name, living, held);
    }
    remains = held - living;
  }
  world_.numbers.value(cohort.living_now) = living;
  world_.numbers.value(cohort.remains_now) = remains;
}

}  // namespace truce::model
