#include "results/output_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string>

#include "base/uninterrupted.hpp"
#include "results/detail/partial_file.hpp"
#include "results/run_record.hpp"

namespace truce::results {

namespace fs = std::filesystem;

namespace {

/// Whether the name still leads to the open file: its former holder may have removed it.
bool leads_to(const fs::path& name, int descriptor) {
  struct stat named {};
  struct stat opened {};
  return ::stat(name.c_str(), &named) == 0 && ::fstat(descriptor, &opened) == 0 &&
         named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

/// The number of the process that holds the lock, as it has written it.
std::string holder_of(int descriptor) {
  std::array<char, 20> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  long number = 0;
  const auto read = std::from_chars(text.data(), text.data() + std::max<ssize_t>(size, 0), number);
  return read.ec == std::errc{} ? fmt::format(" (process {})", number) : "";
}

void remove_left_over(const fs::path& folder, const std::string& beginning) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().filename().string().starts_with(beginning) &&
        fs::is_regular_file(entry->symlink_status(ignored))) {
      fs::remove(entry->path(), ignored);
    }
  }
}

}  // namespace

OutputLock::OutputLock(const fs::path& output) {
  require_place(output);
  const fs::path name = output.parent_path() / fmt::format(".{}.lock", output.filename().string());
  while (true) {
    descriptor_ = base::uninterrupted(
        [&] { return ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666); });
    if (descriptor_ < 0) {
      const ResultsError error = ResultsError::of_call(output, errno);
      throw ResultsError(output, "cannot write in its folder: " + error.reason(), error.fault());
    }
    // Some file systems have no locks; there, two runs at once end with the file of the later one.
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      const std::string holder = holder_of(descriptor_);
      ::close(descriptor_);
      throw ResultsError(output, fmt::format("another truce is writing it{}; wait for it, or give "
                                             "another output",
                                             holder));
    }
    if (leads_to(name, descriptor_)) break;
    ::close(descriptor_);
  }
  name_.emplace(name);
  const std::string number = fmt::format("{}\n", ::getpid());
  [[maybe_unused]] const int cut = ::ftruncate(descriptor_, 0);
  [[maybe_unused]] const ssize_t told = ::pwrite(descriptor_, number.data(), number.size(), 0);
  for (const fs::path& file : {output, run_record_path(output)}) {
    remove_left_over(folder_of(output), hidden_beginning(file));
  }
  fs::path parts = output;
  parts += ".parts";
  for (const char* const hidden : {".0", ".row-"}) remove_left_over(parts, hidden);
  std::error_code error;
  for (fs::directory_iterator at(parts, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().starts_with("point-")) remove_left_over(at->path(), ".0");
  }
}

OutputLock::~OutputLock() {
  name_.reset();  // while it is still held
  ::close(descriptor_);
}

}  // namespace truce::results
