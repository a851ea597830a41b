#include "base/size_text.hpp"

#include <fmt/format.h>

#include <array>

namespace truce::base {

std::string size_text(double bytes) {
  constexpr std::array units = {"kB", "MB", "GB", "TB"};
  constexpr double step = 1000;
  std::size_t unit = 0;
  double size = bytes / step;
  for (; size >= step && unit + 1 < units.size(); ++unit) size /= step;
  return fmt::format("{:.1f} {}", size, units.at(unit));
}

}  // namespace truce::base
