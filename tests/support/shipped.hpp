#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace truce::test {

/// Text of a shipped scenario (one that extends no other), with passages replaced.
inline std::string shipped(const std::string& name,
                           const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  const std::string path = TRUCE_SOURCE_DIR "/scenarios/" + name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::ostringstream whole;
  whole << file.rdbuf();
  std::string text = whole.str();
  for (const auto& [from, to] : changes) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error(path + " does not say: " + from);
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace truce::test
