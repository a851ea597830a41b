#include "scenario/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace truce::scenario {

namespace {

/// Escapes the control characters, also those of two bytes (U+0080 to U+009F), so that a finding
/// stays one line and a hostile file cannot command the terminal.
std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      out += fmt::format("\\x{:02x}", next);
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string_view file_of(const Position& position) {
  return position.file ? std::string_view(*position.file) : std::string_view();
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
  std::string out;
  if (const auto file = file_of(diagnostic.position); !file.empty()) {
    out += file;
    if (diagnostic.position.line > 0) {
      out += fmt::format(":{}:{}", diagnostic.position.line, diagnostic.position.column);
    }
    out += ": ";
  }
  out += diagnostic.severity == Severity::error ? "error: " : "warning: ";
  out += diagnostic.problem;
  if (!diagnostic.why.empty()) out += " (" + diagnostic.why + ")";
  if (diagnostic.position.repetition && !diagnostic.position.repetition->empty()) {
    out += fmt::format(" (with {})", *diagnostic.position.repetition);
  }
  if (!diagnostic.suggestion.empty()) out += "; " + diagnostic.suggestion;
  return printable(out);
}

void Diagnostics::error(Position position, std::string problem, std::string why,
                        std::string suggestion) {
  all_.push_back({Severity::error, std::move(position), std::move(problem), std::move(why),
                  std::move(suggestion)});
  ++errors_;
}

void Diagnostics::warning(Position position, std::string problem, std::string why,
                          std::string suggestion) {
  all_.push_back({Severity::warning, std::move(position), std::move(problem), std::move(why),
                  std::move(suggestion)});
}

std::string Diagnostics::text() const {
  using Line = std::tuple<std::string_view, int, int, std::string>;
  std::vector<Line> lines;
  lines.reserve(all_.size());
  for (const auto& found : all_) {
    lines.emplace_back(file_of(found.position), found.position.line, found.position.column,
                       to_string(found));
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string out;
  for (const auto& line : lines) out += std::get<std::string>(line) + '\n';
  return out;
}

}  // namespace truce::scenario
