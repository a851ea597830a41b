#include "cli/streams.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "base/uninterrupted.hpp"

namespace truce::cli {

namespace {

/// Opens a closed descriptor the wrong way round, so that what is read or written there still
/// fails.
void occupy(int descriptor, int access) {
  if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) return;
  // The lowest free number is this one: those below it are taken.
  [[maybe_unused]] const int opened = ::open("/dev/null", access);
}

bool reader_has_left(int descriptor) {
  pollfd state{.fd = descriptor, .events = POLLOUT, .revents = 0};
  return ::poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
}

/// Some file systems tell only on closing that they could not write.
bool closes_well(int descriptor) {
  const int copy = ::dup(descriptor);
  return copy < 0 || base::closed(::close(copy)) == 0;
}

bool arrived(std::FILE* stream, int descriptor) {
  const bool flushed = std::fflush(stream) == 0;
  return flushed && std::ferror(stream) == 0 && closes_well(descriptor);
}

}  // namespace

void prepare_streams() {
  occupy(STDIN_FILENO, O_WRONLY);
  occupy(STDOUT_FILENO, O_RDONLY);
  occupy(STDERR_FILENO, O_RDONLY);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool finish_streams() {
  const bool printed = arrived(stdout, STDOUT_FILENO);
  if (!printed && !reader_has_left(STDOUT_FILENO)) {
    say_text("truce: error: standard output cannot be written; what was printed is not whole\n");
  }
  return arrived(stderr, STDERR_FILENO) && printed;
}

void say_text(std::string_view text) noexcept {
  std::fwrite(text.data(), 1, text.size(), stderr);  // ferror remembers
}

}  // namespace truce::cli
