#include "cli/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "analysis/comparison.hpp"
#include "base/nearest.hpp"
#include "cli/compared_given.hpp"
#include "cli/compared_inputs.hpp"
#include "cli/compared_rows.hpp"
#include "cli/compared_subjects.hpp"
#include "cli/compared_values.hpp"
#include "results/conditioned.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

analysis::ValueKind kind_of(const results::Column& column) {
  return column.kind == results::ColumnKind::boolean ? analysis::ValueKind::yes_or_no
                                                     : analysis::ValueKind::numbers;
}

SubjectOptions wanted_of(const CompareOptions& options, const std::vector<std::string>& outcomes) {
  return {options.files[0], outcomes, options.endings, options.days};
}

/// Why trials of two runs are no pairs; empty where they are.
std::string unpaired(const results::RunSummary& a, const results::RunSummary& b) {
  if (a.schema.random_generator != b.schema.random_generator) return "random generators differ";
  if (a.schema.seed != b.schema.seed) return "seeds differ";
  return {};
}

/// Whether the trials of a run are those of `truce condition`. Throws std::invalid_argument where
/// they depend on each other.
bool are_chosen(const std::string& file) {
  const auto conditioned = results::read_conditioned(file);
  if (conditioned && !conditioned->independent()) {
    throw std::invalid_argument(fmt::format(
        "{}: its trials depend on each other (truce condition, {}); compare what `truce show` "
        "tells of each, or condition with --method rejection",
        file, conditioned->method));
  }
  return conditioned.has_value();
}

/// What is to be said of sums over times that differ from trial to trial, and so from side to side.
std::string unequal_times(const std::vector<Subject>& subjects) {
  std::string names;
  for (const Subject& subject : subjects) {
    if (subject.column.until_ending) names += (names.empty() ? "" : ", ") + subject.name;
  }
  if (names.empty()) return {};
  return fmt::format("; summed until each trial's ending, so over unequal times: {}", names);
}

/// All measures of a subject, of two sides of which the trials are pairs, or not.
void compare_sides(const Subject& subject, const std::string& name_a, const std::string& name_b,
                   Side a, Side b, const std::optional<CommonTrials>& common,
                   std::vector<NamedComparison>& entries) {
  const bool paired = common.has_value();
  LeftOut left = paired ? keep_common(a, b) : failed_of(a, b);
  if (paired) {
    left.unpaired_a += common->before_a;
    left.unpaired_b += common->before_b;
  }
  for (const ComparedMeasure& measure : subject.measures) {
    const bool value = measure.kind == ComparedMeasure::Kind::value;
    const bool share = measure.kind == ComparedMeasure::Kind::by_day ||
                       measure.kind == ComparedMeasure::Kind::label;
    const auto kind = value   ? kind_of(subject.column)
                      : share ? analysis::ValueKind::yes_or_no
                              : analysis::ValueKind::numbers;
    const auto x = measured(a, measure, measure.codes_a);
    const auto y = measured(b, measure, measure.codes_b);
    NamedComparison& entry = entries.emplace_back();
    entry.outcome = subject.name + measure.name;
    entry.unit = share ? "1" : subject.column.unit;
    entry.kind = kind;
    entry.a = name_a;
    entry.b = name_b;
    entry.comparison = paired ? analysis::compare_paired(x, y, kind)
                              : analysis::compare_independent(x.front(), y.front(), kind);
    entry.left_out = left;
    entry.missing_a = missing_in(a, x);
    entry.missing_b = missing_in(b, y);
  }
}

std::vector<NamedComparison> compare_runs(const CompareOptions& options, std::string& note,
                                          ComparedInputs& inputs) {
  const results::RunReader a(options.files[0]);
  const results::RunReader b(options.files[1]);
  std::string why = unpaired(a.summary(), b.summary());
  for (const std::string& file : options.files) {
    if (are_chosen(file)) why = "trials were chosen by what is known";
  }
  const CommonTrials both = common_trials(a.summary(), b.summary());
  if (why.empty() && !both.any) why = "trials have different numbers";
  const auto common = why.empty() ? std::optional(both) : std::nullopt;
  note = why.empty() ? "paired trial by trial (common random numbers)"
                     : "compared as independent runs, since their " + why;
  inputs = differing_inputs(a.schema(), b.schema());
  add_failures(inputs, "failures_a", results::failures_of(a.summary()), options.files[0]);
  add_failures(inputs, "failures_b", results::failures_of(b.summary()), options.files[1]);
  const Chosen chosen = chosen_of(options, a, b, common, note, inputs);
  std::vector<NamedComparison> entries;
  auto subjects = subjects_of(a.schema(), b.schema(), wanted_of(options, options.outcomes));
  for (Subject& subject : subjects) {
    const auto* const other = results::find_column(b.schema().columns, subject.column.name);
    subject.column.until_ending |= other != nullptr && other->until_ending;
  }
  note += unequal_times(subjects);
  for (const Subject& subject : subjects) {
    const std::string& column = subject.column.name;
    const auto& others = b.schema().columns;
    if (results::find_column(others, column) == nullptr) {
      if (options.outcomes.empty()) continue;
      std::vector<std::string> names;
      for (const results::Column& other : others) names.push_back(other.name);
      throw std::invalid_argument(fmt::format("{}: has no outcome '{}'; {}", options.files[1],
                                              column, base::name_hint(column, names)));
    }
    Side side_a = side_of(a, column);
    Side side_b = side_of(b, column);
    if (common) begin_together(side_a, side_b, *common);
    chosen.keep(side_a, side_b);
    compare_sides(subject, options.files[0], options.files[1], std::move(side_a), std::move(side_b),
                  common, entries);
  }
  return entries;
}

bool trials_differ(const results::StudyReader& study) {
  for (std::size_t row = 1; row < study.schema().contained.size(); ++row) {
    if (study.trials(row) != study.trials(0)) return true;
  }
  return false;
}

std::vector<NamedComparison> compare_study(const CompareOptions& options, std::string& note,
                                           ComparedInputs& inputs,
                                           std::vector<FactorEffect>& effects) {
  const results::StudyReader study(options.files[0]);
  const results::StudySchema& schema = study.schema();
  const auto pairs = compared_rows(schema, options.against, options.by_point);
  add_failures(inputs, "failures", results::failures_of(study), {});
  const std::size_t rows = schema.points.size() / schema.variants.size();
  note = "paired trial by trial (common random numbers)";
  if (schema.variants.size() > 1 && rows > 1 && !options.by_point) {
    note += fmt::format(
        "; over all pairs of (point, trial) of the {} points of the design, with errors by trial; "
        "--by-point tells them apart",
        rows);
    if (trials_differ(study)) {
      note += "; those that have more trials count for more";
    }
  }
  std::vector<Chosen> chosen(pairs.size());
  if (!options.given.empty()) {
    note += fmt::format("; given {}: pairs of trials in which it holds in both", options.given);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      chosen[i] = chosen_of(options, study, pairs[i].rows_a, pairs[i].rows_b);
    }
  }
  std::vector<NamedComparison> entries;
  const auto& asked =
      options.outcomes.empty() && options.endings.empty() ? schema.compared : options.outcomes;
  const auto subjects = subjects_of(schema.common, schema.common, wanted_of(options, asked));
  note += unequal_times(subjects);
  if (options.given.empty()) effects = factor_effects(study, subjects);
  for (const Subject& subject : subjects) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const RowPairs& pair = pairs[i];
      Side a = side_of(study, subject.column.name, pair.rows_a);
      Side b = side_of(study, subject.column.name, pair.rows_b);
      chosen[i].keep(a, b);
      compare_sides(subject, pair.a, pair.b, std::move(a), std::move(b), CommonTrials{}, entries);
    }
  }
  return entries;
}

}  // namespace

Compared compared(const CompareOptions& options) {
  const bool of_study = options.files.size() == 1;
  if (!of_study && (!options.against.empty() || options.by_point)) {
    throw std::invalid_argument(
        "--against and --by-point belong to the results of a study, these are two files");
  }
  if (of_study && !results::is_study(options.files[0])) {
    throw std::invalid_argument(
        fmt::format("{}: is of one run; give two, or the results of a study", options.files[0]));
  }
  Compared all;
  all.entries = of_study ? compare_study(options, all.note, all.inputs, all.effects)
                         : compare_runs(options, all.note, all.inputs);
  std::vector<double> p_values;
  for (const NamedComparison& entry : all.entries) {
    const analysis::Comparison& c = entry.comparison;
    p_values.push_back(c.varies ? c.difference.p_value()
                                : std::numeric_limits<double>::quiet_NaN());
    all.tests += !std::isnan(p_values.back());
  }
  const auto adjusted = analysis::holm_adjusted(p_values);
  for (std::size_t i = 0; i < all.entries.size(); ++i) {
    all.entries[i].p_value = p_values[i];
    all.entries[i].p_adjusted = adjusted[i];
  }
  return all;
}

nlohmann::ordered_json compared_json(const Compared& all, ReportOptions report) {
  report.tests = std::max<std::size_t>(1, all.tests);
  auto json = comparisons_json(all.entries, all.note, report);
  json.update(all.inputs.json);
  if (!all.effects.empty()) json["effects"] = factor_effects_json(all.effects);
  return json;
}

}  // namespace truce::cli
