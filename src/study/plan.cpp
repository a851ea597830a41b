#include "study/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

#include "base/size_text.hpp"
#include "results/schema_check.hpp"
#include "study/detail/lay_out.hpp"
#include "study/detail/load_variants.hpp"
#include "study/detail/memory.hpp"
#include "study/detail/union_schema.hpp"
#include "study/rehearsal.hpp"
#include "study/run.hpp"

namespace truce::study {

using scenario::Diagnostics;

std::optional<Plan> Plan::make(const Description& description, const std::string& command_line,
                               Diagnostics& diagnostics, std::optional<std::uint64_t> keep) {
  const std::size_t before = diagnostics.errors();
  Plan plan;
  plan.description_ = description;
  auto variants = load_variants(description, diagnostics);
  if (!variants || !lay_out(description, *variants, plan.schema_, diagnostics)) return {};
  for (const scenario::Loaded& variant : *variants) check_storage(variant, diagnostics);
  plan.join_schemas(std::move(*variants), command_line, keep);
  if (const auto problem = results::problem_of(plan.schema_);
      problem && diagnostics.errors() == before) {
    diagnostics.error(description.document.position, *problem,
                      "one file holds the results of all variants");
  }
  plan.check_outcomes(diagnostics);
  plan.check_memory(diagnostics);
  if (diagnostics.errors() == before) plan.check_values(diagnostics);
  if (diagnostics.errors() > before) return {};
  return plan;
}

void Plan::join_schemas(std::vector<scenario::Loaded> variants, const std::string& command_line,
                        std::optional<std::uint64_t> keep) {
  RunSettings settings{
      .trials = description_.precision ? description_.precision->at_most : description_.trials,
      .keep = keep};
  settings.simulator.seed = description_.seed;
  std::vector<results::Schema> schemas;
  for (const scenario::Loaded& variant : variants) {
    schemas.push_back(schema_of(variant, settings, command_line));
  }
  results::Schema& common = schema_.common;
  common = union_of(schemas);
  if (!description_.name.empty()) common.title = description_.name;
  if (!description_.summary.empty()) common.summary = description_.summary;
  common.study_yaml = scenario::to_yaml(description_.document);
  common.parameters.clear();
  schema_.against = description_.against.empty() ? schema_.variants.front() : description_.against;
  schema_.compared = description_.compared;
  if (description_.precision) schema_.precision = description_.precision->goal;
  if (description_.list) {
    const scenario::Node* file = description_.document.find("design")->find("file");
    for (std::size_t i = 0; i < description_.list->names.size(); ++i) {
      const auto values = description_.list->values.col(static_cast<Eigen::Index>(i));
      common.inputs.push_back(
          {file->text, description_.list->names[i], {values.begin(), values.end()}});
    }
  }
  for (std::size_t v = 0; v < schemas.size(); ++v) {
    schema_.variant_yaml.push_back(schemas[v].scenario_yaml);
    variants_.push_back({std::move(variants[v].scenario), CommonColumns(schemas[v], common),
                         std::move(variants[v].model.program.tables)});
  }
}

void Plan::check_outcomes(Diagnostics& diagnostics) const {
  std::vector<std::string> names;
  for (const results::Column& column : schema_.common.columns) {
    if (column.kind != results::ColumnKind::category) names.push_back(column.name);
  }
  const auto check = [&](const std::string& name, const scenario::Position& position) {
    if (std::ranges::find(names, name) != names.end()) return;
    diagnostics.error(position, fmt::format("unknown outcome {}", scenario::shown(name)), {},
                      scenario::did_you_mean(name, names));
  };
  const scenario::Node* compare = description_.document.find("compare");
  const scenario::Node* written = compare == nullptr ? nullptr : compare->find("outcomes");
  for (std::size_t i = 0; i < description_.compared.size(); ++i) {
    const std::string& name = description_.compared[i];
    check(name, written != nullptr && i < written->items.size() ? written->items[i].position
                                                                : description_.compare_position);
    const auto* const column = results::find_column(schema_.common.columns, name);
    if (column == nullptr || !column->until_ending) continue;
    diagnostics.warning(description_.compare_position,
                        fmt::format("'{}' is summed until each trial's ending", name),
                        "so it is compared over unequal times",
                        "let it be observed to the horizon, or compare a share or a time");
  }
  if (description_.precision) {
    constexpr std::size_t most_rows = 500;  // each row is kept in a file of its own
    if (rows_together() && rows() > most_rows) {
      diagnostics.error(description_.precision->difference_position,
                        fmt::format("the precision of a difference at {} rows of a design", rows()),
                        fmt::format("at most {}", most_rows),
                        "give 'trials' instead, the same for all");
    }
    check(description_.precision->goal.outcome, description_.precision->position);
  }
}

void Plan::check_memory(Diagnostics& diagnostics) const {
  const results::Schema& common = schema_.common;
  const double together =
      copies_in_writing + static_cast<double>(rows_together() ? schema_.variants.size() - 1 : 0);
  const double needed = together * bytes_of_trials(common);
  if (needed <= memory_for_trials()) return;
  const std::string problem =
      fmt::format("the rows of {} trials of {} outcomes at a point may need {} of memory",
                  results::most_rows_kept(common), common.columns.size(), base::size_text(needed));
  const std::string why =
      fmt::format("half of what is there are {}", base::size_text(memory_for_trials()));
  const scenario::Node* trials = description_.document.find("trials");
  if (description_.precision) {  // it may stop long before
    diagnostics.warning(description_.precision->position, problem, why,
                        "give a lower 'at_most', or let fewer trials keep their rows (--keep N)");
  } else {
    diagnostics.error(trials != nullptr ? trials->position : description_.document.position,
                      problem, why,
                      "let fewer trials keep their rows (--keep N), or give fewer trials, or more "
                      "points with fewer each");
  }
}

std::string Plan::place_of(std::size_t point) const {
  const results::StudyPoint& at = schema_.points.at(point);
  std::string text = fmt::format("variant '{}'", schema_.variants[at.variant]);
  for (std::size_t i = 0; i < schema_.parameters.size(); ++i) {
    text += fmt::format(", {} = {}", schema_.parameters[i], at.values[i]);
  }
  return text;
}

void Plan::check_values(Diagnostics& diagnostics) const {
  constexpr std::size_t most = 100;
  if (!form_of(description_.design.kind).given) return;
  std::set<std::tuple<std::size_t, std::size_t, double>> met;  // variant, parameter, value
  std::size_t made = 0;
  for (std::size_t point = 0; point < schema_.points.size() && made < most; ++point) {
    const results::StudyPoint& at = schema_.points[point];
    std::optional<std::size_t> first;  // parameter of which the value is new
    for (std::size_t i = 0; i < at.values.size(); ++i) {
      if (met.emplace(at.variant, i, at.values[i]).second && !first) first = i;
    }
    if (!first && point > 0) continue;
    ++made;
    try {
      static_cast<void>(model_of(point));
    } catch (const std::runtime_error& error) {
      const bool given = first && *first < description_.vary.size() && !description_.list;
      diagnostics.error(
          given ? description_.vary[*first].name.position : description_.document.position,
          fmt::format("a point makes no model ({})", place_of(point)), error.what());
      return;
    }
  }
}

void Plan::rehearse(Diagnostics& diagnostics) const {
  for (std::size_t v = 0; v < variants_.size(); ++v) {
    // The first, the middle and the last of the design.
    for (const std::size_t row : std::set<std::size_t>{0, rows() / 2, rows() - 1}) {
      const std::size_t point = v * rows() + row;
      try {
        if (!rehearse_trials(model_of(point), schema_.common.seed, description_.document.position,
                             place_of(point), diagnostics)) {
          break;
        }
      } catch (const std::runtime_error& error) {
        diagnostics.error(description_.document.position,
                          fmt::format("a point makes no model ({})", place_of(point)),
                          error.what());
        break;
      }
    }
  }
}

model::Model Plan::model_of(std::size_t point) const {
  const results::StudyPoint& at = schema_.points.at(point);
  scenario::Overrides overrides;
  for (std::size_t i = 0; i < schema_.parameters.size(); ++i) {
    overrides.emplace_back(schema_.parameters[i], at.values[i]);
  }
  Diagnostics diagnostics;
  auto model = scenario::compile(variants_[at.variant].scenario, overrides, diagnostics);
  if (model && model->program.tables != variants_[at.variant].tables) {
    throw std::runtime_error(
        fmt::format("a table that variant '{}' draws from has changed since "
                    "the study began; begin anew",
                    schema_.variants[at.variant]));
  }
  if (model) return std::move(*model);
  const auto& all = diagnostics.all();
  const auto error =
      std::ranges::find(all, scenario::Severity::error, &scenario::Diagnostic::severity);
  throw std::runtime_error(error == all.end() ? diagnostics.text() : scenario::to_string(*error));
}

}  // namespace truce::study
