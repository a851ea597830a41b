#include "study/detail/load_variants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/merge.hpp"

namespace truce::study {

using scenario::Diagnostics;
using scenario::Node;

namespace {

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

/// The scenario in `file` with the variant's overlay and those of its factors laid over it.
Node load_with_factors(const Description& description, const Variant& variant,
                       const std::filesystem::path& file, const Node& overlay,
                       Diagnostics& diagnostics) {
  std::vector<scenario::Overlay> files = {{.path = file, .asker = variant.name.position}};
  files.push_back({.asker = variant.name.position, .written = &overlay});
  for (const std::size_t f : variant.factors) {
    const FactorOverlay& factor = description.factors[f];
    const bool written = factor.overlay.is_mapping();
    files.push_back({.path = description.file.parent_path() / factor.overlay.text,
                     .asker = factor.overlay.position,
                     .written = written ? &factor.overlay : nullptr,
                     .brings_none = true});
  }
  return scenario::load_laid_over(files, diagnostics);
}

}  // namespace

std::optional<std::vector<scenario::Loaded>> load_variants(const Description& description,
                                                           Diagnostics& diagnostics) {
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
  std::vector<scenario::Loaded> variants;
  const Node* named = description.document.find("scenario");
  const Node base =
      load_file(description.scenario, named != nullptr ? named->position : scenario::Position{});
  for (const study::Variant& variant : description.variants) {
    Node overlay = variant.overlay;
    const auto other = take_base(overlay);
    Node document = base;
    if (other) document = load_file(description.file.parent_path() / other->text, other->position);
    if (document.is_null()) continue;
    if (variant.factors.empty()) {
      document = scenario::merged_over(std::move(document), overlay, &diagnostics);
    } else {
      const auto file = other ? description.file.parent_path() / other->text : description.scenario;
      document = load_with_factors(description, variant, file, overlay, diagnostics);
      if (document.is_null()) continue;
    }
    for (const Assumption& assumption : description.vary) {
      if (assumption.over != Assumption::Over::distribution) continue;
      document = with_prior(document, assumption);
    }
    auto loaded = scenario::load_merged(std::move(document), {}, diagnostics);
    if (loaded) variants.push_back(std::move(*loaded));
  }
  if (diagnostics.errors() > before || variants.size() != description.variants.size()) return {};
  return variants;
}

}  // namespace truce::study
