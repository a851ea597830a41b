#include "results/detail/apart.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <new>
#include <string>

#include "results/error.hpp"

namespace truce::results {

namespace {

/// How the process ends; anything else is a crash.
enum Outcome : int { went_well = 0, refused = 10, out_of_memory = 11 };

void limit(decltype(RLIMIT_CPU) what, std::uint64_t most) {
  const rlimit value{most, most};
  ::setrlimit(what, &value);
}

[[noreturn]] void work_and_end(const Limits& limits, const std::function<void()>& work, int pipe) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);  // the C library's last words
  ::dup2(nowhere, STDERR_FILENO);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, limits.seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, limits.bytes);  // sanitizers' shadows need more than any machine has
#endif
  int outcome = went_well;
  try {
    work();
  } catch (const ResultsError& error) {
    outcome = refused;
    [[maybe_unused]] const ssize_t told =
        ::write(pipe, error.reason().data(), error.reason().size());
  } catch (const std::bad_alloc&) {
    outcome = out_of_memory;
  } catch (...) {
    std::abort();
  }
  ::_exit(outcome);  // nothing of the copied process is to be finished
}

std::string all_of(int pipe) {
  std::string text;
  std::array<char, 4096> piece{};
  while (true) {
    const ssize_t size = ::read(pipe, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

void do_apart(const std::filesystem::path& path, const Limits& limits,
              const std::function<void()>& work) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw ResultsError::of_call(path, errno);
  const pid_t child = ::fork();
  if (child == 0) work_and_end(limits, work, pipe[1]);
  const int error = errno;
  ::close(pipe[1]);
  const std::string reason = child < 0 ? "" : all_of(pipe[0]);
  ::close(pipe[0]);
  if (child < 0) throw ResultsError::of_call(path, error);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == went_well) return;
  if (WIFEXITED(status) && WEXITSTATUS(status) == refused) throw ResultsError(path, reason);
  if (WIFEXITED(status) && WEXITSTATUS(status) == out_of_memory) {
    throw ResultsError(path, "is damaged, or too large for the memory");
  }
  const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (signal == SIGXCPU || (signal == SIGKILL && reason.empty())) {
    throw ResultsError(path, fmt::format("is damaged: the HDF5 library comes to no end with it in "
                                         "{} s",
                                         limits.seconds));
  }
  if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP) {
    throw ResultsError(path, "reading it was stopped", Fault::machine);
  }
  throw ResultsError(path, fmt::format("is damaged: the HDF5 library crashes on it ({})",
                                       signal != 0 ? ::strsignal(signal) : "it ended"));
}

}  // namespace truce::results
