#include "results/detail/memory_file.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "results/error.hpp"

namespace truce::results {

MemoryFile::MemoryFile(const std::filesystem::path& name)
    : name_(name), descriptor_(::memfd_create("truce", MFD_CLOEXEC)) {
  if (descriptor_ < 0) throw ResultsError::of_call(name_, errno);
}

MemoryFile::~MemoryFile() {
  ::close(descriptor_);
}

std::vector<std::uint8_t> MemoryFile::bytes() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw ResultsError::of_call(name_, errno);
  std::vector<std::uint8_t> all(static_cast<std::size_t>(status.st_size));
  for (std::size_t done = 0; done < all.size();) {
    const ssize_t now =
        ::pread(descriptor_, all.data() + done, all.size() - done, static_cast<off_t>(done));
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) throw ResultsError::of_call(name_, now < 0 ? errno : EIO);
    done += static_cast<std::size_t>(now);
  }
  return all;
}

}  // namespace truce::results
