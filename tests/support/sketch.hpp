#pragma once

#include <string>

namespace truce::test {

/// A scenario of two principals, a with 20 guests (and 4 remains) of b's, b with 100 of a's, around
/// the obligations (indented by six) and further sections given. One phase of 50 days unless
/// `phase` says otherwise (keys of the phase, indented by four).
inline std::string two_sides(const std::string& obligations, const std::string& rest,
                             const std::string& phase = "    lasts: 50\n") {
  return "truce: 2\nhorizon: 200\n"
         "parties:\n"
         "  a: {role: principal, trust: {initial: 0.5, fulfilled: 0.01, breached: -0.1}}\n"
         "  b: {role: principal, trust: {initial: 0.5, fulfilled: 0.01, breached: -0.1}}\n"
         "cohorts:\n"
         "  guests: {held_by: a, living: 20, remains: 4}\n"
         "  others: {held_by: b, living: 100}\n"
         "phases:\n  only:\n" +
         phase + "    obligations:\n" + obligations + rest;
}

}  // namespace truce::test
