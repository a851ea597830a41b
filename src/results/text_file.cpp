#include "results/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/uninterrupted.hpp"
#include "results/detail/partial_file.hpp"

namespace truce::results {

namespace {

/// Returns 0 or the error number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written =
        base::uninterrupted([&] { return ::write(descriptor, text.data(), text.size()); });
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void write_text(const std::filesystem::path& path, std::string_view text) {
  PartialFile file(path, OverwritePolicy::replace);
  const int descriptor = base::uninterrupted(
      [&] { return ::open(file.hidden().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666); });
  if (descriptor < 0) throw ResultsError::of_call(path, errno);
  const int error = write_all(descriptor, text);
  const int at_end = base::closed(::close(descriptor));
  if (error != 0 || at_end != 0) throw ResultsError::of_call(path, error != 0 ? error : at_end);
  file.publish();
}

}  // namespace truce::results
