#include "scenario/merge.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace truce::scenario {

namespace {

Node empty_mapping(const Position& position) {
  Node node;
  node.kind = Node::Kind::mapping;
  node.position = position;
  return node;
}

/// Whether a repetition under the key `pattern`, as `aid_<zone>`, may make `key`.
bool may_make(std::string_view pattern, std::string_view key) {
  const auto begin = pattern.find('<');
  const auto end = pattern.rfind('>');
  if (key.find('<') != key.npos) return false;  // it is repeated itself
  if (begin == pattern.npos || end == pattern.npos || end < begin) return false;
  const auto before = pattern.substr(0, begin);
  const auto after = pattern.substr(end + 1);
  return key.size() > before.size() + after.size() && key.starts_with(before) &&
         key.ends_with(after);
}

/// Deep merges of one overlay.
class Merger {
 public:
  explicit Merger(Diagnostics* diagnostics) : diagnostics_(diagnostics) {}

  Node over(Node base, const Node& overlay) {
    if (!overlay.is_mapping()) return overlay;
    // As in a JSON merge patch (RFC 7396), a null deletes also where the base has no mapping.
    if (!base.is_mapping()) base = empty_mapping(overlay.position);
    return mappings(std::move(base), overlay);
  }

 private:
  Node mappings(Node base, const Node& overlay) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < base.entries.size(); ++i) places[base.entries[i].key] = i;
    std::vector<bool> deleted(base.entries.size(), false);
    std::vector<Node::Entry> added;
    for (const Node::Entry& entry : overlay.entries) {
      const auto place = places.find(entry.key);
      if (entry.value.unwritten) {
        if (diagnostics_) warn_of_empty_key(entry, *diagnostics_);
        continue;
      }
      const bool outer = std::exchange(keeps_nulls_, keeps_nulls_ || is_made(base, overlay, entry));
      if (place == places.end()) {
        if (!entry.value.is_null() || keeps_nulls_) {
          added.push_back({entry.key, entry.key_position, over({}, entry.value)});
        } else if (diagnostics_) {
          warn_of_idle_deletion(base, entry, *diagnostics_);
        }
      } else if (entry.value.is_null() && !keeps_nulls_) {
        deleted[place->second] = true;
      } else {
        auto& old = base.entries[place->second];
        old.key_position = entry.key_position;
        old.value = over(std::move(old.value), entry.value);
      }
      keeps_nulls_ = outer;
    }
    Node result = empty_mapping(overlay.position);
    result.entries.reserve(base.entries.size() + added.size());
    for (std::size_t i = 0; i < base.entries.size(); ++i) {
      if (!deleted[i]) result.entries.push_back(std::move(base.entries[i]));
    }
    for (auto& entry : added) result.entries.push_back(std::move(entry));
    return result;
  }

  /// Whether the entry lies over one that only a repetition will make.
  static bool is_made(const Node& base, const Node& overlay, const Node::Entry& entry) {
    const auto makes = [&](const Node::Entry& other) { return may_make(other.key, entry.key); };
    return std::ranges::any_of(base.entries, makes) || std::ranges::any_of(overlay.entries, makes);
  }

  Diagnostics* diagnostics_;
  bool keeps_nulls_ = false;
};

}  // namespace

void warn_of_idle_deletion(const Node& mapping, const Node::Entry& deletion,
                           Diagnostics& diagnostics) {
  std::vector<std::string> keys;
  for (const auto& entry : mapping.entries) {
    if (entry.key != deletion.key) keys.push_back(entry.key);
  }
  diagnostics.warning(deletion.key_position, "nothing to delete under " + shown(deletion.key),
                      "null deletes a key of the base, which has none of this name",
                      did_you_mean(deletion.key, keys));
}

void warn_of_empty_key(const Node::Entry& entry, Diagnostics& diagnostics) {
  diagnostics.warning(entry.key_position,
                      shown(entry.key) + " has nothing below it, which changes nothing", {},
                      "write what is to change, null to delete it, or remove the key");
}

Node merged_over(Node base, const Node& overlay, Diagnostics* diagnostics) {
  return Merger(diagnostics).over(std::move(base), overlay);
}

Node merged(const Node& base, const Node& overlay) {
  return merged_over(base, overlay, nullptr);
}

}  // namespace truce::scenario
