#include "results/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace truce::results {

std::uint64_t rows_of(const RunSummary& run) {
  return rows_kept(run.schema, TrialRange{run.first, run.first + run.trials});
}

std::string why_not_kept(std::uint64_t kept, std::uint64_t trials) {
  return fmt::format(
      "keeps the rows of {} of {} trials (--keep), and this looks at each of them; let it be run "
      "with a larger --keep, or without",
      kept, trials);
}

namespace {

/// A value as files and output name it.
template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<Completion> completions[] = {{"complete", Completion::complete},
                                            {"precise", Completion::precise},
                                            {"interrupted", Completion::interrupted},
                                            {"shard", Completion::shard}};

constexpr Word<Origin> origins[] = {
    {"scenario", Origin::scenario}, {"set", Origin::set}, {"drawn", Origin::drawn}};

template <class Value>
std::string_view word_of(std::span<const Word<Value>> words, Value value) {
  const auto at = std::ranges::find(words, value, &Word<Value>::value);
  return at == words.end() ? std::string_view{} : at->word;
}

template <class Value>
std::optional<Value> value_of(std::span<const Word<Value>> words, std::string_view word) {
  const auto at = std::ranges::find(words, word, &Word<Value>::word);
  return at == words.end() ? std::nullopt : std::optional(at->value);
}

}  // namespace

std::string_view name_of(Completion completion) {
  return word_of<Completion>(completions, completion);
}

std::optional<Completion> completion_of(std::string_view name) {
  return value_of<Completion>(completions, name);
}

std::string_view name_of(Origin origin) {
  return word_of<Origin>(origins, origin);
}

std::optional<Origin> origin_of(std::string_view name) {
  return value_of<Origin>(origins, name);
}

std::string_view name_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::real:
      return "real";
    case ColumnKind::integer:
      return "integer";
    case ColumnKind::boolean:
      return "boolean";
    case ColumnKind::category:
      return "category";
  }
  return {};
}

bool is_of_scenario(const std::string& outcome) {
  constexpr std::array built_in = {"ending", "cause", "duration", "days_suspended"};
  return outcome.find('.') == std::string::npos &&
         std::ranges::find(built_in, outcome) == built_in.end();
}

bool is_constant(const OutcomeSummary& outcome) {
  return outcome.kind != ColumnKind::boolean && outcome.count > 1 && outcome.sd == 0;
}

bool too_few(const OutcomeSummary& outcome) {
  if (is_constant(outcome)) return true;
  return outcome.kind != ColumnKind::boolean &&
         too_few({static_cast<double>(outcome.count), outcome.mean, outcome.sd, outcome.skewness});
}

namespace {

constexpr std::uint64_t least_of_each = 20;  // of yes and no

Estimate estimate_of_share(const Estimate& plain, const ControlledMean& controlled,
                           std::uint64_t yes, std::uint64_t trials) {
  const bool enough = yes >= least_of_each && trials - yes >= least_of_each;
  return enough ? better_of(plain, controlled) : plain;
}

}  // namespace

Estimate estimate_of(const OutcomeSummary& outcome) {
  const Estimate plain{outcome.mean, outcome.ci};
  if (outcome.kind == ColumnKind::boolean) {
    const auto yes = std::llround(outcome.mean * static_cast<double>(outcome.count));
    return estimate_of_share(plain, outcome.controlled, static_cast<std::uint64_t>(yes),
                             outcome.count);
  }
  return too_few(outcome) ? plain : better_of(plain, outcome.controlled);
}

Estimate estimate_of(const Share& share, std::uint64_t trials) {
  return estimate_of_share({share.probability, share.ci}, share.controlled, share.count, trials);
}

OutcomeSummary summary_of(const Moments& moments, ColumnKind kind) {
  OutcomeSummary result;
  result.kind = kind;
  result.count = moments.count();
  result.mean = moments.mean();
  result.sd = moments.sd();
  result.se = moments.standard_error();
  result.skewness = moments.skewness();
  result.min = moments.min();
  result.max = moments.max();
  if (kind == ColumnKind::boolean) {
    const auto n = static_cast<double>(moments.count());
    result.ci = wilson_interval_of(moments.count() == 0 ? 0 : std::round(result.mean * n), n);
  } else {
    const bool whole = kind == ColumnKind::integer;
    const auto n = static_cast<double>(moments.count());
    result.ci = mean_interval({n, result.mean, result.sd, result.skewness},
                              n > 1 ? student_quantile(0.95, n - 1) : z_95, whole ? 1 : 0);
    // What has never been below zero is taken for a count.
    if (whole && result.min >= 0) result.ci.low = std::max(result.ci.low, 0.0);  // NaN stays
  }
  return result;
}

}  // namespace truce::results
