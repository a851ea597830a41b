#pragma once

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <string>

#include "model/simulator.hpp"

namespace truce::test {

/// What a trial measured, to the last bit.
inline std::string row_text(const model::TrialRecord& record) {
  std::string text = fmt::format("{} events;", record.events);
  for (const double x : record.columns)
    text += fmt::format(" {:x}", std::bit_cast<std::uint64_t>(x));
  for (const double x : record.drawn)
    text += fmt::format(" d{:x}", std::bit_cast<std::uint64_t>(x));
  for (const model::Segment& s : record.segments) {
    text += fmt::format(" {}/{}/{:x}", s.timeline, s.day, std::bit_cast<std::uint64_t>(s.value));
  }
  return text;
}

}  // namespace truce::test
