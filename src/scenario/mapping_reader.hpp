#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/constructs/written.hpp"
#include "scenario/keys.hpp"

namespace truce::scenario {

/// Reads one mapping of the file by its table of keys: reports unknown and missing keys, and values
/// of the wrong kind. `owner` names the entity in messages. What is written, but cannot be read, is
/// returned as a stand-in, so that no errors follow from its absence.
class MappingReader {
 public:
  MappingReader(const Node& node, const KeyTable& table, std::string owner,
                Diagnostics& diagnostics);
  /// The same where further keys may be allowed: those are handed to `other`, which tells.
  MappingReader(const Node& node, const KeyTable& table, std::string owner,
                Diagnostics& diagnostics, const std::function<bool(const Node::Entry&)>& other);

  /// Whether the node is a mapping at all.
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] const Node* get(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return get(key) != nullptr; }
  [[nodiscard]] Position position_of(std::string_view key) const;

  [[nodiscard]] const Node& node() const { return node_; }
  /// The name of the entity, as it was given.
  [[nodiscard]] const std::string& owner() const { return owner_; }
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }

  std::optional<Expression> expression(std::string_view key);
  /// A required expression: a stand-in where it is missing, which has been reported.
  Expression required(std::string_view key);
  std::string text(std::string_view key);
  /// One text, or those of a list.
  std::vector<std::string> texts(std::string_view key);
  /// An empty name where what is written is none.
  std::optional<Name> name(std::string_view key);
  /// One name, or those of a list.
  std::vector<Name> names(std::string_view key);
  /// The two names of a list; empty ones where they are not two.
  std::array<Name, 2> pair(std::string_view key);
  NameByParty name_by_party(std::string_view key);
  bool flag(std::string_view key, bool fallback);
  /// The index of the text among the key's choices; none where absent or reported.
  std::optional<std::size_t> choice(std::string_view key);
  /// Weights, by index among the key's choices.
  std::vector<std::pair<std::size_t, Expression>> weights(std::string_view key);
  NamedValues named_values(std::string_view key);
  /// Entries of a mapping; empty where absent.
  std::vector<const Node::Entry*> entries(std::string_view key);
  /// Items of a list; empty where absent.
  std::vector<const Node*> items(std::string_view key);

 private:
  std::string text_broken_at(const Node::Entry& entry) const;
  void check_keys(const std::function<bool(const Node::Entry&)>& other);
  void wrong(const Node& node, std::string_view key, std::string_view expected,
             std::string suggestion = {});

  const Node& node_;
  const KeyTable& table_;
  std::string owner_;
  std::string what_;  ///< "obligation 'x'", for messages
  Diagnostics& diagnostics_;
  bool sound_ = false;
};

/// "a mapping", "a list", "'text'", "nothing".
std::string described(const Node& node);
/// In place of a value that cannot be read: sound where a value of that kind may stand, and no
/// constant to the checks.
Expression stand_in(Purpose purpose, const Position& position);
/// The scalar as an expression; a stand-in where it is none, which is reported.
Expression read_expression(const Node& node, Purpose purpose, const std::string& what,
                           Diagnostics& diagnostics);
/// "obligation 'x'", "trust of 'x'"; the table's word alone where there is no name.
std::string owner_text(const KeyTable& table, const std::string& owner);
std::optional<Name> read_name(const Node& node, const std::string& what, Diagnostics& diagnostics);

}  // namespace truce::scenario
