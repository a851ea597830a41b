#include "study/run_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/shell_word.hpp"

namespace truce::study {

using base::shell_word;

std::string settings_text(const RunCommand& command) {
  std::string line = " --seed " + shell_word(command.seed);
  scenario::Overrides values = command.set;
  std::ranges::sort(values);
  for (const auto& [name, value] : values) {
    line += " --set " + shell_word(fmt::format("{}={}", name, value));
  }
  if (command.uncertain) line += " --uncertain";
  return line;
}

std::string keep_text(std::uint64_t keep) {
  return keep == 0 ? " --keep none" : fmt::format(" --keep {}", keep);
}

std::string text_of(const RunCommand& command) {
  std::string line =
      "truce run " + shell_word(std::filesystem::path(command.scenario).filename().string());
  line += command.precision.empty()
              ? fmt::format(" --trials {}", command.trials)
              : fmt::format(" --precision {} --at-most {}", command.precision, command.trials);
  line += settings_text(command);
  if (command.chronicle > 0) line += fmt::format(" --chronicle {}", command.chronicle);
  if (command.keep) line += keep_text(*command.keep);
  return line;
}

}  // namespace truce::study
