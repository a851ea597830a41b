#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "results/interval.hpp"

/// How often intervals of nominal 95 % hold a truth that is known. Used by the table of all of them
/// (benchmark/coverage.cpp), and by a quick subset that is a test (analysis/coverage.cpp).
namespace truce::test {

/// How often the intervals of one number held.
struct Coverage {
  int told = 0;
  int held = 0;
  int warned = 0;       ///< printed with the warning that they may not hold
  int warned_held = 0;  ///< with it, and held
  int missed = 0;       ///< neither held nor warned
  double width = 0;     ///< sum

  void add(const results::Interval& interval, double truth, bool warning = false) {
    if (!(interval.low <= interval.high)) return;
    // As far as the last digits.
    const double rounding = 1e-9 * std::max(1.0, std::abs(truth));
    add(interval.low - rounding <= truth && truth <= interval.high + rounding, warning);
    width += interval.high - interval.low;
  }
  /// Of several intervals at once, or of a test that must not reject.
  void add(bool holds, bool warning) {
    ++told;
    held += holds;
    warned += warning;
    warned_held += warning && holds;
    missed += !holds && !warning;
  }
  [[nodiscard]] double share() const { return static_cast<double>(held) / told; }
  [[nodiscard]] double share_warned() const { return static_cast<double>(warned) / told; }
  [[nodiscard]] bool mostly_warned() const { return 2 * warned > told; }
  /// With the warning, or without, whichever is more frequent.
  [[nodiscard]] double share_mostly() const {
    return mostly_warned() ? static_cast<double>(warned_held) / warned
                           : static_cast<double>(held - warned_held) / (told - warned);
  }
  [[nodiscard]] double share_missed() const { return static_cast<double>(missed) / told; }
};

/// One row of the table: an interval in one scenario, of one number or several of the same kind.
struct CoverageRow {
  std::string interval;  ///< what it is of
  std::string truth;     ///< where it was tried
  std::string size;      ///< of the sample
  int repetitions = 0;
  std::vector<Coverage> of;

  /// The numbers that were told in a fifth of the repetitions or more.
  [[nodiscard]] std::vector<Coverage> told() const {
    std::vector<Coverage> result;
    for (const Coverage& c : of) {
      if (c.told > 0 && 5 * c.told >= repetitions) result.push_back(c);
    }
    return result;
  }
};

using CoverageRows = std::vector<CoverageRow>;

}  // namespace truce::test
