#pragma once

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>

#include "scenario/constructs/written.hpp"
#include "scenario/keys.hpp"

/// One row per key of a construct: its name, its need, what its value is for or what its name
/// refers to, one line of help, and the member that holds it. The reader, the walk over a
/// description, the check of references, the compiler and the JSON Schema
/// all read that row.
///
///     struct Talks { Name name; std::optional<Expression> rounds; std::optional<Name> stream; };
///     template <>
///     struct Room<Talks> {
///       static constexpr std::tuple rows = {
///           row("rounds", must, Purpose::duration, "length of a round", &Talks::rounds),
///           row("stream", may, Refers::stream, "names their random numbers", &Talks::stream)};
///       static constexpr auto keys = keys_of(rows);
///       static constexpr KeyTable table{.what = "talks", .keys = keys};
///     };
namespace truce::scenario {

inline constexpr Need may = Need::may;
inline constexpr Need must = Need::must;

/// What is known of a construct of the language; specialised beside each. Optional members:
/// `entity`, the kind of what it declares; `finish(MappingReader&, T&)`, called when all keys are
/// read; `others`, the member that holds what further keys declare;
/// `read(node, owner, diagnostics, std::vector<T>&)`, in place of the reader by rows, which adds
/// what an item of a list declares; `parts`, the member that holds what `finish` reads, and
/// `walk(const T&, Visitor&)`, for what no row holds.
template <class T>
struct Room;

template <class T>
concept HasRoom = requires {
  Room<T>::what;
}
|| requires {
  Room<T>::table;
};

template <class T, class M>
struct Row {
  Key key;
  M T::*member;
};

/// A key that is only checked, or that `finish` reads.
struct UnreadRow {
  Key key;
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
  } else if constexpr (HasRoom<Item>) {
    if constexpr (!detail::Plain<M>::many) {
      return ValueKind::mapping;
    } else {
      return Room<Item>::list ? ValueKind::list : ValueKind::entries;
    }
  } else {
    return ValueKind::entries;  // of names or words to expressions
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

template <class T, class M>
constexpr Row<T, M> row(std::string_view name, Need need, std::string_view summary, M T::*member) {
  return {detail::key<M>(name, need, summary), member};
}
template <class T, class M>
constexpr Row<T, M> row(std::string_view name, Need need, Purpose purpose, std::string_view summary,
                        M T::*member) {
  Row<T, M> result{detail::key<M>(name, need, summary), member};
  result.key.purpose = purpose;
  return result;
}
template <class T, class M>
constexpr Row<T, M> row(std::string_view name, Need need, Refers refers, std::string_view summary,
                        M T::*member) {
  Row<T, M> result{detail::key<M>(name, need, summary), member};
  result.key.refers = refers;
  return result;
}
/// The same with values by name, whose names refer to something.
template <class T, class M>
constexpr Row<T, M> row(std::string_view name, Need need, Refers refers, Purpose purpose,
                        std::string_view summary, M T::*member) {
  Row<T, M> result = row(name, need, refers, summary, member);
  result.key.purpose = purpose;
  return result;
}
constexpr UnreadRow unread(std::string_view name, ValueKind kind, Need need,
                           std::string_view summary) {
  return {{.name = name, .kind = kind, .need = need, .summary = summary}};
}

constexpr UnreadRow summary_row() {
  return unread("summary", ValueKind::text, may, "what this is, in a sentence");
}
constexpr UnreadRow source_row() {
  return unread("source", ValueKind::text, may,
                "where the numbers come from, or 'assumption: ...'");
}

template <class... Rows>
constexpr std::array<Key, sizeof...(Rows)> keys_of(const std::tuple<Rows...>& rows) {
  return std::apply([](const auto&... each) { return std::array{each.key...}; }, rows);
}

/// Of a construct that is one of several forms, each with a key: those keys, then those of the
/// rows.
template <class Form, std::size_t n, class... Rows>
constexpr std::array<Key, n + sizeof...(Rows)> keys_of(const std::array<Form, n>& forms,
                                                       const std::tuple<Rows...>& rows) {
  std::array<Key, n + sizeof...(Rows)> all{};
  const auto end = std::ranges::transform(forms, all.begin(), &Form::key).out;
  std::ranges::copy(keys_of(rows), end);
  return all;
}

template <class Form, std::size_t n>
constexpr std::array<std::string_view, n> names_of(const std::array<Form, n>& forms) {
  std::array<std::string_view, n> all{};
  std::ranges::transform(forms, all.begin(), [](const Form& form) { return form.key.name; });
  return all;
}

/// Calls `visit` with each row of a construct.
template <class T, class Visit>
constexpr void for_each_row(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, Room<T>::rows);
}

namespace detail {

template <class Pointer>
struct MemberOf;
template <class T, class M>
struct MemberOf<M T::*> {
  using Owner = T;
};

}  // namespace detail

/// The key whose value this member holds, as in `key_of<&Talks::rounds>()`.
template <auto member>
constexpr const Key& key_of() {
  using T = typename detail::MemberOf<decltype(member)>::Owner;
  const auto find = [](auto&& take) {
    for_each_row<T>([&](const auto& each) {
      if constexpr (requires { each.member == member; }) {
        if (each.member == member) take(each.key);
      }
    });
  };
  // Sanitizers make addresses no constants, so that rows are counted.
  constexpr int rows = [&] {
    int count = 0;
    find([&](const Key&) { ++count; });
    return count;
  }();
  static_assert(rows == 1, "the member is in one row");
  const Key* found = nullptr;
  find([&](const Key& key) { found = &key; });
  return *found;
}

}  // namespace truce::scenario
