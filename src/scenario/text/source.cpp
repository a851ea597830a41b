#include "scenario/text/source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truce::scenario {

namespace {

using base::character_length;
using base::continues_character;

constexpr std::size_t block = 256;
/// yaml-cpp holds a flow collection's tokens in memory until it is closed. This bounds them.
constexpr std::ptrdiff_t most_flow_marks = 2'000'000;

}  // namespace

Source::Source(std::string_view text, const std::string& file)
    : text_(text), file_(std::make_shared<const std::string>(file)), line_starts_{0} {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  bool ascii = true;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
    if (continues_character(text_[i])) ascii = false;
  }
  if (ascii) return;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (i % block == 0) continuations_.push_back(count);
    if (continues_character(text_[i])) ++count;
  }
  if (text_.size() % block == 0) continuations_.push_back(count);
}

std::size_t Source::continuation_bytes(std::size_t offset) const {
  if (continuations_.empty()) return 0;
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(offset / block * block);
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(offset);
  return continuations_[offset / block] + std::count_if(begin, end, continues_character);
}

std::size_t Source::line_start(std::size_t offset) const {
  return *(std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) - 1);
}

Position Source::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t start = *(after - 1);
  const std::size_t characters =
      offset - start - (continuation_bytes(offset) - continuation_bytes(start));
  return {file_, static_cast<int>(after - line_starts_.begin()), static_cast<int>(characters) + 1};
}

bool is_readable(const Source& source, Diagnostics& diagnostics) {
  const auto text = source.text();
  if (text.size() > largest_file) {
    diagnostics.error(source.position(0), "the file is larger than 16 MB",
                      "no scenario needs that much");
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = character_length(text.substr(i));
    if (length == 0) {
      const bool utf16 = i == 0 && (byte == 0xFE || byte == 0xFF);
      diagnostics.error(source.position(i), fmt::format("byte 0x{:02x} is not UTF-8", byte),
                        utf16 ? "the file looks like UTF-16" : "", "save the file as UTF-8");
      return false;
    }
    if (byte == 0) {
      diagnostics.error(source.position(i), "a NUL byte in the file", "is it a text file?");
      return false;
    }
    if (byte == '\r' && text.substr(i, 2) != "\r\n") {
      diagnostics.error(source.position(i), "a carriage return that ends no line", "",
                        "end lines with a line feed");
      return false;
    }
    if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F) {
      diagnostics.error(source.position(i), fmt::format("the control character U+{:04X}", byte),
                        "YAML has only printable characters");
      return false;
    }
    i += length;
  }
  const auto is_flow_mark = [](char c) { return c == '[' || c == '{' || c == ','; };
  if (std::count_if(text.begin(), text.end(), is_flow_mark) > most_flow_marks) {
    diagnostics.error(source.position(0), "the file has more than 2,000,000 commas and brackets",
                      "no scenario needs that many");
    return false;
  }
  return true;
}

}  // namespace truce::scenario
