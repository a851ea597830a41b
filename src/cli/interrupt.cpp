#include "cli/interrupt.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>

#include "cli/exit_code.hpp"
#include "results/hidden_file.hpp"

namespace truce::cli {

namespace {

using Clock = std::chrono::steady_clock;

// A signal handler can reach nothing but globals.
std::atomic<bool> interrupted = false;
std::atomic<Clock::rep> interrupted_at = 0;
static_assert(std::atomic<bool>::is_always_lock_free);
static_assert(std::atomic<Clock::rep>::is_always_lock_free);

/// `timeout` and schedulers send a signal to the process and to its group: both are one wish.
constexpr Clock::duration one_wish = std::chrono::seconds(1);

void tell(std::string_view text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

extern "C" void give_up(int) {
  results::remove_hidden_files();
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

extern "C" void finish(int signal) {
  // Whoever is interrupted may be about to ask why a call of its own has failed.
  const int kept = errno;
  const Clock::time_point now = Clock::now();
  if (interrupted) {
    if (now - Clock::time_point(Clock::duration(interrupted_at)) >= one_wish) {
      tell("truce: error: given up at another signal; what was not kept yet is lost\n");
      give_up(signal);
    }
  } else {
    interrupted_at = now.time_since_epoch().count();
    interrupted = true;
    if (::isatty(STDERR_FILENO) != 0) {
      tell("\r\033[Kstopping; once more, in a second or later, to give up what is finished\n");
    }
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
