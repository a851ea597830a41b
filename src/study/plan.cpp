#include "truce/study/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "scenario/merge.hpp"
#include "truce/model/simulator.hpp"
#include "truce/study/run.hpp"
#include "union_schema.hpp"

namespace truce::study {

namespace {

using scenario::Diagnostics;
using scenario::Node;

/// The overlay without its key `extends`, and that key's value.
std::optional<Node> take_base(Node& overlay) {
  auto& entries = overlay.entries;
  const auto at = std::ranges::find(entries, "extends", &Node::Entry::key);
  if (at == entries.end()) return std::nullopt;
  Node base = std::move(at->value);
  entries.erase(at);
  return base;
}

/// Gives the parameter that distribution as its prior.
Node with_prior(const Node& document, const Assumption& assumption) {
  const Node* parameters = document.find("parameters");
  const Node* written = parameters != nullptr ? parameters->find(assumption.name.text) : nullptr;
  if (written == nullptr) return document;  // reported where names are checked
  const auto mapping = [&](std::string key, Node value) {
    Node node;
    node.kind = Node::Kind::mapping;
    node.position = assumption.value.position;
    node.entries.push_back({std::move(key), assumption.name.position, std::move(value)});
    return node;
  };
  Node parameter = mapping("prior", assumption.value);
  if (written->is_scalar()) parameter.entries.push_back({"value", written->position, *written});
  return scenario::merged(document,
                          mapping("parameters", mapping(assumption.name.text, parameter)));
}

const model::Parameter* find_parameter(const model::Model& model, const std::string& name) {
  const auto at = std::ranges::find(model.parameters, name, &model::Parameter::name);
  return at == model.parameters.end() ? nullptr : &*at;
}

std::vector<std::string> parameter_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Parameter& parameter : model.parameters) names.push_back(parameter.name);
  return names;
}

}  // namespace

std::optional<Plan> Plan::make(const Description& description, const std::string& command_line,
                               Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  Plan plan;
  plan.description_ = description;
  if (!plan.load_variants(diagnostics)) return std::nullopt;
  if (!plan.lay_out(diagnostics)) return std::nullopt;
  plan.join_schemas(command_line);
  plan.check_outcomes(diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  plan.loaded_.clear();
  return plan;
}

bool Plan::load_variants(Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const auto load_file = [&](const std::filesystem::path& path, const scenario::Position& asker) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
      diagnostics.error(asker,
                        fmt::format("there is no scenario {}", scenario::shown(path.string())), {},
                        "paths are relative to the study");
      return Node{};
    }
    return scenario::load_document(path, diagnostics);
  };
  const Node* named = description_.document.find("scenario");
  const Node base =
      load_file(description_.scenario, named != nullptr ? named->position : scenario::Position{});
  for (const study::Variant& variant : description_.variants) {
    Node overlay = variant.overlay;
    const auto other = take_base(overlay);
    Node document = base;
    if (other) document = load_file(description_.file.parent_path() / other->text, other->position);
    if (document.is_null()) continue;
    document = scenario::merged_over(std::move(document), overlay, &diagnostics);
    for (const Assumption& assumption : description_.vary) {
      if (assumption.over != Assumption::Over::distribution) continue;
      document = with_prior(document, assumption);
    }
    auto loaded = scenario::load_merged(std::move(document), {}, diagnostics);
    if (loaded) loaded_.push_back(std::move(*loaded));
  }
  return diagnostics.errors() == before && loaded_.size() == description_.variants.size();
}

bool Plan::lay_out(Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const model::Model& first = loaded_.front().model;
  std::vector<std::pair<std::string, scenario::Position>> varied;
  if (description_.list) {
    for (const std::string& name : description_.list->names) {
      varied.emplace_back(name, description_.design_position);
    }
  }
  for (const Assumption& assumption : description_.vary) {
    varied.emplace_back(assumption.name.text, assumption.name.position);
  }
  for (const auto& [name, position] : varied) {
    schema_.parameters.push_back(name);
    for (std::size_t v = 0; v < loaded_.size(); ++v) {
      const model::Parameter* parameter = find_parameter(loaded_[v].model, name);
      if (parameter == nullptr) {
        diagnostics.error(position, fmt::format("unknown parameter {}", scenario::shown(name)),
                          v == 0 ? ""
                                 : fmt::format("variant {} has none of this name",
                                               scenario::shown(description_.variants[v].name.text)),
                          scenario::did_you_mean(name, parameter_names(loaded_[v].model)));
        break;
      }
      if (parameter->correlated) {
        diagnostics.error(position, fmt::format("{} has a correlated prior", scenario::shown(name)),
                          "a design varies its parameters independently",
                          "remove it from 'correlations', or run the scenario with --uncertain");
        break;
      }
    }
  }
  if (diagnostics.errors() > before) return false;

  std::vector<std::vector<double>> lists;
  std::vector<double> base;
  for (const Assumption& assumption : description_.vary) {
    lists.push_back(assumption.values);
    for (const auto& [name, value] : model::point_parameters(first)) {
      if (name == assumption.name.text) base.push_back(value);
    }
  }
  const auto dimensions = static_cast<Eigen::Index>(schema_.parameters.size());
  const DesignSettings& design = description_.design;
  Eigen::MatrixXd values;
  Eigen::MatrixXd unit;
  try {
    switch (design.kind) {
      case DesignKind::grid:
        values = lists.empty() ? Eigen::MatrixXd(1, 0) : grid_points(lists);
        break;
      case DesignKind::one_at_a_time:
        values = one_at_a_time_points(base, lists);
        break;
      case DesignKind::list:
        values = description_.list->values;
        break;
      default:
        unit = unit_points(design, dimensions);
        values.resize(unit.rows(), unit.cols());
    }
  } catch (const std::invalid_argument& problem) {
    diagnostics.error(description_.design_position, "this design cannot be made", problem.what());
    return false;
  }
  for (Eigen::Index j = 0; j < unit.cols(); ++j) {
    const auto& assumption = description_.vary[static_cast<std::size_t>(j)];
    const model::Parameter& parameter = *find_parameter(first, assumption.name.text);
    for (Eigen::Index i = 0; i < unit.rows(); ++i) {
      const auto value = model::prior_quantile(first, parameter, unit(i, j));
      if (!value) {
        diagnostics.error(assumption.name.position,
                          parameter.prior.present()
                              ? fmt::format("{} cannot be varied over its distribution",
                                            scenario::shown(parameter.name))
                              : fmt::format("{} has no prior", scenario::shown(parameter.name)),
                          parameter.prior.present()
                              ? "it is no single distribution with constant arguments"
                              : "");
        break;
      }
      values(i, j) = *value;
    }
  }
  if (diagnostics.errors() > before) return false;

  constexpr std::size_t most_points = 10'000'000;
  const auto rows = static_cast<std::size_t>(values.rows());
  if (rows > most_points / loaded_.size()) {
    diagnostics.error(description_.design_position, fmt::format("{} points", rows * loaded_.size()),
                      "more than 10000000");
    return false;
  }
  const auto row_of = [](const Eigen::MatrixXd& matrix, Eigen::Index row) {
    std::vector<double> result;
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) result.push_back(matrix(row, j));
    return result;
  };
  for (std::size_t v = 0; v < loaded_.size(); ++v) {
    schema_.variants.push_back(description_.variants[v].name.text);
    for (Eigen::Index row = 0; row < values.rows(); ++row) {
      schema_.contained.push_back(static_cast<std::uint32_t>(schema_.points.size()));
      schema_.points.push_back(
          {.variant = v,
           .values = row_of(values, row),
           .unit = unit.rows() > 0 ? row_of(unit, row) : std::vector<double>()});
    }
  }
  schema_.design = name_of(design.kind);
  if (design.points > 0)
    schema_.settings.emplace_back("points", static_cast<double>(design.points));
  if (design.kind == DesignKind::morris) {
    schema_.settings.emplace_back("levels", static_cast<double>(design.levels));
  }
  return true;
}

void Plan::join_schemas(const std::string& command_line) {
  RunSettings settings{.trials = description_.precision ? description_.precision->at_most
                                                        : description_.trials};
  settings.simulator.seed = description_.seed;
  std::vector<results::Schema> schemas;
  for (const scenario::Loaded& loaded : loaded_) {
    schemas.push_back(schema_of(loaded, settings, command_line));
  }
  results::Schema& common = schema_.common;
  common = union_of(schemas);
  if (!description_.name.empty()) common.title = description_.name;
  if (!description_.summary.empty()) common.summary = description_.summary;
  common.study_yaml = scenario::to_yaml(description_.document);
  common.parameters.clear();
  schema_.against = description_.against.empty() ? schema_.variants.front() : description_.against;
  schema_.compared = description_.compared;
  for (std::size_t v = 0; v < schemas.size(); ++v) {
    Variant& variant = variants_.emplace_back();
    variant.scenario = std::move(loaded_[v].scenario);
    for (const results::Column& column : common.columns) {
      const auto own = std::ranges::find(schemas[v].columns, column.name, &results::Column::name);
      std::vector<double>& codes = variant.codes.emplace_back();
      if (own == schemas[v].columns.end()) {
        variant.column_of.emplace_back();
        continue;
      }
      variant.column_of.emplace_back(static_cast<std::size_t>(own - schemas[v].columns.begin()));
      for (const std::string& label : own->labels) {
        const auto at = std::ranges::find(column.labels, label);
        codes.push_back(static_cast<double>(at - column.labels.begin()));
      }
    }
    for (const results::Timeline& timeline : schemas[v].timelines) {
      const auto at = std::ranges::find(common.timelines, timeline.name, &results::Timeline::name);
      variant.timeline.emplace_back();
      if (at != common.timelines.end()) {
        variant.timeline.back() = static_cast<std::uint32_t>(at - common.timelines.begin());
      }
    }
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
  for (const std::string& name : description_.compared) check(name, description_.compare_position);
  if (description_.precision) {
    check(description_.precision->outcome, description_.precision->position);
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
  if (model) return std::move(*model);
  std::string values;
  for (const auto& [name, value] : overrides) values += fmt::format(" {} = {}", name, value);
  throw std::runtime_error(fmt::format("variant '{}' at{}:\n{}", schema_.variants[at.variant],
                                       values, diagnostics.text()));
}

void Plan::to_common(std::size_t v, results::Block& block) const {
  const Variant& variant = variants_.at(v);
  const std::size_t trials = block.status.size();
  std::vector<std::vector<double>> columns(schema_.common.columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!variant.column_of[c]) {
      columns[c].assign(trials, std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    columns[c] = std::move(block.columns[*variant.column_of[c]]);
    if (variant.codes[c].empty()) continue;
    for (std::size_t i = 0; i < trials; ++i) {
      if (block.status[i] == results::Status::failed) continue;
      columns[c][i] = variant.codes[c][static_cast<std::size_t>(columns[c][i])];
    }
  }
  block.columns = std::move(columns);
  std::vector<results::TimelineSegment> segments;
  std::size_t next = 0;
  for (std::uint32_t& end : block.segments_end) {
    for (; next < end; ++next) {
      results::TimelineSegment segment = block.segments[next];
      if (!variant.timeline[segment.timeline]) continue;
      segment.timeline = *variant.timeline[segment.timeline];
      segments.push_back(segment);
    }
    end = static_cast<std::uint32_t>(segments.size());
  }
  block.segments = std::move(segments);
}

}  // namespace truce::study
