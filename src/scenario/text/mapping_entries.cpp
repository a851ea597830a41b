#include "scenario/text/mapping_entries.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/expressions/lexer.hpp"

namespace truce::scenario {

namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether the entry is what YAML makes of the digits behind a comma.
bool is_rest_of_number(const Node& mapping, const Node& key, const Node& value) {
  if (!value.is_null() || key.quoted || !is_digits(key.text) || mapping.entries.empty()) {
    return false;
  }
  const Node& before = mapping.entries.back().value;
  return before.is_scalar() && !before.quoted && is_digits(before.text);
}

}  // namespace

void add_entry(Node& mapping, Node key, Node value, Diagnostics& diagnostics) {
  if (key.is_null()) {
    diagnostics.error(key.position, "a key is missing or null", "",
                      "remove the empty entry, or quote a key that is named null");
  } else if (!key.is_scalar()) {
    diagnostics.error(key.position, "a list or a mapping stands as a key", "keys are names",
                      "quote it if it is meant as text");
  } else if (is_rest_of_number(mapping, key, value)) {
    // `{count: 3,000}`: the entry before has lost the rest of its number.
    const Node& cut = mapping.entries.back().value;
    diagnostics.error(cut.position, "a comma cuts the number " + shown(cut.text + "," + key.text),
                      "inside { } it begins the next key",
                      number_without_comma(cut.text, key.text));
  } else if (key.text == "<<" && !key.quoted) {
    diagnostics.error(key.position, "'<<' is not merged", "merge keys are not supported",
                      "write the keys out, or put what is common into a file and use 'extends'");
  } else {
    mapping.entries.push_back({std::move(key.text), std::move(key.position), std::move(value)});
  }
}

void remove_duplicates(Node& mapping, Diagnostics& diagnostics) {
  auto& entries = mapping.entries;
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return entries[a].key < entries[b].key; });
  std::vector<bool> repeated(entries.size(), false);
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const auto& entry = entries[order[i]];
    const auto& original = entries[order[first]];
    if (entry.key != original.key) {
      first = i;
      continue;
    }
    repeated[order[i]] = true;
    diagnostics.error(entry.key_position, "the key " + shown(entry.key) + " stands twice",
                      "the first stands at line " + std::to_string(original.key_position.line),
                      "remove or rename one");
  }
  if (std::find(repeated.begin(), repeated.end(), true) == repeated.end()) return;
  std::vector<Node::Entry> kept;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!repeated[i]) kept.push_back(std::move(entries[i]));
  }
  entries = std::move(kept);
}

}  // namespace truce::scenario
