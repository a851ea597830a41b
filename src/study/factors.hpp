#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace truce::study {

/// Two-level factors that cross a study's variants: overlays, each on or off.
struct Factorial {
  std::vector<std::string> factors;
  std::vector<std::string> variants;  ///< that are crossed
  bool half = false;                  ///< only where an even number of factors is on
};

/// One of the variants that the crossing makes.
struct FactorialVariant {
  std::string name;         ///< "as_written", "corridors+hotline", "VARIANT+corridors"
  std::size_t variant = 0;  ///< that is crossed
  std::uint32_t on = 0;     ///< bit f: factor f is on
};

/// All of them: variant by variant, first with all factors off, the first factor changing fastest.
/// The half fraction of k factors is that with defining relation I = the product of all, of
/// resolution k. Source: G. E. P. Box, J. S. Hunter and W. G. Hunter, Statistics for Experimenters,
/// 2nd ed. (2005), chapter 6.
std::vector<FactorialVariant> crossed(const Factorial& factorial);

/// The factors of a study, of which `yaml` is the text; nothing where it has none.
std::optional<Factorial> factorial_of(const std::string& yaml);

/// The variant that stands where a study names none.
inline constexpr const char* as_written = "as_written";

}  // namespace truce::study
