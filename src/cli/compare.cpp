#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "results/text_table.hpp"
#include "scenario_options.hpp"
#include "truce/analysis/comparison.hpp"
#include "truce/results/disclaimer.hpp"
#include "truce/results/run_reader.hpp"
#include "truce/results/study_reader.hpp"
#include "verbs.hpp"

namespace truce::cli {

namespace {

using analysis::Comparison;
using analysis::Estimate;
using analysis::Pairing;
using Json = nlohmann::ordered_json;
using results::short_number;

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> outcomes;
  std::string against;
  bool by_point = false;
  bool json = false;
};

/// One line of the report.
struct Entry {
  std::string outcome;
  std::string a;  ///< what is compared ...
  std::string b;  ///< ... with what
  Comparison comparison;
  double p_adjusted = 0;
};

analysis::ValueKind kind_of(const results::Column& column) {
  return column.kind == results::ColumnKind::boolean ? analysis::ValueKind::yes_or_no
                                                     : analysis::ValueKind::numbers;
}

/// Those asked for; without any, the scenario's own outcomes and the duration.
std::vector<results::Column> outcomes_of(const results::Schema& schema,
                                         const std::vector<std::string>& asked,
                                         const std::string& file) {
  std::vector<results::Column> result;
  for (const results::Column& column : schema.columns) {
    if (column.kind == results::ColumnKind::category) continue;
    const bool own = column.name.find('.') == std::string::npos && column.name != "days_suspended";
    const bool wanted = std::ranges::find(asked, column.name) != asked.end();
    if (asked.empty() ? own : wanted) result.push_back(column);
  }
  for (const std::string& name : asked) {
    if (std::ranges::find(result, name, &results::Column::name) == result.end()) {
      throw std::invalid_argument(fmt::format("{}: has no outcome '{}' with numbers", file, name));
    }
  }
  return result;
}

/// Why trials of two runs are no pairs; empty where they are.
std::string unpaired(const results::RunSummary& a, const results::RunSummary& b) {
  if (a.schema.random_generator != b.schema.random_generator) return "random generators differ";
  if (a.schema.seed != b.schema.seed) return "seeds differ";
  if (a.trials != b.trials) return "numbers of trials differ";
  return {};
}

std::vector<Entry> compare_runs(const Options& options, std::string& note) {
  const results::RunReader a(options.files[0]);
  const results::RunReader b(options.files[1]);
  const std::string why = unpaired(a.summary(), b.summary());
  note = why.empty() ? "paired trial by trial (common random numbers)"
                     : "compared as independent runs, since their " + why;
  std::vector<Entry> entries;
  for (const results::Column& column :
       outcomes_of(a.schema(), options.outcomes, options.files[0])) {
    const auto& others = b.schema().columns;
    if (std::ranges::find(others, column.name, &results::Column::name) == others.end()) {
      if (options.outcomes.empty()) continue;
      throw std::invalid_argument(
          fmt::format("{}: has no outcome '{}'", options.files[1], column.name));
    }
    const auto x = a.column(column.name);
    const auto y = b.column(column.name);
    entries.push_back({column.name, options.files[0], options.files[1],
                       why.empty() ? analysis::compare_paired(x, y, kind_of(column))
                                   : analysis::compare_independent(x, y, kind_of(column))});
  }
  return entries;
}

/// A trial's mean over the points of a variant: what is compared where there are several.
std::vector<double> mean_over(const results::StudyReader& study, const std::string& outcome,
                              const std::vector<std::size_t>& rows) {
  std::vector<double> mean;
  for (const std::size_t row : rows) {
    const auto values = study.column(outcome, row);
    if (mean.empty()) mean.assign(values.size(), 0.0);
    if (values.size() < mean.size()) mean.resize(values.size());
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += values[i];
  }
  for (double& x : mean) x /= static_cast<double>(rows.size());
  return mean;
}

std::string point_name(const results::StudySchema& schema, std::size_t row, bool with_variant) {
  const results::StudyPoint& point = schema.points[schema.contained[row]];
  std::string name = with_variant ? schema.variants[point.variant] : "";
  for (std::size_t j = 0; j < schema.parameters.size(); ++j) {
    name += fmt::format("{}{}={}", name.empty() ? "" : " ", schema.parameters[j],
                        short_number(point.values[j]));
  }
  return name;
}

/// Pairs of lists of rows to compare, with their names.
struct Pair {
  std::string a, b;
  std::vector<std::size_t> rows_a, rows_b;
};

std::vector<Pair> pairs_of(const results::StudySchema& schema, const Options& options) {
  if (schema.contained.size() != schema.points.size()) {
    throw std::invalid_argument("this is a shard of a study; join all of them first");
  }
  const std::string against = options.against.empty() ? schema.against : options.against;
  const auto base = std::ranges::find(schema.variants, against);
  if (base == schema.variants.end()) {
    throw std::invalid_argument(fmt::format("the study has no variant '{}'", against));
  }
  const auto base_index = static_cast<std::size_t>(base - schema.variants.begin());
  const std::size_t rows = schema.points.size() / schema.variants.size();
  std::vector<Pair> pairs;
  if (schema.variants.size() == 1) {
    // Every point against the first one.
    for (std::size_t row = 1; row < rows; ++row) {
      pairs.push_back({point_name(schema, row, false), point_name(schema, 0, false), {row}, {0}});
    }
    return pairs;
  }
  for (std::size_t v = 0; v < schema.variants.size(); ++v) {
    if (v == base_index) continue;
    Pair all{schema.variants[v], against, {}, {}};
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t a = v * rows + row;
      const std::size_t b = base_index * rows + row;
      all.rows_a.push_back(a);
      all.rows_b.push_back(b);
      if (options.by_point) pairs.push_back({point_name(schema, a, true), against, {a}, {b}});
    }
    if (!options.by_point) pairs.push_back(std::move(all));
  }
  return pairs;
}

std::vector<Entry> compare_study(const Options& options, std::string& note) {
  const results::StudyReader study(options.files[0]);
  const results::StudySchema& schema = study.schema();
  const auto pairs = pairs_of(schema, options);
  const std::size_t rows = schema.points.size() / schema.variants.size();
  note = "paired trial by trial (common random numbers)";
  const bool averaged = schema.variants.size() > 1 && rows > 1 && !options.by_point;
  if (averaged) {
    note += fmt::format(
        "; each trial's mean over the {} points of the design; --by-point tells "
        "them apart",
        rows);
  }
  std::vector<Entry> entries;
  const auto& asked = options.outcomes.empty() ? schema.compared : options.outcomes;
  for (const results::Column& column : outcomes_of(schema.common, asked, options.files[0])) {
    for (const Pair& pair : pairs) {
      auto x = mean_over(study, column.name, pair.rows_a);
      auto y = mean_over(study, column.name, pair.rows_b);
      const bool paired = x.size() == y.size();
      const auto kind = averaged ? analysis::ValueKind::numbers : kind_of(column);
      entries.push_back({column.name, pair.a, pair.b,
                         paired ? analysis::compare_paired(x, y, kind)
                                : analysis::compare_independent(x, y, kind)});
      if (!paired) note = "some as independent runs, since their numbers of trials differ";
    }
  }
  return entries;
}

std::string cell_of(const Estimate& e) {
  if (std::isnan(e.value)) return "-";
  return fmt::format("{} ({} to {})", short_number(e.value), short_number(e.interval.low),
                     short_number(e.interval.high));
}

std::string_view name_of(analysis::Dominance dominance) {
  switch (dominance) {
    case analysis::Dominance::a_is_larger:
      return "larger";
    case analysis::Dominance::b_is_larger:
      return "smaller";
    case analysis::Dominance::equal:
      return "equal";
    case analysis::Dominance::none:
      return "no";
  }
  return {};
}

void print_text(const std::vector<Entry>& entries, const std::string& note) {
  constexpr std::size_t most = 60;
  fmt::print("{}\n\n", note);
  results::TextTable table({{"outcome", results::Align::left},
                            {"compared", results::Align::left},
                            {"with", results::Align::left},
                            {"means"},
                            {"difference (95 % interval)"},
                            {"P(more)"},
                            {"P(less)"},
                            {"dominates"},
                            {"variance / pairs"},
                            {"p (Holm)"}});
  for (std::size_t i = 0; i < std::min(most, entries.size()); ++i) {
    const Entry& entry = entries[i];
    const Comparison& c = entry.comparison;
    table.add({entry.outcome, entry.a, entry.b,
               fmt::format("{} vs {}", short_number(c.mean_a), short_number(c.mean_b)),
               cell_of(c.difference), short_number(c.larger.value), short_number(c.smaller.value),
               std::string(name_of(c.dominance)), short_number(c.variance_reduction),
               fmt::format("{:.2g}", entry.p_adjusted)});
  }
  fmt::print("{}", table.text());
  if (entries.size() > most) {
    fmt::print("({} more; --json tells all)\n", entries.size() - most);
  }
  fmt::print(
      "\nP(more), P(less): share of trials in which the outcome is larger, or smaller\n"
      "dominates: first-order stochastic dominance of the samples\n"
      "variance / pairs: how much larger the difference's variance would be in independent runs\n"
      "p (Holm): of equal means, adjusted for {} comparison{}\n\n{}\n",
      entries.size(), entries.size() == 1 ? "" : "s", results::disclaimer);
}

Json number(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

Json json_of(const Estimate& e) {
  return {{"value", number(e.value)},
          {"low", number(e.interval.low)},
          {"high", number(e.interval.high)}};
}

Json json_of(const Entry& entry) {
  const Comparison& c = entry.comparison;
  Json quantiles = Json::array();
  for (const analysis::QuantileDifference& q : c.quantiles) {
    quantiles.push_back({{"probability", q.probability},
                         {"a", number(q.a)},
                         {"b", number(q.b)},
                         {"difference", json_of(q.difference)}});
  }
  return {{"outcome", entry.outcome},
          {"a", entry.a},
          {"b", entry.b},
          {"paired", c.pairing == Pairing::paired},
          {"count_a", c.count_a},
          {"count_b", c.count_b},
          {"only_a", c.only_a},
          {"only_b", c.only_b},
          {"mean_a", number(c.mean_a)},
          {"mean_b", number(c.mean_b)},
          {"difference", json_of(c.difference)},
          {"variance_reduction", number(c.variance_reduction)},
          {"p_larger", json_of(c.larger)},
          {"p_smaller", json_of(c.smaller)},
          {"dominance", name_of(c.dominance)},
          {"most_above", c.most_above},
          {"most_below", c.most_below},
          {"quantiles", std::move(quantiles)},
          {"p_value", number(c.p_value)},
          {"p_adjusted", number(entry.p_adjusted)}};
}

void run(const Options& options) {
  const bool of_study = options.files.size() == 1;
  if (of_study && !results::is_study(options.files[0])) {
    throw std::invalid_argument(
        fmt::format("{}: is of one run; give two, or the results of a study", options.files[0]));
  }
  std::string note;
  auto entries = of_study ? compare_study(options, note) : compare_runs(options, note);
  std::vector<double> p_values;
  for (const Entry& entry : entries) p_values.push_back(entry.comparison.p_value);
  const auto adjusted = analysis::holm_adjusted(p_values);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].p_adjusted = adjusted[i];
  if (!options.json) return print_text(entries, note);
  Json comparisons = Json::array();
  for (const Entry& entry : entries) comparisons.push_back(json_of(entry));
  fmt::print("{}\n", Json{{"note", note},
                          {"comparisons", std::move(comparisons)},
                          {"disclaimer", results::disclaimer}}
                         .dump(2));
}

}  // namespace

void add_compare(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("compare", "differences between two runs, or the variants of a study");
  verb->add_option("file", options->files, "two results of runs, or one of a study")
      ->required()
      ->expected(1, 2);
  verb->add_option("--outcome", options->outcomes, "outcomes to compare; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--against", options->against, "variant that the others are compared with");
  verb->add_flag("--by-point", options->by_point, "each point of the design by itself");
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce compare results/cairo-three-phase.h5 results/hotline.h5 --outcome duration");
  verb->callback([options, &exit] {
    try {
      run(*options);
    } catch (const results::ResultsError& error) {
      print_error(error.what());
      exit = ExitCode::wrong_input;
    } catch (const std::invalid_argument& error) {
      print_error(error.what());
      exit = ExitCode::wrong_input;
    }
  });
}

}  // namespace truce::cli
