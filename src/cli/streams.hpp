#pragma once

#include <fmt/format.h>

#include <string_view>
#include <system_error>
#include <utility>

namespace truce::cli {

/// To be called before anything else. Descriptors 0 to 2 are never given to a file of results, even
/// where the caller has closed them; and a write that fails fails, but ends no work: a closed pipe
/// or a limit on the size of files raises no signal.
void prepare_streams();

/// Writes out what is held back. Whether all that was ever printed has arrived; what has not is
/// told on stderr, unless a reader has left a pipe.
bool finish_streams();

/// Writes to stderr; what cannot be written is remembered for `finish_streams`.
void say_text(std::string_view text) noexcept;

template <class... T>
void say(fmt::format_string<T...> format, T&&... arguments) {
  say_text(fmt::format(format, std::forward<T>(arguments)...));
}

/// Does what prints to stdout, so that a reader or a disk that fails stops the printing alone;
/// `finish_streams` tells.
template <class Print>
void printing(Print&& print) {
  try {
    print();
  } catch (const std::system_error&) {
  }
}

}  // namespace truce::cli
