#include "study/factors.hpp"

#include <bit>

#include "scenario/document.hpp"

namespace truce::study {

std::vector<FactorialVariant> crossed(const Factorial& factorial) {
  std::vector<FactorialVariant> all;
  for (std::size_t v = 0; v < factorial.variants.size(); ++v) {
    const std::string& variant = factorial.variants[v];
    for (std::uint32_t on = 0; on < std::uint32_t{1} << factorial.factors.size(); ++on) {
      if (factorial.half && std::popcount(on) % 2 != 0) continue;
      std::string name = variant == as_written && on != 0 ? "" : variant;
      for (std::size_t f = 0; f < factorial.factors.size(); ++f) {
        if ((on >> f & 1U) == 0) continue;
        name += (name.empty() ? "" : "+") + factorial.factors[f];
      }
      all.push_back({std::move(name), v, on});
    }
  }
  return all;
}

std::optional<Factorial> factorial_of(const std::string& yaml) {
  scenario::Diagnostics diagnostics;
  const scenario::Node document = scenario::parse_document(yaml, "study", diagnostics);
  const scenario::Node* factors = document.find("factors");
  if (factors == nullptr || factors->entries.empty()) return std::nullopt;
  Factorial factorial;
  for (const auto& entry : factors->entries) factorial.factors.push_back(entry.key);
  if (const scenario::Node* variants = document.find("variants")) {
    for (const auto& entry : variants->entries) factorial.variants.push_back(entry.key);
  }
  if (factorial.variants.empty()) factorial.variants.emplace_back(as_written);
  const scenario::Node* fraction = document.find("fraction");
  factorial.half = fraction != nullptr && fraction->text == "1/2";
  return factorial;
}

}  // namespace truce::study
