#include "scenario/merge.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace truce::scenario {

namespace {

void warn_of_idle_deletion(const Node& base, const Node::Entry& deletion,
                           Diagnostics& diagnostics) {
  std::vector<std::string> keys;
  for (const auto& entry : base.entries) keys.push_back(entry.key);
  diagnostics.warning(deletion.key_position, "nothing to delete under " + shown(deletion.key),
                      "null deletes a key of the base, which has none of this name",
                      did_you_mean(deletion.key, keys));
}

Node empty_mapping(const Position& position) {
  Node node;
  node.kind = Node::Kind::mapping;
  node.position = position;
  return node;
}

Node merged_mappings(Node base, const Node& overlay, Diagnostics* diagnostics) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < base.entries.size(); ++i) places[base.entries[i].key] = i;
  std::vector<bool> deleted(base.entries.size(), false);
  std::vector<Node::Entry> added;
  for (const auto& entry : overlay.entries) {
    const auto place = places.find(entry.key);
    if (place == places.end()) {
      if (!entry.value.is_null()) {
        added.push_back({entry.key, entry.key_position, merged_over({}, entry.value, diagnostics)});
      } else if (diagnostics) {
        warn_of_idle_deletion(base, entry, *diagnostics);
      }
    } else if (entry.value.is_null()) {
      deleted[place->second] = true;
      if (entry.value.unwritten && diagnostics) {
        diagnostics->warning(entry.key_position,
                             shown(entry.key) + " has no value, which deletes it from the base", {},
                             "write null if that is meant, else remove the key");
      }
    } else {
      auto& old = base.entries[place->second];
      old.key_position = entry.key_position;
      old.value = merged_over(std::move(old.value), entry.value, diagnostics);
    }
  }
  Node result = empty_mapping(overlay.position);
  result.entries.reserve(base.entries.size() + added.size());
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    if (!deleted[i]) result.entries.push_back(std::move(base.entries[i]));
  }
  for (auto& entry : added) result.entries.push_back(std::move(entry));
  return result;
}

}  // namespace

Node merged_over(Node base, const Node& overlay, Diagnostics* diagnostics) {
  if (!overlay.is_mapping()) return overlay;
  // As in a JSON merge patch (RFC 7396), a null deletes also where the base has no mapping.
  if (!base.is_mapping()) base = empty_mapping(overlay.position);
  return merged_mappings(std::move(base), overlay, diagnostics);
}

Node merged(const Node& base, const Node& overlay) {
  return merged_over(base, overlay, nullptr);
}

}  // namespace truce::scenario
