#pragma once

namespace truce::test {

/// Whether this is built with the address sanitizer, where a test takes some ten times as long.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// How many repetitions are made of as many: all of them is the business of the optimised build.
constexpr auto repeated(auto times) {
  return sanitized ? times / 10 : times;
}

/// How long a test may take, in seconds.
constexpr double allowed(double seconds) {
  return sanitized ? 10 * seconds : seconds;
}

}  // namespace truce::test
