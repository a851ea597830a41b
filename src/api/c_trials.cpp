#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "api/c_error.hpp"
#include "api/c_scenario.hpp"
#include "truce/run.hpp"
#include "truce/truce.h"

using truce::api::guarded;
using truce::api::make;
using truce::api::require;

/// Trials, with what is handed out of them.
struct truce_trials {
  truce_trials(truce::Trials from, std::vector<truce::Outcome> described);
  truce_trials(const truce_trials&) = delete;
  truce_trials& operator=(const truce_trials&) = delete;

  truce::Trials trials;
  std::vector<truce::Outcome> outcomes;
  std::vector<std::vector<const char*>> labels;  ///< [outcome]
  std::vector<truce_column> columns;
  std::vector<truce_failure> failures;
};

namespace {

truce_kind kind_of(truce::OutcomeKind kind) {
  switch (kind) {
    case truce::OutcomeKind::real:
      return TRUCE_REAL;
    case truce::OutcomeKind::whole:
      return TRUCE_WHOLE;
    case truce::OutcomeKind::yes_no:
      return TRUCE_YES_NO;
    case truce::OutcomeKind::category:
      return TRUCE_CATEGORY;
  }
  throw std::logic_error("an outcome has no kind");
}

}  // namespace

truce_trials::truce_trials(truce::Trials from, std::vector<truce::Outcome> described)
    : trials(std::move(from)), outcomes(std::move(described)), labels(outcomes.size()) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const truce::Outcome& outcome = outcomes[i];
    const bool named = outcome.kind == truce::OutcomeKind::category;
    if (named) {
      for (const std::string& label : trials.labels(outcome.name)) {
        labels[i].push_back(label.c_str());
      }
    }
    columns.push_back({.name = outcome.name.c_str(),
                       .unit = outcome.unit.c_str(),
                       .summary = outcome.summary.c_str(),
                       .kind = kind_of(outcome.kind),
                       .values = trials.column(outcome.name).data(),
                       .labels = named ? labels[i].data() : nullptr,
                       .label_count = labels[i].size()});
  }
  for (const truce::FailedTrial& failed : trials.failed()) {
    failures.push_back({failed.trial, failed.message.c_str()});
  }
}

truce_error* truce_run(const truce_scenario* scenario, const truce_options* options,
                       truce_trials** trials) {
  return make(trials, "trials", [&] {
    require(scenario, "scenario");
    return new truce_trials(truce::run(scenario->scenario, truce::api::run_options(options)),
                            scenario->scenario.outcomes());
  });
}

uint64_t truce_count(const truce_trials* trials) {
  return trials != nullptr ? trials->trials.count() : 0;
}

const truce_column* truce_columns(const truce_trials* trials, size_t* count) {
  if (count != nullptr) *count = trials != nullptr ? trials->columns.size() : 0;
  return trials != nullptr ? trials->columns.data() : nullptr;
}

truce_error* truce_find_column(const truce_trials* trials, const char* name,
                               const truce_column** column) {
  return make(column, "column", [&] {
    require(trials, "trials");
    require(name, "name");
    std::ignore = trials->trials.column(name);  // throws for what is none
    return &*std::ranges::find(trials->columns, std::string_view(name), &truce_column::name);
  });
}

truce_error* truce_estimate_of(const truce_trials* trials, const char* name,
                               truce_estimate* estimate) {
  return guarded([&] {
    require(trials, "trials");
    require(name, "name");
    require(estimate, "estimate");
    const truce::Estimate found = trials->trials.estimate(name);
    *estimate = {.count = found.count,
                 .missing = found.missing,
                 .mean = found.mean,
                 .sd = found.sd,
                 .se = found.se,
                 .ci_low = found.ci_low,
                 .ci_high = found.ci_high,
                 .too_few = found.too_few ? 1 : 0,
                 .min = found.min,
                 .max = found.max};
  });
}

const truce_failure* truce_failures(const truce_trials* trials, size_t* count) {
  if (count != nullptr) *count = trials != nullptr ? trials->failures.size() : 0;
  return trials != nullptr ? trials->failures.data() : nullptr;
}

void truce_free_trials(truce_trials* trials) {
  delete trials;
}
