#include "study/detail/read_design.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/mapping_reader.hpp"
#include "scenario/table_file.hpp"
#include "study/detail/read_numbers.hpp"
#include "study/detail/study_keys.hpp"

namespace truce::study {

using scenario::Node;

namespace {

constexpr std::uint64_t most_points = 10'000'000;

/// The points of a design that are listed in a table.
void read_list(const Node& node, Description& study, scenario::Diagnostics& diagnostics) {
  const auto found = scenario::read_table_file(node.position, node.text, diagnostics);
  if (!found) return;
  PointList list{.names = found->table.names()};
  list.values.resize(static_cast<Eigen::Index>(found->table.rows()),
                     static_cast<Eigen::Index>(list.names.size()));
  bool sound = true;
  for (std::size_t j = 0; j < list.names.size(); ++j) {
    const auto values = found->numbers(j, diagnostics);
    sound = sound && !values.empty();
    if (sound) {
      list.values.col(static_cast<Eigen::Index>(j)) =
          Eigen::Map<const Eigen::VectorXd>(values.data(), list.values.rows());
    }
  }
  if (sound) study.list = std::move(list);
}

}  // namespace

void read_design(const Node& node, Description& study, scenario::Diagnostics& diagnostics) {
  if (node.is_scalar() && form_named(node.text) != nullptr) {
    diagnostics.error(node.position,
                      fmt::format("design: expected a mapping, found '{}'", node.text), {},
                      fmt::format("write {{kind: {}}}", node.text));
    return;
  }
  scenario::MappingReader in(node, keys::design, "", diagnostics);
  study.design_position = node.position;
  if (!in.sound()) return;
  if (const Node* kind = in.get("kind")) {
    const DesignForm* form = kind->is_scalar() ? form_named(kind->text) : nullptr;
    if (form != nullptr) {
      study.design.kind = form->kind;
    } else {
      diagnostics.error(kind->position,
                        fmt::format("unknown design {}", scenario::described(*kind)), {},
                        scenario::did_you_mean(kind->text, design_names()));
    }
  }
  const auto whole = [&](std::string_view key, std::uint64_t fallback, std::uint64_t least,
                         std::uint64_t most) {
    return read_whole(in, key, fallback, least, most, diagnostics);
  };
  study.design.points = whole("points", 0, 1, most_points);
  study.design.levels = whole("levels", 4, 2, 1000);
  study.design.replicates = whole("replicates", 0, 2, most_points);
  study.design.seed = study.seed;
  if (const Node* file = in.get("file"); file != nullptr && file->is_scalar()) {
    read_list(*file, study, diagnostics);
  }
}

void check_design(const Description& study, scenario::Diagnostics& diagnostics) {
  const DesignSettings& design = study.design;
  const DesignForm& form = form_of(design.kind);
  const bool listed = design.kind == DesignKind::list;
  const bool by_values = form.given && !listed;
  const std::string kind(form.name);
  const auto error = [&](std::string problem, std::string suggestion = {}) {
    diagnostics.error(study.design_position, std::move(problem), {}, std::move(suggestion));
  };
  if (!study.document.find("design")) return;
  const auto idle = [&](const char* key, bool takes) {
    if (takes || study.document.find("design")->find(key) == nullptr) return;
    error(fmt::format("a design of kind '{}' takes no '{}'", kind, key), "remove it");
  };
  idle("points", !form.given);
  idle("levels", design.kind == DesignKind::morris);
  idle("file", listed);
  if (const Node* trials = study.document.find("trials"); trials != nullptr && study.precision) {
    diagnostics.warning(trials->position, "'trials' is not used",
                        "with 'precision' each point goes on until it is reached, or to "
                        "'at_most' trials");
  }
  if (listed && !study.document.find("design")->find("file")) {
    error("a design of kind 'list' needs the key 'file'");
  }
  if (listed && !study.vary.empty()) {
    error("a design of kind 'list' takes its parameters from the file", "remove 'vary'");
  }
  if (!form.given && study.vary.empty()) {
    error(fmt::format("a design of kind '{}' needs something to vary", kind), "add 'vary'");
  }
  if (!form.given && design.points == 0) {
    error(fmt::format("a design of kind '{}' needs the key 'points'", kind));
  }
  for (const Assumption& assumption : study.vary) {
    const bool values = assumption.over == Assumption::Over::values;
    if (by_values == values) continue;
    diagnostics.error(
        assumption.name.position,
        by_values ? fmt::format("a design of kind '{}' needs a list of values", kind)
                  : fmt::format("a design of kind '{}' needs 'prior' or a distribution", kind));
  }
}

}  // namespace truce::study
