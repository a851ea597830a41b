#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

#include "support/catch.hpp"

namespace truce::test {

#ifdef NDEBUG  // contracts are not evaluated
template <class Act>
void check_broken(const Act&, const std::string&) {}
#else
/// Such an act breaks the contract of this condition, and so ends the process that it is done in.
template <class Act>
void check_broken(const Act& act, const std::string& condition) {
  std::array<int, 2> told{};
  REQUIRE(pipe(told.data()) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // which would be taken for this test's own
    dup2(told[1], STDERR_FILENO);
    act();
    _exit(0);
  }
  close(told[1]);
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t n = 0; (n = read(told[0], part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(n));
  }
  close(told[0]);
  int status = 0;
  waitpid(child, &status, 0);
  CAPTURE(text);
  CHECK(WIFSIGNALED(status));
  CHECK(text.find("is broken: " + condition) != std::string::npos);
}
#endif

}  // namespace truce::test
