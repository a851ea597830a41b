#include "scenario/mapping_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/text/quoting.hpp"

namespace truce::scenario {

namespace {

Unit unit_of(Purpose purpose) {
  if (purpose == Purpose::duration || purpose == Purpose::time) return Unit::duration;
  if (purpose == Purpose::rate || purpose == Purpose::drift) return Unit::rate;
  return Unit::none;
}

/// "write {value: guests.freed}": what is written, where it can be the value of the first of the
/// keys of which one is needed, else the table's example.
std::string example_for(const KeyTable& table, const Node& node) {
  constexpr std::size_t longest = 60;
  const Key* first = table.one_of.empty() ? nullptr : table.find(table.one_of.front());
  if (first != nullptr && first->purpose == Purpose::measured && node.is_scalar() &&
      node.text.size() <= longest) {
    return fmt::format("write {{{}: {}}}", first->name, node.text);
  }
  return table.example.empty() ? std::string() : fmt::format("write {}", table.example);
}

/// What the entries of a key are, for messages.
std::string entries_of(const Key& key) {
  if (key.table != nullptr) return fmt::format("{} names", key.table->what);
  if (!key.choices.empty()) return "weights";
  return key.refers == Refers::party ? "party names" : "names and values";
}

}  // namespace

std::string described(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return shown(node.text);
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
  }
  return {};
}

Expression stand_in(Purpose purpose, const Position& position) {
  if (purpose == Purpose::condition) {
    return {.kind = Expression::Kind::boolean, .position = position, .value = 1};
  }
  // Between 0 and 1 it is a sound share, count, duration and rate.
  Expression half{.position = position, .value = 0.5};
  Expression::Argument argument{.position = position, .value = half};
  return {.kind = Expression::Kind::call,
          .position = position,
          .text = "max",
          .arguments = {argument, argument}};
}

Expression read_expression(const Node& node, Purpose purpose, const std::string& what,
                           Diagnostics& diagnostics) {
  bool ok = false;
  Expression expression;
  if (node.reported) return stand_in(purpose, node.position);
  if (node.is_scalar()) {
    expression = parse_expression(node, unit_of(purpose), diagnostics, ok);
  } else {
    diagnostics.error(node.position,
                      fmt::format("{}: expected a value, found {}", what, described(node)));
  }
  return ok ? expression : stand_in(purpose, node.position);
}

std::string owner_text(const KeyTable& table, const std::string& owner) {
  if (owner.empty()) return std::string(table.what);
  return fmt::format("{} {}{}", table.what, table.naming == Naming::own ? "" : "of ", shown(owner));
}

std::optional<Name> read_name(const Node& node, const std::string& what, Diagnostics& diagnostics) {
  if (node.reported) return std::nullopt;
  if (node.is_scalar() && !node.text.empty()) return Name{node.text, node.position};
  diagnostics.error(node.position,
                    fmt::format("{}: expected a name, found {}", what, described(node)));
  return std::nullopt;
}

MappingReader::MappingReader(const Node& node, const KeyTable& table, std::string owner,
                             Diagnostics& diagnostics)
    : MappingReader(node, table, std::move(owner), diagnostics, nullptr) {}

MappingReader::MappingReader(const Node& node, const KeyTable& table, std::string owner,
                             Diagnostics& diagnostics,
                             const std::function<bool(const Node::Entry&)>& other)
    : node_(node),
      table_(table),
      owner_(std::move(owner)),
      what_(owner_text(table, owner_)),
      diagnostics_(diagnostics),
      sound_(node.is_mapping()) {
  if (!sound_) {
    diagnostics.error(node.position,
                      fmt::format("{}: expected a mapping, found {}", what_, described(node)), {},
                      example_for(table, node));
    return;
  }
  check_keys(other);
}

// What is meant by `{summary: late, but kept}`, whose second key has no value.
std::string MappingReader::text_broken_at(const Node::Entry& entry) const {
  const Node::Entry* before = nullptr;
  for (const Node::Entry& other : node_.entries) {
    if (&other == &entry) break;
    before = &other;
  }
  if (before == nullptr || !entry.value.is_null() || !before->value.is_scalar()) return {};
  const Key* key = table_.find(before->key);
  if (key == nullptr || key->kind != ValueKind::text) return {};
  return fmt::format("{}: {}", key->name, yaml_quoted(before->value.text + ", " + entry.key));
}

void MappingReader::check_keys(const std::function<bool(const Node::Entry&)>& other) {
  for (const Node::Entry& entry : node_.entries) {
    if (const Key* key = table_.find(entry.key)) {
      if (key->kind == ValueKind::text && !entry.value.is_scalar()) {
        wrong(entry.value, entry.key, "a text");
      }
      continue;
    }
    if (other && other(entry)) continue;
    const std::string problem = fmt::format("unknown key {} in {}", shown(entry.key), what_);
    if (const std::string text = text_broken_at(entry); !text.empty()) {
      diagnostics_.error(entry.key_position, problem,
                         "it has no value: inside { } a comma ends a text that is not quoted",
                         "quote the text: " + text);
    } else {
      const std::string near = did_you_mean(entry.key, table_.names());
      diagnostics_.error(entry.key_position, problem, {},
                         near.empty() ? name_hint(entry.key, table_.names()) : near);
    }
  }
  for (const Key& key : table_.keys) {
    if (key.need == Need::must && node_.find(key.name) == nullptr) {
      diagnostics_.error(node_.position, fmt::format("{} lacks the key '{}'", what_, key.name),
                         std::string(key.summary));
    }
  }
}

const Node* MappingReader::get(std::string_view key) const {
  return sound_ ? node_.find(key) : nullptr;
}

Position MappingReader::position_of(std::string_view key) const {
  for (const Node::Entry& entry : node_.entries) {
    if (entry.key == key) return entry.key_position;
  }
  return node_.position;
}

void MappingReader::wrong(const Node& node, std::string_view key, std::string_view expected,
                          std::string suggestion) {
  diagnostics_.error(
      node.position,
      fmt::format("'{}' of {}: expected {}, found {}", key, what_, expected, described(node)), {},
      std::move(suggestion));
}

std::optional<Expression> MappingReader::expression(std::string_view key) {
  const Node* node = get(key);
  if (node == nullptr) return std::nullopt;
  return read_expression(*node, table_.find(key)->purpose, fmt::format("'{}' of {}", key, what_),
                         diagnostics_);
}

Expression MappingReader::required(std::string_view key) {
  return expression(key).value_or(stand_in(table_.find(key)->purpose, node_.position));
}

std::string MappingReader::text(std::string_view key) {
  const Node* node = get(key);
  return node != nullptr && node->is_scalar() ? node->text : std::string();
}

std::optional<Name> MappingReader::name(std::string_view key) {
  const Node* node = get(key);
  if (node == nullptr) return std::nullopt;
  return read_name(*node, fmt::format("'{}' of {}", key, what_), diagnostics_)
      .value_or(Name{.position = node->position});
}

bool MappingReader::flag(std::string_view key, bool fallback) {
  const Node* node = get(key);
  if (node == nullptr) return fallback;
  if (node->is_scalar() && (node->text == "true" || node->text == "false")) {
    return node->text == "true";
  }
  wrong(*node, key, "true or false");
  return fallback;
}

std::optional<std::size_t> MappingReader::choice(std::string_view key) {
  const Node* node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto choices = table_.find(key)->choices;
  const auto at = std::ranges::find(choices, node->text);
  if (node->is_scalar() && at != choices.end()) {
    return static_cast<std::size_t>(at - choices.begin());
  }
  wrong(*node, key,
        choices.size() == 1 ? fmt::format("'{}'", choices[0])
                            : fmt::format("one of {}", fmt::join(choices, ", ")));
  return std::nullopt;
}

std::vector<const Node::Entry*> MappingReader::entries(std::string_view key) {
  std::vector<const Node::Entry*> all;
  const Node* node = get(key);
  if (node == nullptr || node->is_null()) return all;
  if (!node->is_mapping()) {
    const KeyTable* each = table_.find(key)->table;
    wrong(*node, key, fmt::format("a mapping of {}", entries_of(*table_.find(key))),
          each != nullptr && !each->example.empty()
              ? fmt::format("write {{NAME: {}}}", each->example)
              : std::string());
    return all;
  }
  for (const Node::Entry& entry : node->entries) all.push_back(&entry);
  return all;
}

std::vector<const Node*> MappingReader::items(std::string_view key) {
  std::vector<const Node*> all;
  const Node* node = get(key);
  if (node == nullptr || node->is_null()) return all;
  if (!node->is_sequence()) {
    const KeyTable* each = table_.find(key)->table;
    wrong(*node, key, "a list",
          each != nullptr && !each->example.empty() ? fmt::format("write [{}]", each->example)
                                                    : std::string());
    return all;
  }
  for (const Node& item : node->items) all.push_back(&item);
  return all;
}

}  // namespace truce::scenario
