#include "results/seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "base/uninterrupted.hpp"
#include "results/detail/seal_writer.hpp"

namespace truce::results {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = "\ntruce-seal ";
constexpr std::uint64_t line_size = beginning.size() + 20 + 1 + 8 + 1;

std::string line_of(std::uint64_t bytes, std::uint32_t checksum) {
  return fmt::format("{}{:020} {:08x}\n", beginning, bytes, checksum);
}

/// An open file; whatever a call answers other than well is a ResultsError.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int access)
      : path_(path),
        number_(base::uninterrupted([&] { return ::open(path.c_str(), access | O_CLOEXEC); })) {
    if (number_ < 0) fail();
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] std::uint64_t size() const {
    struct stat status {};
    if (::fstat(number_, &status) != 0) fail();
    return static_cast<std::uint64_t>(status.st_size);
  }

  /// Hands over the first `bytes` bytes, piece by piece.
  template <class Consumer>
  void read(std::uint64_t first, std::uint64_t bytes, Consumer&& consumer) const {
    std::vector<char> piece(std::size_t{1} << 20U);
    while (bytes > 0) {
      const ssize_t size = base::uninterrupted([&] {
        return ::pread(number_, piece.data(), std::min<std::uint64_t>(piece.size(), bytes),
                       static_cast<off_t>(first));
      });
      if (size < 0) fail();
      if (size == 0) throw ResultsError(path_, "has become shorter while it was read");
      consumer(std::string_view(piece.data(), static_cast<std::size_t>(size)));
      first += static_cast<std::uint64_t>(size);
      bytes -= static_cast<std::uint64_t>(size);
    }
  }

  [[nodiscard]] std::uint32_t checksum(std::uint64_t bytes) const {
    std::uint32_t sum = 0;
    read(0, bytes,
         [&](std::string_view piece) { sum = libdeflate_crc32(sum, piece.data(), piece.size()); });
    return sum;
  }

  void append(std::string_view text) const {
    for (std::uint64_t end = size(); !text.empty();) {
      const ssize_t written = base::uninterrupted(
          [&] { return ::pwrite(number_, text.data(), text.size(), static_cast<off_t>(end)); });
      if (written < 0) fail();
      end += static_cast<std::uint64_t>(written);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  [[noreturn]] void fail() const { throw ResultsError::of_call(path_, errno); }

  fs::path path_;
  int number_;
};

}  // namespace

Seal seal_of(const fs::path& path) {
  const Descriptor file(path, O_RDONLY);
  const std::uint64_t size = file.size();
  if (size < line_size) return Seal::missing;
  const std::uint64_t bytes = size - line_size;
  std::string line;
  file.read(bytes, line_size, [&](std::string_view piece) { line += piece; });
  if (!line.starts_with(beginning)) return Seal::missing;
  return line == line_of(bytes, file.checksum(bytes)) ? Seal::intact : Seal::broken;
}

void require_seal(const fs::path& path) {
  switch (seal_of(path)) {
    case Seal::intact:
      return;
    case Seal::missing:
      throw ResultsError(path,
                         "has no seal at its end: it is not whole, or has been changed since "
                         "truce wrote it");
    case Seal::broken:
      throw ResultsError(path, "is damaged: its checksum is not that of its content");
  }
}

void write_seal(const fs::path& path) {
  const Descriptor file(path, O_RDWR);
  const std::uint64_t bytes = file.size();
  file.append(line_of(bytes, file.checksum(bytes)));
}

}  // namespace truce::results
