#include "cli/export_sheet.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "cli/markup.hpp"

namespace truce::cli {

Sheet::Sheet(const OutputFolder& folder, const std::string& name, bool (*stop)())
    : file_(folder.file(name)), stop_(stop) {}

void Sheet::cell(std::string_view text) {
  separate();
  line_ += in_csv(text);
}

void Sheet::cell(double x) {
  separate();
  if (std::isfinite(x)) {
    fmt::format_to(std::back_inserter(line_), "{}", x + 0.0);
  } else if (!std::isnan(x)) {
    line_ += x > 0 ? "Inf" : "-Inf";
  }
}

void Sheet::cell(std::uint64_t n) {
  separate();
  fmt::format_to(std::back_inserter(line_), "{}", n);
}

void Sheet::end_line() {
  constexpr std::size_t enough = std::size_t{1} << 20U;
  line_ += "\r\n";
  first_ = true;
  if (line_.size() >= enough) hand_on();
}

void Sheet::close() {
  hand_on();
  file_.close();
}

void Sheet::separate() {
  if (!first_) line_ += ',';
  first_ = false;
}

void Sheet::hand_on() {
  if (stop_()) throw ExportInterrupted{};
  file_.add(line_);
  line_.clear();
}

}  // namespace truce::cli
