#include "cli/shard_option.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cli/scenario_options.hpp"

namespace truce::cli {

std::optional<Shard> shard_of(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard.number);
  if (first.ec == std::errc() && first.ptr != end && *first.ptr == '/') {
    const auto second = std::from_chars(first.ptr + 1, end, shard.of);
    if (second.ec == std::errc() && second.ptr == end && shard.number >= 1 &&
        shard.number <= shard.of) {
      return shard;
    }
  }
  print_error(fmt::format("--shard '{}': expected K/N, with K from 1 to N", text));
  return std::nullopt;
}

std::string shard_name(const std::string& stem, const Shard& shard) {
  return shard.of == 1 ? stem + ".h5"
                       : fmt::format("{}.shard-{}-of-{}.h5", stem, shard.number, shard.of);
}

}  // namespace truce::cli
