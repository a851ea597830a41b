#pragma once

#include <filesystem>

namespace truce::fuzz {

/// A folder of this process, made the first time, which is the working directory from then on. In
/// memory where the system has such a place. It is removed at the end, but not after a crash.
const std::filesystem::path& work_folder();

/// The text of `small.yaml`, a scenario with two parameters that lies there, with `table.csv`.
inline constexpr const char* small_scenario = R"yaml(truce: 2
name: Small
horizon: 30
parameters:
  word: {value: 0.9, prior: "beta(18, 2)"}
  calm: {value: 0.02, prior: "uniform(0.01, 0.05)"}
parties: {a: {role: principal, trust: 0.5}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 10}}
incidents: {shot: {rate: calm, while: true}}
phases:
  only:
    lasts: 20 days
    obligations:
      give: {by: a, release: guests, due: [{day: 7, count: 5}, {day: 14, count: rest}], comply: word}
outcomes:
  home: {value: guests.freed}
  all_home: {value: guests.living == 0}
timelines: [guests.freed, shot.occurred]
)yaml";

}  // namespace truce::fuzz
