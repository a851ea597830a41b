#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "comparison_report.hpp"
#include "refusal.hpp"
#include "results/text_table.hpp"
#include "truce/analysis/comparison.hpp"
#include "truce/base/nearest.hpp"
#include "truce/results/run_reader.hpp"
#include "truce/results/study_reader.hpp"
#include "verbs.hpp"

namespace truce::cli {

namespace {

using results::short_number;

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> outcomes;
  std::string against;
  bool by_point = false;
  bool json = false;
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
  std::vector<std::string> numbers;
  for (const results::Column& column : schema.columns) {
    if (column.kind != results::ColumnKind::category) numbers.push_back(column.name);
  }
  for (const std::string& name : asked) {
    if (std::ranges::find(result, name, &results::Column::name) == result.end()) {
      throw std::invalid_argument(fmt::format("{}: has no outcome '{}' with numbers; {}", file,
                                              name, base::name_hint(name, numbers)));
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

std::vector<NamedComparison> compare_runs(const Options& options, std::string& note) {
  const results::RunReader a(options.files[0]);
  const results::RunReader b(options.files[1]);
  const std::string why = unpaired(a.summary(), b.summary());
  note = why.empty() ? "paired trial by trial (common random numbers)"
                     : "compared as independent runs, since their " + why;
  std::vector<NamedComparison> entries;
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

std::vector<NamedComparison> compare_study(const Options& options, std::string& note) {
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
  std::vector<NamedComparison> entries;
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

void run(const Options& options) {
  const bool of_study = options.files.size() == 1;
  if (!of_study && (!options.against.empty() || options.by_point)) {
    throw std::invalid_argument(
        "--against and --by-point belong to the results of a study, these are two files");
  }
  if (of_study && !results::is_study(options.files[0])) {
    throw std::invalid_argument(
        fmt::format("{}: is of one run; give two, or the results of a study", options.files[0]));
  }
  std::string note;
  auto entries = of_study ? compare_study(options, note) : compare_runs(options, note);
  std::vector<double> p_values;
  for (const NamedComparison& entry : entries) p_values.push_back(entry.comparison.p_value);
  const auto adjusted = analysis::holm_adjusted(p_values);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].p_adjusted = adjusted[i];
  fmt::print("{}\n", options.json ? comparisons_json(entries, note).dump(2)
                                  : comparisons_text(entries, note));
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
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
