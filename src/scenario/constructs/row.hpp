#pragma once

#include <algorithm>
#include <array>
#include <tuple>

#include "scenario/constructs/member_kind.hpp"
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

template <class T, class M>
struct Row {
  Key key;
  M T::*member;
};

/// A key that is only checked, or that `finish` reads.
struct UnreadRow {
  Key key;
};

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
  using Item = typename Plain<M>::Type;  ///< of lists and of what may be absent
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
