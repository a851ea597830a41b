#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "scenario/constructs/written.hpp"
#include "scenario/keys.hpp"

/// What a key's row need not say, as the type of the member that holds it tells: the kind of its
/// value, its choices, and the table of the mapping that it is.
namespace truce::scenario {

/// What is known of a construct of the language; specialised beside each. Optional members:
/// `list`, of items of lists, which have no names; `entity`, the kind of what it declares;
/// `finish(MappingReader&, T&)`, called when all keys are read; `others`, the member that holds
/// what further keys declare; `read(node, owner, diagnostics, std::vector<T>&)`, in place of the
/// reader by rows, which adds what an item of a list declares; `parts`, the member that holds what
/// `finish` reads, and `walk(const T&, Visitor&)`, for what no row holds.
template <class T>
struct Room;

template <class T>
concept HasRoom = requires {
  Room<T>::what;
}
|| requires {
  Room<T>::table;
};

namespace detail {

template <class M>
struct Plain {
  using Type = M;
  static constexpr bool many = false;
};
template <class M>
struct Plain<std::optional<M>> : Plain<M> {};
template <class M>
struct Plain<std::vector<M>> {
  using Type = M;
  static constexpr bool many = true;
};

template <class Enum, std::size_t n>
constexpr auto texts_in(const std::array<Word<Enum>, n>& words) {
  std::array<std::string_view, n> texts;
  for (std::size_t i = 0; i < n; ++i) texts[i] = words[i].text;
  return texts;
}

}  // namespace detail

/// The texts of the words of an enumeration.
template <class Enum>
inline constexpr auto texts_of = detail::texts_in(words_of<Enum>);

template <class T>
concept Worded = std::is_enum_v<T> && !std::is_same_v<decltype(words_of<T>), const std::nullptr_t>;

struct Effect;

/// The kind of value that a member of this type is read from.
template <class M>
constexpr ValueKind kind_of() {
  using Item = typename detail::Plain<M>::Type;
  if constexpr (std::is_same_v<Item, std::string>) {
    return detail::Plain<M>::many ? ValueKind::texts : ValueKind::text;
  } else if constexpr (std::is_same_v<Item, Expression>) {
    return ValueKind::value;
  } else if constexpr (std::is_same_v<Item, Name>) {
    return detail::Plain<M>::many ? ValueKind::names : ValueKind::name;
  } else if constexpr (std::is_same_v<Item, std::array<Name, 2>>) {
    return ValueKind::pair;
  } else if constexpr (std::is_same_v<Item, NameByParty>) {
    return ValueKind::name_by_party;
  } else if constexpr (std::is_same_v<Item, bool>) {
    return ValueKind::flag;
  } else if constexpr (std::is_same_v<Item, Effect>) {
    return ValueKind::effects;
  } else if constexpr (Worded<Item>) {
    return ValueKind::choice;
  } else if constexpr (HasRoom<Item> && !detail::Plain<M>::many) {
    return ValueKind::mapping;
  } else if constexpr (requires { Room<Item>::list; }) {
    return ValueKind::list;
  } else {
    return ValueKind::entries;  // of mappings, or of names or words to expressions
  }
}

namespace detail {

template <class M>
constexpr const KeyTable* table_of() {
  using Item = typename Plain<M>::Type;
  if constexpr (requires { Room<Item>::table; }) {
    return &Room<Item>::table;
  } else {
    return nullptr;
  }
}

template <class Pair>
struct Choices {
  static constexpr std::span<const std::string_view> all = {};
};
template <Worded Enum>
struct Choices<Enum> {
  static constexpr std::span<const std::string_view> all = texts_of<Enum>;
};
template <Worded Enum>
struct Choices<std::pair<Enum, Expression>> : Choices<Enum> {};

template <class M>
constexpr Key key(std::string_view name, Need need, std::string_view summary) {
  return {.name = name,
          .kind = kind_of<M>(),
          .need = need,
          .summary = summary,
          .table = table_of<M>(),
          .choices = Choices<typename Plain<M>::Type>::all};
}

}  // namespace detail

}  // namespace truce::scenario
