#include "analysis/conditioning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/detail/conditioning_parts.hpp"
#include "analysis/detail/fact_walk.hpp"
#include "base/parallel.hpp"

namespace truce::analysis {

namespace {

using scenario::FactKind;
using scenario::KnownFact;

/// Whether every fact holds or does not: what is only more or less likely has weights.
bool is_plain(const std::vector<KnownFact>& facts) {
  return std::ranges::none_of(facts, [](const KnownFact& fact) {
    return fact.kind == FactKind::measurement || fact.kind == FactKind::draw;
  });
}

}  // namespace

unsigned threads_of(const ConditionSettings& settings) {
  return base::threads_of(settings.threads);
}

std::vector<results::ConditionedFact> facts_told(const std::vector<KnownFact>& facts) {
  std::vector<results::ConditionedFact> told;
  for (const KnownFact& fact : facts) {
    told.push_back({.text = fact.text,
                    .line = fact.position.line,
                    .day = fact.end,
                    .likelihood = fact.kind == FactKind::measurement});
  }
  return told;
}

void finish_told(Conditioning& conditioning) {
  results::Conditioned& told = conditioning.told;
  double evidence = 1;
  for (results::ConditionedFact& fact : told.facts) fact.evidence = evidence *= fact.share;
  told.evidence = evidence;
  std::map<std::uint64_t, double> rows_of;
  for (const Lineage& row : conditioning.rows) {
    told.origin.push_back(static_cast<std::int64_t>(row.origin));
    ++rows_of[row.origin];
  }
  double squares = 0;
  for (const auto& [origin, rows] : rows_of) squares += rows * rows;
  const auto rows = static_cast<double>(conditioning.rows.size());
  told.effective_trials = squares > 0 ? rows * rows / squares : 0;
  told.distinct = rows_of.size();
}

void refuse_too_few(const std::vector<KnownFact>& facts, const std::vector<double>& shares,
                    std::uint64_t started, double left, const std::string& advice) {
  // A likelihood is no share: it is to blame only where nothing is left.
  std::size_t worst = 0;
  const auto rank = [&](std::size_t i) {
    return facts[i].kind == FactKind::measurement && shares[i] > 0 ? 1.0 : shares[i];
  };
  for (std::size_t i = 1; i < facts.size(); ++i) {
    if (rank(worst) > 0 && rank(i) < rank(worst)) worst = i;
  }
  const scenario::Position& at = facts[worst].position;
  const std::string place = fmt::format("{}:{}:{}", at.file ? *at.file : "", at.line, at.column);
  if (!(shares[worst] > 0)) {
    throw TooFewLeft(
        fmt::format("{}: error: no trial agrees with this fact and those before it ({} trials were "
                    "begun); see whether it can happen at all in this scenario, or {}",
                    place, started, advice),
        worst);
  }
  throw TooFewLeft(
      fmt::format("{}: error: too few trials are left, and most are lost at this fact ({:.3g} % of "
                  "those before it pass it; what is left of {} trials begun is worth {:.0f}); {}",
                  place, 100 * shares[worst], started, left, advice),
      worst);
}

Conditioning condition(const model::Model& model, const std::vector<KnownFact>& facts,
                       const ConditionSettings& settings) {
  if (settings.method == ConditionMethod::smc || !is_plain(facts)) {
    return by_smc(model, facts, settings);
  }
  if (settings.method == ConditionMethod::rejection) {
    return by_rejection(facts, settings,
                        reject(model, facts, settings, settings.rows, settings.at_most));
  }
  // Cheap enough: one trial in fifty agrees.
  constexpr std::uint64_t pilot = 8192;
  constexpr std::uint64_t one_in = 50;
  const Rejected tried =
      reject(model, facts, settings, settings.rows, std::min(pilot, settings.at_most));
  const std::uint64_t agreed = tried.accepted.size();
  const bool enough = agreed * one_in >= tried.started &&
                      (agreed >= settings.rows ||
                       settings.rows <= settings.at_most / tried.started * agreed * 9 / 10);
  if (!enough) return by_smc(model, facts, settings);
  return by_rejection(facts, settings,
                      reject(model, facts, settings, settings.rows, settings.at_most));
}

}  // namespace truce::analysis
