#pragma once

#include <cerrno>

namespace truce::base {

/// The answer of a call of the system, which is made again as long as a signal has cut it short.
template <class Call>
auto uninterrupted(Call&& call) {
  while (true) {
    const auto answer = call();
    if (answer >= 0 || errno != EINTR) return answer;
  }
}

/// Closes a descriptor. Returns 0 or the error number. One that a signal has cut short is closed,
/// as Linux has it: to close it again could close another file.
inline int closed(int answer) {
  return answer == 0 || errno == EINTR ? 0 : errno;
}

}  // namespace truce::base
