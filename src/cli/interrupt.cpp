#include "cli/interrupt.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>

#include "cli/exit_code.hpp"
#include "results/hidden_file.hpp"

namespace truce::cli {

namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void give_up(int) {
  results::remove_hidden_files();
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

extern "C" void finish(int signal) {
  if (interrupted.exchange(true)) give_up(signal);
  // Whoever is interrupted may be about to ask why a call of its own has failed.
  const int kept = errno;
  if (::isatty(STDERR_FILENO) != 0) {
    constexpr std::string_view text = "\r\033[Kstopping; once more to give up what is finished\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  }
  errno = kept;
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // Under nohup it is ignored, and has to stay so.
  struct sigaction before {};
  ::sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard(OnSignal action) {
  interrupted = false;
  handle(action == OnSignal::finish ? finish : give_up);
}

InterruptGuard::~InterruptGuard() {
  handle(SIG_DFL);
}

const std::atomic<bool>& InterruptGuard::flag() const {
  return interrupted;
}

}  // namespace truce::cli
