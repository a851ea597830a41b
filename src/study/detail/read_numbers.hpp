#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.hpp"
#include "scenario/mapping_reader.hpp"

namespace truce::study {

/// A finite number as written; nothing where it is none.
std::optional<double> number_in(const scenario::Node& node);

/// The whole number that a key has, from `least` to `most`; else reported, and `fallback`.
std::uint64_t read_whole(scenario::MappingReader& in, std::string_view key, std::uint64_t fallback,
                         std::uint64_t least, std::uint64_t most,
                         scenario::Diagnostics& diagnostics);

/// The number that a key has, between `above` and `below`, both left out.
double read_real(scenario::MappingReader& in, std::string_view key, double fallback, double above,
                 double below, scenario::Diagnostics& diagnostics);

}  // namespace truce::study
