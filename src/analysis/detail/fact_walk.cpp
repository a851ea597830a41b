#include "analysis/detail/fact_walk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

namespace truce::analysis {

using scenario::FactKind;
using scenario::KnownFact;

namespace {

double log_normal_density(double x, double mean, double sd) {
  const double z = (x - mean) / sd;
  return -0.5 * z * z - std::log(sd * std::sqrt(2 * std::numbers::pi));
}

}  // namespace

std::vector<Checkpoint> checkpoints_of(const std::vector<KnownFact>& facts) {
  std::map<double, std::vector<std::size_t>> by_day;
  for (std::size_t i = 0; i < facts.size(); ++i) by_day[facts[i].end].push_back(i);
  std::vector<Checkpoint> all;
  for (auto& [day, its] : by_day) all.push_back({day, std::move(its)});
  return all;
}

FactDraws::FactDraws(const std::vector<KnownFact>& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const KnownFact& fact = facts[i];
    if (fact.kind != FactKind::draw) continue;
    OfFact& draw = draws_.emplace_back(OfFact{i, {}});
    const model::DrawAddress address{fact.stream, fact.which - 1};
    if (fact.outcome) {
      draw.known.know(address, *fact.outcome);
    } else {
      draw.known.know_value(address, fact.drawn);
    }
  }
}

void FactDraws::begin() {
  for (OfFact& draw : draws_) draw.known.begin();
}

double FactDraws::on_draw(const model::OfferedDraw& draw) {
  model::OfferedDraw offered = draw;
  for (OfFact& each : draws_) offered.u = each.known.on_draw(offered);
  return offered.u;
}

FactWalk::FactWalk(const model::Model& model, const model::SimulatorSettings& settings,
                   const std::vector<KnownFact>& facts)
    : facts_(facts),
      checkpoints_(checkpoints_of(facts)),
      draws_(facts),
      met_(draws_.draws().size()),
      walk_(model, settings) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].kind == FactKind::throughout || facts[i].kind == FactKind::event) {
      watched_.push_back(i);
    }
  }
}

void FactWalk::start(std::uint64_t trial) {
  draws_.begin();
  std::ranges::fill(met_, 0);
  walk_.start(trial, record_, draws_.any() ? &draws_ : nullptr);
}

std::optional<std::size_t> FactWalk::refuted_until(double next) {
  const double now = walk_.now();
  for (const std::size_t i : watched_) {
    const KnownFact& fact = facts_[i];
    if (fact.kind == FactKind::event) {
      if (now < fact.begin && walk_.value(fact.count) >= fact.which) return i;
    } else if (fact.begin < next && fact.end >= now &&
               walk_.value(fact.expression, std::max(now, fact.begin)) == 0) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> FactWalk::refuted_by_draws(std::span<double> log_factor) {
  std::optional<std::size_t> refuted;
  for (std::size_t d = 0; d < met_.size(); ++d) {
    const auto& [fact, known] = draws_.draws()[d];
    if (known.met() > 0) met_[d] = 1;
    log_factor[fact] += known.log_probability();
    if (std::isinf(known.log_probability()) && !refuted) refuted = fact;
  }
  return refuted;
}

std::optional<std::size_t> FactWalk::refuted_at(const Checkpoint& checkpoint,
                                                std::span<double> log_factor) {
  for (const std::size_t i : checkpoint.facts) {
    const KnownFact& fact = facts_[i];
    switch (fact.kind) {
      case FactKind::condition:
      case FactKind::throughout:
        if (walk_.value(fact.expression, checkpoint.day) == 0) return i;
        break;
      case FactKind::event:
        if (walk_.value(fact.count) < fact.which) return i;
        break;
      case FactKind::measurement: {
        const double mean = walk_.value(fact.expression, checkpoint.day);
        if (!std::isfinite(mean)) return i;
        log_factor[i] += log_normal_density(fact.measured, mean, fact.error);
        break;
      }
      case FactKind::draw: {
        const auto draw = std::ranges::find(draws_.draws(), i, &FactDraws::OfFact::fact);
        if (met_[static_cast<std::size_t>(draw - draws_.draws().begin())] == 0) return i;
        break;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> FactWalk::go_to(std::size_t checkpoint, std::span<double> log_factor) {
  const double day = checkpoints_[checkpoint].day;
  std::optional<std::size_t> refuted;
  while (!refuted) {
    const double next = walk_.next_time();
    if (next > walk_.now()) refuted = refuted_until(next);
    if (next > day || refuted) break;
    walk_.step();
  }
  if (const auto by_draw = refuted_by_draws(log_factor)) refuted = by_draw;
  draws_.begin();
  if (!refuted) refuted = refuted_at(checkpoints_[checkpoint], log_factor);
  if (refuted) log_factor[*refuted] = -std::numeric_limits<double>::infinity();
  return refuted;
}

void FactWalk::advance_to(std::size_t checkpoint) {
  while (walk_.next_time() <= checkpoints_[checkpoint].day) walk_.step();
}

const model::TrialRecord& FactWalk::finish() {
  walk_.listen(nullptr);
  walk_.go_on(record_);
  return record_;
}

void FactWalk::save(Saved& into) const {
  walk_.save(into.state);
  into.met = met_;
}

void FactWalk::restore(const Saved& saved) {
  walk_.restore(saved.state);
  walk_.listen(draws_.any() ? &draws_ : nullptr);
  draws_.begin();
  met_ = saved.met;
}

}  // namespace truce::analysis
