#include "study/detail/read_factors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "study/factors.hpp"

namespace truce::study {

namespace {

using scenario::Diagnostics;
using scenario::MappingReader;
using scenario::Node;
using scenario::shown;

constexpr std::size_t most_variants = 1000;
constexpr std::size_t most_factors = 10;

/// A factor's overlay: the path of one, or the overlay itself.
std::optional<FactorOverlay> overlay_of(const Node::Entry& entry, Diagnostics& diagnostics) {
  const Node& value = entry.value;
  const bool path = value.is_scalar() && !value.text.empty();
  if (!path && !value.is_mapping()) {
    diagnostics.error(value.position,
                      fmt::format("factor {}: expected the path of an overlay, found {}",
                                  shown(entry.key), scenario::described(value)),
                      {}, "write NAME: overlays/hotline.yaml");
    return std::nullopt;
  }
  const bool plain = !entry.key.empty() && std::ranges::none_of(entry.key, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '+';
  });
  if (!plain) {
    diagnostics.error(entry.key_position,
                      fmt::format("{} cannot be the name of a factor", shown(entry.key)),
                      "a '+' stands between factors that are on", "choose another");
    return std::nullopt;
  }
  return FactorOverlay{{entry.key, entry.key_position}, value};
}

bool read_half(MappingReader& in, std::size_t factors, Diagnostics& diagnostics) {
  const Node* fraction = in.get("fraction");
  if (fraction == nullptr) return false;
  if (!fraction->is_scalar() || (fraction->text != "1/2" && fraction->text != "1")) {
    diagnostics.error(fraction->position,
                      fmt::format("'fraction' is {}", scenario::described(*fraction)), {},
                      "write 1/2, or leave it out for all combinations");
    return false;
  }
  constexpr std::size_t fewest = 3;
  if (fraction->text == "1/2" && factors < fewest) {
    diagnostics.error(fraction->position, fmt::format("half of {} factors", factors),
                      "with fewer than 3 their effects cannot be told apart", "remove 'fraction'");
  }
  return fraction->text == "1/2";
}

}  // namespace

void read_factors(MappingReader& in, Description& study, Diagnostics& diagnostics) {
  for (const Node::Entry* entry : in.entries("factors")) {
    if (auto factor = overlay_of(*entry, diagnostics)) study.factors.push_back(std::move(*factor));
  }
  const bool half = read_half(in, study.factors.size(), diagnostics);
  if (study.factors.empty()) return;
  const scenario::Position& position = in.get("factors")->position;
  const std::size_t count = study.factors.size();
  if (count > most_factors || (study.variants.size() << count >> (half ? 1 : 0)) > most_variants) {
    diagnostics.error(position,
                      count > most_factors ? fmt::format("{} factors", count)
                                           : fmt::format("{} factors make more than {} variants",
                                                         count, most_variants),
                      count > most_factors ? "at most 10" : "",
                      half ? "use fewer" : "use fewer, or add 'fraction: 1/2'");
    return;
  }
  Factorial factorial{.half = half};
  for (const FactorOverlay& factor : study.factors) factorial.factors.push_back(factor.name.text);
  for (const Variant& variant : study.variants) factorial.variants.push_back(variant.name.text);
  const std::vector<Variant> before = std::exchange(study.variants, {});
  for (const FactorialVariant& made : crossed(factorial)) {
    Variant variant = before[made.variant];
    variant.name.text = made.name;
    for (std::size_t f = 0; f < count; ++f) {
      if ((made.on >> f & 1U) != 0) variant.factors.push_back(f);
    }
    const bool again = std::ranges::any_of(
        study.variants, [&](const Variant& other) { return other.name.text == made.name; });
    if (again) {
      diagnostics.error(position, fmt::format("two variants are called {}", shown(made.name)), {},
                        "give the variant or the factor another name");
    }
    study.variants.push_back(std::move(variant));
  }
}

}  // namespace truce::study
