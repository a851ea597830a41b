#include "base/read_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/uninterrupted.hpp"

namespace truce::base {

FileContent read_file(const std::filesystem::path& path, std::size_t most) {
  FileContent content;
  const int descriptor =
      uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY); });
  if (descriptor < 0) {
    content.error = errno;
    return content;
  }
  constexpr std::size_t piece = std::size_t{1} << 16U;
  std::size_t size = 0;
  while (true) {
    // The size of a pipe is not known before.
    content.text.resize(size + piece);
    const ssize_t more =
        uninterrupted([&] { return ::read(descriptor, content.text.data() + size, piece); });
    if (more < 0) content.error = errno;
    if (more <= 0) break;
    size += static_cast<std::size_t>(more);
    content.too_large = size > most;
    if (content.too_large) break;
  }
  ::close(descriptor);
  content.text.resize(std::min(size, most));
  return content;
}

}  // namespace truce::base
