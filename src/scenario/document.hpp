#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace truce::scenario {

/// A YAML value with the place where it stands. Aliases are expanded (under a limit), so a document
/// is a tree. Keys of mappings are unique: duplicates are diagnosed while reading.
struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;

  Kind kind = Kind::null;
  Position position;
  std::string text;            ///< of a scalar
  bool quoted = false;         ///< whether the scalar was quoted
  bool unwritten = false;      ///< of a null: nothing stands there, as in `key:`
  bool reported = false;       ///< that its text is wrong, so that no errors are to follow
  int text_column = 0;         ///< column of `text`, if it stands in the file just so; otherwise 0
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping, in the order of the file

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  /// The value under `key`, or nullptr.
  [[nodiscard]] const Node* find(std::string_view key) const;
  /// The scalar under `key`, or nothing.
  [[nodiscard]] std::string text_at(std::string_view key) const;
};

struct Node::Entry {
  std::string key;
  Position key_position;
  Node value;
};

/// Reads YAML text. On an error (syntax, not UTF-8, duplicate keys, too deep, too many nodes by
/// aliases, keys that are no plain scalars, several documents) it is reported and, where nothing
/// can be read, a null node is returned. Values that YAML breaks at a comma or a colon for want of
/// quotes, such as `{prior: beta(28, 2)}`, are reported and mended, so that no errors follow.
Node parse_document(std::string_view text, const std::string& file, Diagnostics& diagnostics);
/// The same of what must hold something: a null is an error.
Node parse_file(std::string_view text, const std::string& file, Diagnostics& diagnostics);

/// Reads a file and merges it over the files that it `extends`, each over those before it (deep
/// merge, the later wins, lists are replaced, a null value deletes the key; keys keep the earlier
/// order, new ones follow). A file is read once, where it comes first, its bases before it. The
/// result has no key `extends`; each value keeps the position in the file where it stands.
/// A file that is missing, too large or part of a cycle is reported; a null node is returned where
/// one cannot be read. A null value that deletes nothing is a warning, and so is a key with nothing
/// below it, which changes nothing.
Node load_document(const std::filesystem::path& path, Diagnostics& diagnostics);

/// What is laid over others, and where it is asked for.
struct Overlay {
  std::filesystem::path path = {};
  Position asker = {};
  const Node* written = nullptr;  ///< in place of a file
  /// Refused where it extends what those before it are not built on.
  bool brings_none = false;
};

/// The same of several files, as of a file that extends them in this order.
Node load_laid_over(const std::vector<Overlay>& files, Diagnostics& diagnostics);

/// Deep merge of `overlay` over `base`, as by `extends`.
Node merged(const Node& base, const Node& overlay);

/// The document as YAML text that parse_document reads back to an equal tree.
std::string to_yaml(const Node& node);

}  // namespace truce::scenario
