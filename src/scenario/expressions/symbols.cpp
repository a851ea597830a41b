#include "scenario/expressions/symbols.hpp"

#include <algorithm>

namespace truce::scenario {

namespace {

template <class Map>
std::vector<std::string> sorted_keys(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  std::ranges::sort(keys);
  return keys;
}

}  // namespace

std::vector<std::string> Symbols::names() const {
  return sorted_keys(symbols_);
}
std::vector<std::string> Symbols::event_names() const {
  return sorted_keys(events_);
}

}  // namespace truce::scenario
