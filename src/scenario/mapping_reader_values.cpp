#include <fmt/format.h>

#include <algorithm>

#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

std::vector<std::string> MappingReader::texts(std::string_view key) {
  std::vector<std::string> all;
  const Node* node = get(key);
  if (node != nullptr && node->is_scalar()) return {node->text};
  for (const Node* item : items(key)) {
    if (item->is_scalar()) {
      all.push_back(item->text);
    } else {
      diagnostics_.error(item->position,
                         fmt::format("'{}': expected a text, found {}", key, described(*item)));
    }
  }
  return all;
}

std::vector<Name> MappingReader::names(std::string_view key) {
  std::vector<Name> all;
  const Node* node = get(key);
  if (node == nullptr) return all;
  if (!node->is_sequence()) {
    all.push_back(*name(key));
    return all;
  }
  for (const Node* item : items(key)) {
    if (const auto one = read_name(*item, fmt::format("'{}'", key), diagnostics_)) {
      all.push_back(*one);
    }
  }
  if (node->items.empty()) {
    diagnostics_.error(node->position, fmt::format("'{}' is an empty list", key));
  }
  return all;
}

std::array<Name, 2> MappingReader::pair(std::string_view key) {
  std::array<Name, 2> both;
  const auto written = items(key);
  const Node* list = get(key);
  if (list != nullptr && list->is_sequence() && written.size() != both.size()) {
    diagnostics_.error(list->position, fmt::format("'{}' takes two names", key));
    return both;
  }
  for (std::size_t i = 0; i < written.size(); ++i) {
    both.at(i) = read_name(*written[i], fmt::format("'{}'", key), diagnostics_).value_or(Name{});
  }
  return both;
}

NameByParty MappingReader::name_by_party(std::string_view key) {
  NameByParty names;
  const Node* node = get(key);
  if (node == nullptr || !node->is_mapping()) {
    names.any = name(key);
    return names;
  }
  for (const Node::Entry& entry : node->entries) {
    if (const auto one = read_name(entry.value, fmt::format("'{}'", key), diagnostics_)) {
      names.of.emplace_back(Name{entry.key, entry.key_position}, *one);
    }
  }
  return names;
}

std::vector<std::pair<std::size_t, Expression>> MappingReader::weights(std::string_view key) {
  std::vector<std::pair<std::size_t, Expression>> all;
  const auto choices = table_.find(key)->choices;
  for (const Node::Entry* entry : entries(key)) {
    const auto at = std::ranges::find(choices, entry->key);
    if (at == choices.end()) {
      diagnostics_.error(entry->key_position,
                         fmt::format("unknown key {} in '{}'", shown(entry->key), key), {},
                         did_you_mean(entry->key, {choices.begin(), choices.end()}));
      continue;
    }
    all.emplace_back(at - choices.begin(),
                     read_expression(entry->value, table_.find(key)->purpose,
                                     fmt::format("weight of '{}'", entry->key), diagnostics_));
  }
  if (const Node* node = get(key);
      node != nullptr && !node->is_scalar() && node->items.empty() && node->entries.empty()) {
    diagnostics_.error(node->position, fmt::format("'{}' has no weights", key), {},
                       "leave it out for the default");
  }
  return all;
}

NamedValues MappingReader::named_values(std::string_view key) {
  NamedValues all;
  for (const Node::Entry* entry : entries(key)) {
    all.emplace_back(
        Name{entry->key, entry->key_position},
        read_expression(entry->value, table_.find(key)->purpose,
                        fmt::format("{} of '{}'", shown(entry->key), key), diagnostics_));
  }
  return all;
}

}  // namespace truce::scenario
