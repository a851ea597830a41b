#include "scenario/text/document_builder.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "scenario/text/mapping_entries.hpp"
#include "scenario/text/yaml_text.hpp"

namespace truce::scenario {

namespace {

constexpr std::size_t deepest = 64;
/// Of the tree with its aliases expanded: one per value, and one per so many bytes of text.
constexpr std::size_t largest_size = 1'000'000;
constexpr std::size_t bytes_per_size = 64;

std::size_t size_of(const std::string& text) {
  return 1 + text.size() / bytes_per_size;
}

std::size_t height_of(const Node& node) {
  std::size_t height = 0;
  for (const auto& item : node.items) height = std::max(height, height_of(item));
  for (const auto& entry : node.entries) height = std::max(height, height_of(entry.value));
  return node.is_sequence() || node.is_mapping() ? height + 1 : 0;
}

std::size_t offset_of(const YAML::Mark& mark) {
  return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

/// Offset of the first invisible character of a plain scalar that may be why it is one: in a key,
/// or right behind a colon.
std::optional<std::size_t> invisible_in(std::string_view text, bool is_key) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < 0x80) continue;
    if (!is_key && (i == 0 || text[i - 1] != ':')) continue;
    if (base::invisible_character(text.substr(i))) return i;
  }
  return std::nullopt;
}

}  // namespace

void DocumentBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (!std::exchange(started_, true)) return;
  const auto offset = offset_of(mark);
  if (source_.text().substr(offset, 3) == "---") {
    diagnostics_.error(source_.position(offset), "a second YAML document begins here",
                       "a file holds one", "remove the '---' or split the file");
  } else {
    diagnostics_.error(source_.position(offset), "text after the end of the document", "",
                       "check the indentation and the brackets");
  }
  throw Abandoned{};
}

void DocumentBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto offset = past_properties(source_.text(), offset_of(mark));
  Node node;
  node.position = source_.position(offset);
  // Where nothing is written, yaml-cpp names the place of what comes next.
  const bool has_key = !open_.empty() && open_.back().key;
  if (!is_written_null(source_.text().substr(offset, 5))) {
    node.unwritten = true;
    if (has_key) node.position = open_.back().key->position;
  }
  grow(1, node.position);
  add(std::move(node), anchor, 1);
}

void DocumentBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto position = source_.position(offset_of(mark));
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end()) {
    diagnostics_.error(position, "this alias stands inside the value that it names",
                       "the document would have no end", "write the value out");
    throw Abandoned{};
  }
  refuse_deeper_than_limit(open_.size() + found->second.height, position);
  grow(found->second.size, position);
  Node node = found->second.node;
  if (awaits_key()) node.position = position;  // of a key it matters where it is used
  add(std::move(node), YAML::NullAnchor, 0);
}

void DocumentBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, const std::string& value) {
  const auto start = past_properties(source_.text(), offset_of(mark));
  const auto source = source_.text().substr(start);
  Node node;
  node.kind = Node::Kind::scalar;
  node.position = source_.position(start);
  check_tag(tag, node.position);
  grow(size_of(value), node.position);
  if (auto meant = broken_.text_at(start)) {
    node.text = *std::move(meant);
    node.quoted = true;
    if (source.substr(0, node.text.size()) == node.text) node.text_column = node.position.column;
    return add(std::move(node), anchor, size_of(value));
  }
  node.text = value;
  node.quoted = !source.empty() && std::string_view("\"'|>").find(source[0]) != source.npos;
  if (node.quoted && !is_closed(source)) {
    diagnostics_.error(node.position, "the quote is never closed", "", "close it");
    throw Abandoned{};
  }
  if (const auto at = invisible_in(node.text, awaits_key()); at && !node.quoted) {
    const auto name = *base::invisible_character(std::string_view(node.text).substr(*at));
    const bool plain = source.substr(0, value.size()) == value;
    diagnostics_.error(
        source_.position(plain ? start + *at : start), "an invisible character, a " + name,
        "it makes a name or a text of what it touches", "write a plain space, or remove it");
    throw Abandoned{};
  }
  const std::size_t quotes = node.quoted ? 1 : 0;
  if (source.size() > quotes && source.substr(quotes, value.size()) == value) {
    node.text_column = node.position.column + static_cast<int>(quotes);
  }
  if (value.find('\0') != value.npos) {
    diagnostics_.error(node.position, "a NUL character in a text", "", "remove the '\\0'");
    node.text = std::string(value.c_str());
  }
  const auto style = open_.empty() ? Style::block : open_.back().style;
  if (!node.quoted && has_open_parenthesis(value) && (style == Style::flow || awaits_key())) {
    broken_.look_at(start, style);
  }
  add(std::move(node), anchor, size_of(value));
}

void DocumentBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                      YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  open(Node::Kind::sequence, mark, tag, anchor, style);
}

void DocumentBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag,
                                 YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  open(Node::Kind::mapping, mark, tag, anchor, style);
}

void DocumentBuilder::OnMapEnd() {
  remove_duplicates(open_.back().node, diagnostics_);
  close();
}

void DocumentBuilder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
                           YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  Open next;
  next.node.kind = kind;
  next.node.position = source_.position(past_properties(source_.text(), offset_of(mark)));
  next.style = style == YAML::EmitterStyle::Flow ? Style::flow : Style::block;
  next.anchor = anchor;
  next.size_before = size_;
  check_tag(tag, next.node.position);
  refuse_deeper_than_limit(open_.size() + 1, next.node.position);
  grow(1, next.node.position);
  open_.push_back(std::move(next));
}

void DocumentBuilder::close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  add(std::move(closed.node), closed.anchor, size_ - closed.size_before);
}

void DocumentBuilder::add(Node node, YAML::anchor_t anchor, std::size_t size) {
  if (anchor != YAML::NullAnchor) {
    grow(size, node.position);  // the copy
    anchored_[anchor] = {node, size, height_of(node)};
  }
  if (open_.empty()) {
    root_ = std::move(node);
  } else if (open_.back().node.is_sequence()) {
    open_.back().node.items.push_back(std::move(node));
  } else if (awaits_key()) {
    open_.back().key = std::move(node);
  } else {
    Node key = *std::exchange(open_.back().key, std::nullopt);
    add_entry(open_.back().node, std::move(key), std::move(node), diagnostics_);
  }
}

void DocumentBuilder::grow(std::size_t size, const Position& position) {
  size_ += size;
  if (size_ <= largest_size) return;
  diagnostics_.error(position, "the document has more than 1,000,000 values",
                     "aliases count with all that they stand for", "write less of them");
  throw Abandoned{};
}

void DocumentBuilder::refuse_deeper_than_limit(std::size_t depth, const Position& position) {
  if (depth <= deepest) return;
  diagnostics_.error(position, "lists and mappings are nested deeper than 64 levels");
  throw Abandoned{};
}

void DocumentBuilder::check_tag(const std::string& tag, const Position& position) {
  constexpr std::array<std::string_view, 7> harmless = {"str",  "int", "float", "bool",
                                                        "null", "map", "seq"};
  constexpr std::string_view core = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "?" || tag == "!") return;
  const bool is_core = tag.compare(0, core.size(), core) == 0;
  const auto name = std::string_view(tag).substr(is_core ? core.size() : 0);
  if (is_core && std::find(harmless.begin(), harmless.end(), name) != harmless.end()) return;
  diagnostics_.error(position, "the tag " + shown((is_core ? "!!" : "") + std::string(name)),
                     "tags are not supported",
                     name == "!include" ? "use 'extends' to build on another file" : "remove it");
}

bool DocumentBuilder::awaits_key() const {
  return !open_.empty() && open_.back().node.is_mapping() && !open_.back().key;
}

}  // namespace truce::scenario
