#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace truce::cli {

/// One of several shares of the work.
struct Shard {
  std::uint32_t number = 1;  ///< from 1
  std::uint32_t of = 1;
};

/// All of the work.
inline constexpr const char* whole_shard = "1/1";

/// What `--shard` says of itself.
inline constexpr const char* shard_help = "K/N: only the K-th of N shares; see truce join";

/// K/N; nothing, with a message, where it is wrong, e.g. empty.
std::optional<Shard> shard_of(const std::string& text);

/// STEM.h5, or STEM.shard-K-of-N.h5.
std::string shard_name(const std::string& stem, const Shard& shard);

}  // namespace truce::cli
