#include "scenario/lists/repeater.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenario/merge.hpp"

namespace truce::scenario {

namespace {

constexpr std::size_t most_nodes = 100'000;
constexpr std::size_t deepest_binding =
    200;  // lists bound within one another; far more than can be
constexpr std::size_t most_bytes = 16U << 20;

/// What stands below these keys is for the reader.
TextKind kind_below(const std::string& key, TextKind kind) {
  constexpr std::array<std::string_view, 5> reader = {"name", "summary", "source", "sources",
                                                      "unit"};
  return std::ranges::find(reader, key) != reader.end() ? TextKind::reader : kind;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Node Repeater::document(const Node& node) {
  Node result = node;
  for (Node::Entry& entry : result.entries) {
    if (entry.key == "lists") continue;
    entry.value = made(entry.value, kind_below(entry.key, TextKind::expression));
  }
  return result;
}

Position Repeater::here(const Position& position) const {
  Position result = position;
  if (bindings_text_) result.repetition = bindings_text_;
  return result;
}

void Repeater::grow(const Node& node, const Position& position) {
  if (bindings_.empty()) return;
  ++nodes_;
  bytes_ += node.text.size();
  if (nodes_ <= most_nodes && bytes_ <= most_bytes) return;
  diagnostics_.error(position,
                     nodes_ > most_nodes ? "repetition makes more than 100,000 values"
                                         : "repetition makes more than 16 MB of text",
                     {}, "make the lists shorter, or repeat less");
  throw TooLarge{};
}

Node Repeater::made(const Node& node, TextKind kind) {
  grow(node, node.position);
  if (node.is_mapping()) return mapping(node, kind);
  if (node.is_sequence()) return sequence(node, kind);
  Node result = node;
  result.position = here(node.position);
  if (!node.is_scalar()) return result;
  bool sound = true;
  result.text = filler_.filled(node, bindings_, kind, result.position, sound);
  result.reported = !sound;
  // Where the rest of the text stands is not known any more.
  if (result.text != node.text) result.text_column = 0;
  return result;
}

template <class Make>
void Repeater::for_each_combination(const Names& lists, const Position& position, Make make) {
  std::size_t count = 1;
  for (const std::string& list : lists) {
    count *= lists_.find(list)->size();
    if (count <= most_nodes) continue;
    diagnostics_.error(position, "repetition makes more than 100,000 values",
                       fmt::format("the lists {} are combined", fmt::join(lists, ", ")));
    throw TooLarge{};
  }
  const auto outer = bindings_text_;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t rest = i;
    Bindings chosen(lists.size());
    for (std::size_t l = lists.size(); l-- > 0;) {
      const auto& items = *lists_.find(lists[l]);
      chosen[l] = {lists[l], items[rest % items.size()]};
      rest /= items.size();
    }
    bindings_.insert(bindings_.end(), chosen.begin(), chosen.end());
    bindings_text_ = std::make_shared<const std::string>(to_string(bindings_));
    make();
    bindings_.resize(bindings_.size() - chosen.size());
    bindings_text_ = outer;
  }
}

Node Repeater::mapping(const Node& node, TextKind kind) {
  Node result = node;
  result.position = here(node.position);
  result.entries.clear();
  const auto entry_of = [&](const Node::Entry& entry) {
    const Position position = here(entry.key_position);
    return Node::Entry{filler_.filled_key(entry.key, bindings_, position), position,
                       made(entry.value, kind_below(entry.key, kind))};
  };
  const auto has_mark = [&](const Node::Entry& entry) {
    return next_mark(entry.key, 0, lists_, TextKind::reader).has_value();
  };
  Made by_key;
  for (const Node::Entry& entry : node.entries) {
    if (!has_mark(entry)) {
      result.entries.push_back(entry_of(entry));
      continue;
    }
    for_each_combination(unbound_in_key(entry.key), entry.key_position,
                         [&] { add_made(entry_of(entry), by_key, result.entries); });
  }
  if (by_key.empty()) return result;
  std::vector<bool> deleted(result.entries.size(), false);
  for (std::size_t i = 0; i < result.entries.size(); ++i) {
    const auto made = by_key.find(result.entries[i].key);
    if (made != by_key.end() && made->second == i) continue;
    if (made != by_key.end()) {
      deleted[i] = true;
      lay_over(result.entries[i], by_key, result.entries, deleted);
    } else if (result.entries[i].value.is_null() && !result.entries[i].value.unwritten) {
      deleted[i] = true;
      warn_of_idle_deletion(result, result.entries[i], diagnostics_);
    }
  }
  std::vector<Node::Entry> kept;
  for (std::size_t i = 0; i < result.entries.size(); ++i) {
    if (!deleted[i]) kept.push_back(std::move(result.entries[i]));
  }
  result.entries = std::move(kept);
  return result;
}

void Repeater::add_made(Node::Entry entry, Made& made, std::vector<Node::Entry>& into) {
  const auto [at, added] = made.emplace(entry.key, into.size());
  if (!added) {
    const Position& first = into[at->second].key_position;
    diagnostics_.error(entry.key_position,
                       fmt::format("repetition makes the key {} twice", shown(entry.key)),
                       fmt::format("first at line {}{}", first.line,
                                   first.repetition ? ", with " + *first.repetition : ""),
                       "name one of them otherwise");
    return;
  }
  into.push_back(std::move(entry));
}

// An entry that is written out, over the one that a repetition makes: as by `extends`.
void Repeater::lay_over(const Node::Entry& written, const Made& made,
                        std::vector<Node::Entry>& into, std::vector<bool>& deleted) {
  const std::size_t at = made.at(written.key);
  if (written.value.is_null()) {
    if (written.value.unwritten) return warn_of_empty_key(written, diagnostics_);
    deleted[at] = true;
    return;
  }
  into[at].key_position = written.key_position;
  into[at].value = merged_over(std::move(into[at].value), written.value, &diagnostics_);
}

Node Repeater::sequence(const Node& node, TextKind kind) {
  Node result = node;
  result.position = here(node.position);
  result.items.clear();
  for (const Node& item : node.items) {
    Names bound;
    for (const auto& [list, at] : bindings_) bound.push_back(list);
    Names found;
    collect_unbound(item, kind, bound, found);
    if (found.empty()) {
      result.items.push_back(made(item, kind));
    } else {
      for_each_combination(found, item.position, [&] { result.items.push_back(made(item, kind)); });
    }
  }
  return result;
}

Repeater::Names Repeater::unbound_in_key(const std::string& key) const {
  Names bound;
  for (const auto& [list, item] : bindings_) bound.push_back(list);
  Names found;
  collect_unbound(key, TextKind::reader, bound, found);
  return found;
}

void Repeater::collect_unbound(std::string_view text, TextKind kind, Names& bound,
                               Names& found) const {
  std::size_t at = 0;
  while (const auto mark = next_mark(text, at, lists_, kind)) {
    at = mark->end;
    if (!mark->function.empty()) {
      bound.emplace_back(mark->list);
      if (bound.size() < deepest_binding) collect_unbound(mark->body, kind, bound, found);
      bound.pop_back();
    } else if (lists_.find(mark->list) != nullptr && !has(bound, mark->list) &&
               !has(found, mark->list)) {
      found.emplace_back(mark->list);
    }
  }
}

void Repeater::collect_unbound(const Node& node, TextKind kind, Names& bound, Names& found) const {
  if (node.is_scalar()) collect_unbound(node.text, kind, bound, found);
  for (const Node& item : node.items) collect_unbound(item, kind, bound, found);
  for (const Node::Entry& entry : node.entries) {
    Names by_key;
    collect_unbound(entry.key, TextKind::reader, bound, by_key);
    bound.insert(bound.end(), by_key.begin(), by_key.end());
    collect_unbound(entry.value, kind_below(entry.key, kind), bound, found);
    bound.resize(bound.size() - by_key.size());
  }
}

}  // namespace truce::scenario
