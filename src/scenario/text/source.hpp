#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace truce::scenario {

/// The text of one file, and the way from the offset of a byte to its line and column. Columns
/// count characters, not bytes.
class Source {
 public:
  Source(std::string_view text, const std::string& file);
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Position position(std::size_t offset) const;
  [[nodiscard]] std::size_t line_start(std::size_t offset) const;

 private:
  [[nodiscard]] std::size_t continuation_bytes(std::size_t offset) const;

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::uint32_t> continuations_;  ///< before each block of bytes; empty for ASCII
};

/// Whether the text is UTF-8 without control characters and of a size that can be read; the first
/// reason against it is reported.
bool is_readable(const Source& source, Diagnostics& diagnostics);

/// The largest file that is read, in bytes.
constexpr std::size_t largest_file = 16u << 20;

}  // namespace truce::scenario
