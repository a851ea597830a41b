#pragma once

#include <fmt/format.h>

#include "scenario/description.hpp"
#include "scenario/mapping_reader.hpp"

/// Reads constructs of the language by their rows.
namespace truce::scenario {

/// Fills what the rows of a construct hold from a mapping, or from the value that stands for it.
template <class T>
void read_rows(const Node& node, const std::string& owner, Diagnostics& diagnostics, T& into);

namespace detail {

inline void read(MappingReader& in, const Key& key, Expression& into) {
  into = in.required(key.name);
}
inline void read(MappingReader& in, const Key& key, std::optional<Expression>& into) {
  into = in.expression(key.name);
}
inline void read(MappingReader& in, const Key& key, Name& into) {
  into = in.name(key.name).value_or(Name{.position = in.node().position});
}
inline void read(MappingReader& in, const Key& key, std::optional<Name>& into) {
  into = in.name(key.name);
}
inline void read(MappingReader& in, const Key& key, std::vector<Name>& into) {
  into = in.names(key.name);
}
inline void read(MappingReader& in, const Key& key, std::array<Name, 2>& into) {
  into = in.pair(key.name);
}
inline void read(MappingReader& in, const Key& key, NameByParty& into) {
  into = in.name_by_party(key.name);
}
inline void read(MappingReader& in, const Key& key, std::string& into) {
  into = in.text(key.name);
}
inline void read(MappingReader& in, const Key& key, std::vector<std::string>& into) {
  into = in.texts(key.name);
}
inline void read(MappingReader& in, const Key& key, bool& into) {
  into = in.flag(key.name, into);
}

template <Worded Enum>
void read(MappingReader& in, const Key& key, std::optional<Enum>& into) {
  if (const auto at = in.choice(key.name)) into = words_of<Enum>[*at].value;
}

template <Worded Enum>
void read(MappingReader& in, const Key& key, Weights<Enum>& into) {
  for (const auto& [at, weight] : in.weights(key.name)) {
    into.emplace_back(words_of<Enum>[at].value, weight);
  }
}

inline void read(MappingReader& in, const Key& key, NamedValues& into) {
  into = in.named_values(key.name);
}

inline void read(MappingReader& in, const Key& key, std::vector<Effect>& into) {
  if (const Node* node = in.get(key.name)) {
    into = read_effects(*node, in.owner(), in.diagnostics());
  }
}
inline void read(MappingReader& in, const Key& key, std::optional<std::vector<Effect>>& into) {
  if (in.has(key.name)) read(in, key, into.emplace());
}

template <HasRoom T>
void read(MappingReader& in, const Key& key, std::optional<T>& into) {
  const Node* node = in.get(key.name);
  if (node == nullptr) return;
  into = T{.position = node->position};
  read_rows(*node, in.owner(), in.diagnostics(), *into);
}

template <HasRoom T>
void read(MappingReader& in, const Key& key, std::vector<T>& into) {
  if constexpr (requires(const Node& node) { Room<T>::read(node, "", in.diagnostics(), into); }) {
    for (const Node* item : in.items(key.name)) {
      Room<T>::read(*item, in.owner(), in.diagnostics(), into);
    }
  } else if constexpr (requires { Room<T>::list; }) {
    for (const Node* item : in.items(key.name)) {
      into.push_back({.position = item->position});
      read_rows(*item, in.owner(), in.diagnostics(), into.back());
    }
  } else {
    for (const Node::Entry* entry : in.entries(key.name)) {
      into.push_back({.name = {entry->key, entry->key_position}});
      read_rows(entry->value, entry->key, in.diagnostics(), into.back());
    }
  }
}
template <HasRoom T>
void read(MappingReader& in, const Key& key, std::optional<std::vector<T>>& into) {
  if (in.has(key.name)) read(in, key, into.emplace());
}

}  // namespace detail

template <class T>
void read_rows(const Node& node, const std::string& owner, Diagnostics& diagnostics, T& into) {
  const KeyTable& table = Room<T>::table;
  const bool plain = !table.plain.empty() && !node.is_mapping();
  if (plain) {
    for_each_row<T>([&](const auto& row) {
      if constexpr (requires { into.*row.member = Expression(); }) {
        if (row.key.name != table.plain) return;
        into.*row.member =
            read_expression(node, row.key.purpose, owner_text(table, owner), diagnostics);
      } else if constexpr (requires { into.*row.member = Name(); }) {
        if (row.key.name != table.plain) return;
        into.*row.member = read_name(node, owner_text(table, owner), diagnostics)
                               .value_or(Name{.position = node.position});
      }
    });
    return;
  }
  MappingReader in(node, table, owner, diagnostics, [&](const Node::Entry& entry) {
    if constexpr (requires { Room<T>::others; }) {
      auto& others = into.*Room<T>::others;
      others.push_back({.name = {entry.key, entry.key_position}});
      read_rows(entry.value, entry.key, diagnostics, others.back());
      return true;
    }
    return false;
  });
  if (in.sound()) {
    for_each_row<T>([&](const auto& row) {
      if constexpr (requires { row.member; }) detail::read(in, row.key, into.*row.member);
    });
  }
  if constexpr (requires { Room<T>::finish(in, into); }) Room<T>::finish(in, into);
}

}  // namespace truce::scenario
