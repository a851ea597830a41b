#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "cli/scenario_options.hpp"
#include "cli/verbs.hpp"

namespace truce::cli {

namespace {

constexpr std::string_view start =
    R"(# yaml-language-server: $schema=scenario.schema.json
# A small exchange to start from. The language is described in scenarios/README.md.
#   truce check {0}.yaml    says what is wrong
#   truce run {0}.yaml      runs it
#   truce schema scenario > scenario.schema.json    completes keys in editors, by the first line
truce: 2
name: {0}
summary: Two sides give back the people that they hold, in weekly steps.
sources: ["assumption: all numbers are placeholders"]
horizon: 60 days

# Assumptions: --set word=0.8 changes one, --uncertain draws all from their priors.
parameters:
  word:
    value: 0.9
    prior: beta(18, 2)
    summary: chance that a side does what is due, in full and in time
    source: "assumption: not yet judged"

parties:
  north: {role: principal, trust: {initial: 0.5, fulfilled: 0.02, breached: -0.1}}
  south: {role: principal, trust: {initial: 0.5, fulfilled: 0.02, breached: -0.1}}

# The people held: numbers only, never names.
cohorts:
  hostages: {held_by: south, living: 12}
  prisoners: {held_by: north, living: 100}

# What a side does about a breach: one of these, by weight.
responses:
  measured: {tolerate: 2, suspend: {weight: 2, for: 3 days}, withdraw: 1}

phases:
  first:
    lasts: 28 days
    obligations:
      release_hostages:
        by: south
        release: hostages
        due: [{every: 7, to: 21, count: 4}]   # on days 7, 14 and 21
        comply: word * (0.9 + 0.1 * south.trust)
        otherwise: {late: 3, refuse: 1}       # how it fails, by weight
        late_by: exponential(2)
        grace: 12 h                           # so much lateness is no breach
        breach: measured
      release_prisoners:
        by: north
        release: prisoners
        against: release_hostages             # answers each of those releases
        ratio: 5
        lag: 12 h
        comply: word * (0.9 + 0.1 * north.trust)
        breach: measured

# A monitor, for what is not seen at once. Whether people have come needs none; for aid, a
# withdrawal or calm, name it in the obligation with 'verified_by: monitor', and take away the #.
# verification:
#   monitor: {takes: 1 day, detects: 0.8, false_alarms: 0.02}

outcomes:
  all_home: {value: hostages.living == 0, summary: every hostage is free at the end}
  days_held: {integral: hostages.living, unit: person day}
timelines: [hostages.freed, south.trust]
)";

/// Letters, digits, '-' and '_', not beginning with '-': such a name needs no quotes anywhere.
bool is_file_name(std::string_view name) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !name.empty() && name.size() <= 100 && name.front() != '-' &&
         std::ranges::all_of(name, fine);
}

std::string text_for(std::string_view name) {
  constexpr std::string_view mark = "{0}";
  std::string text(start);
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), name);
  }
  return text;
}

ExitCode write_new(const std::string& name) {
  if (!is_file_name(name)) {
    print_error(fmt::format(
        "{} is no fine name of a file: use letters, digits, '-' and '_' (.yaml is added)",
        scenario::shown(name)));
    return ExitCode::wrong_input;
  }
  const std::string path = name + ".yaml";
  const std::string text = text_for(name);
  // With x it fails where the file is already there, without a moment between asking and writing.
  std::FILE* const file = std::fopen(path.c_str(), "wx");
  if (file == nullptr) {
    print_error(fmt::format("cannot write '{}': {}", path,
                            errno == EEXIST ? "it is already there" : std::strerror(errno)));
    return ExitCode::wrong_input;
  }
  const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) != 0 || !whole) {
    const int why = errno;
    std::remove(path.c_str());
    print_error(fmt::format("cannot write '{}': {}", path, std::strerror(why)));
    return ExitCode::failed;
  }
  fmt::print("{0}: written; now truce check {0}, then truce run {0}\n", path);
  return ExitCode::done;
}

}  // namespace

void add_new(CLI::App& app, ExitCode& exit) {
  auto name = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("new", "write a small commented scenario to start from");
  verb->add_option("name", *name, "its name; the file is NAME.yaml, here")->required();
  verb->footer("Example: truce new my-exchange");
  verb->callback([name, &exit] { exit = write_new(*name); });
}

}  // namespace truce::cli
