#include "study/detail/lay_out.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <stdexcept>

#include "base/limits.hpp"
#include "model/simulator.hpp"
#include "study/design.hpp"

namespace truce::study {

using scenario::Diagnostics;
using scenario::shown;

namespace {

/// A design's rows: the parameters' values, and where it samples distributions the points of the
/// unit cube that they come from; [row, parameter].
struct Rows {
  Eigen::MatrixXd values;
  Eigen::MatrixXd unit;
};

const model::Parameter* find_parameter(const model::Model& model, const std::string& name) {
  const auto at = std::ranges::find(model.parameters, name, &model::Parameter::name);
  return at == model.parameters.end() ? nullptr : &*at;
}

std::vector<std::string> parameter_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Parameter& parameter : model.parameters) names.push_back(parameter.name);
  return names;
}

double point_value(const model::Model& model, const std::string& name) {
  const auto values = model::point_parameters(model);
  return std::ranges::find(values, name, &std::pair<std::string, double>::first)->second;
}

/// Warns of a variant that gives what is varied another value: that would have no effect.
void warn_of_unused(const Description& description, const std::vector<scenario::Loaded>& variants,
                    const std::string& name, const scenario::Position& position,
                    Diagnostics& diagnostics) {
  const double first = point_value(variants.front().model, name);
  for (std::size_t v = 1; v < variants.size(); ++v) {
    const double other = point_value(variants[v].model, name);
    if (other == first) continue;
    diagnostics.warning(position,
                        fmt::format("the variant {} gives {} the value {}, which is never used",
                                    shown(description.variants[v].name.text), shown(name), other),
                        "the parameter is varied, in all variants alike",
                        "do not vary it, or leave it as it is");
    return;
  }
}

/// Names of what is varied, each known to all variants.
std::vector<std::string> varied(const Description& description,
                                const std::vector<scenario::Loaded>& variants,
                                Diagnostics& diagnostics) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name, const scenario::Position& position) {
    names.push_back(name);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const model::Model& model = variants[v].model;
      const model::Parameter* parameter = find_parameter(model, name);
      if (parameter == nullptr) {
        const auto holds = [&](const scenario::Loaded& other) {
          return find_parameter(other.model, name) != nullptr;
        };
        const std::string& variant = description.variants[v].name.text;
        const auto holder = std::ranges::find_if(variants, holds);
        if (holder == variants.end()) {
          diagnostics.error(position, fmt::format("unknown parameter {}", shown(name)), {},
                            scenario::did_you_mean(name, parameter_names(model)));
        } else {
          diagnostics.error(
              position,
              fmt::format("the variant {} has no parameter {}", shown(variant), shown(name)),
              fmt::format(
                  "{} has it; what is varied is varied in all of them",
                  shown(description.variants[static_cast<std::size_t>(holder - variants.begin())]
                            .name.text)),
              "keep the parameter in every variant, or do not vary it");
        }
        return;
      }
      if (parameter->correlated && !form_of(description.design.kind).given) {
        diagnostics.error(position, fmt::format("{} has a correlated prior", shown(name)),
                          "this design draws its parameters independently",
                          "remove it from 'correlations', or give points of your own, "
                          "{kind: list, file: ...}");
        return;
      }
    }
    warn_of_unused(description, variants, name, position, diagnostics);
  };
  if (description.list) {
    for (const std::string& name : description.list->names) add(name, description.design_position);
  }
  for (const Assumption& assumption : description.vary) {
    add(assumption.name.text, assumption.name.position);
  }
  return names;
}

/// The design's rows; of those that sample distributions, the points of the unit cube only.
/// Throws std::invalid_argument where it cannot be made.
Rows rows_of(const Description& description, const model::Model& model, std::size_t dimensions) {
  std::vector<std::vector<double>> lists;
  std::vector<double> base;
  for (const Assumption& assumption : description.vary) {
    lists.push_back(assumption.values);
    for (const auto& [name, value] : model::point_parameters(model)) {
      if (name == assumption.name.text) base.push_back(value);
    }
  }
  switch (description.design.kind) {
    case DesignKind::grid:
      return {lists.empty() ? Eigen::MatrixXd(1, 0) : grid_points(lists), {}};
    case DesignKind::one_at_a_time:
      return {one_at_a_time_points(base, lists), {}};
    case DesignKind::list:
      return {description.list->values, {}};
    case DesignKind::latin_hypercube:
    case DesignKind::sobol:
    case DesignKind::saltelli:
    case DesignKind::morris:
      break;
  }
  return {{}, unit_points(description.design, static_cast<Eigen::Index>(dimensions))};
}

/// Turns points of the unit cube into values by the quantiles of the parameters' distributions.
void take_quantiles(const Description& description, const model::Model& model, Rows& rows,
                    Diagnostics& diagnostics) {
  rows.values.resize(rows.unit.rows(), rows.unit.cols());
  for (Eigen::Index j = 0; j < rows.unit.cols(); ++j) {
    const auto& assumption = description.vary[static_cast<std::size_t>(j)];
    const model::Parameter& parameter = *find_parameter(model, assumption.name.text);
    const auto rows_of_unit = static_cast<std::size_t>(rows.unit.rows());
    const std::vector<double> values =
        model::quantiles_of(model, parameter.prior, {rows.unit.col(j).data(), rows_of_unit});
    if (values.empty()) {
      const bool has_prior = parameter.prior.present();
      diagnostics.error(
          assumption.name.position,
          fmt::format("{} {}", shown(parameter.name),
                      has_prior ? "cannot be varied over its distribution" : "has no prior"),
          has_prior ? "it is no single distribution with constant arguments" : "");
      continue;
    }
    rows.values.col(j) = Eigen::Map<const Eigen::VectorXd>(values.data(), rows.unit.rows());
  }
}

std::vector<double> row_of(const Eigen::MatrixXd& matrix, Eigen::Index row) {
  std::vector<double> result;
  if (matrix.rows() == 0) return result;
  for (Eigen::Index j = 0; j < matrix.cols(); ++j) result.push_back(matrix(row, j));
  return result;
}

}  // namespace

bool lay_out(const Description& description, const std::vector<scenario::Loaded>& variants,
             results::StudySchema& schema, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const model::Model& first = variants.front().model;
  schema.parameters = varied(description, variants, diagnostics);
  if (diagnostics.errors() > before) return false;

  Rows rows;
  try {
    rows = rows_of(description, first, schema.parameters.size());
  } catch (const std::invalid_argument& problem) {
    diagnostics.error(description.design_position, "this design cannot be made", problem.what());
    return false;
  }
  if (rows.unit.rows() > 0) take_quantiles(description, first, rows, diagnostics);
  const auto count = static_cast<std::size_t>(rows.values.rows());
  if (count > base::most_points / variants.size()) {
    diagnostics.error(description.design_position,
                      fmt::format("{} points", count * variants.size()), "more than 10000000");
  }
  if (diagnostics.errors() > before) return false;

  for (std::size_t v = 0; v < variants.size(); ++v) {
    schema.variants.push_back(description.variants[v].name.text);
    for (Eigen::Index row = 0; row < rows.values.rows(); ++row) {
      schema.contained.push_back(static_cast<std::uint32_t>(schema.points.size()));
      schema.points.push_back(
          {.variant = v, .values = row_of(rows.values, row), .unit = row_of(rows.unit, row)});
    }
  }
  const DesignSettings& design = description.design;
  schema.design = name_of(design.kind);
  if (design.points > 0) schema.settings["points"] = static_cast<double>(design.points);
  if (design.kind == DesignKind::saltelli) {
    schema.settings["replicates"] = static_cast<double>(replicates_of(design));
  }
  if (design.kind == DesignKind::morris) {
    schema.settings["levels"] = static_cast<double>(design.levels);
  }
  return true;
}

}  // namespace truce::study
