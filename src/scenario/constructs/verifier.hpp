#pragma once

#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// Who checks performance, and how well.
struct Verifier {
  Name name;
  std::optional<Expression> takes, detects, false_alarms;
};

template <>
struct Room<Verifier> {
  static constexpr std::tuple rows = {
      row("takes", may, Purpose::duration, "from performance to finding; default 0",
          &Verifier::takes),
      row("detects", may, Purpose::probability, "that a breach is seen; default 1",
          &Verifier::detects),
      row("false_alarms", may, Purpose::probability,
          "that full performance is seen as a breach; default 0", &Verifier::false_alarms),
      summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "verification", .keys = keys};
};

}  // namespace truce::scenario
