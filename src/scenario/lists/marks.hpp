#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "scenario/lists/name_lists.hpp"

namespace truce::scenario {

/// A piece of a text that stands for items of a list: `<zone>`, or an aggregate such as
/// `sum(zone, aid_<zone>)`. All parts are views into the text.
struct ListMark {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view list;
  std::string_view function;  ///< of an aggregate: sum, min, max, any or all
  std::string_view body;      ///< of an aggregate: what stands behind the comma
};

/// Whether aggregates are looked for: in expressions, and not in texts for the reader.
enum class TextKind { expression, reader };

/// The first such piece at or behind `from`. `<x>` is one whatever `x` is, an aggregate only where
/// its first argument is a list.
std::optional<ListMark> next_mark(std::string_view text, std::size_t from, const NameLists& lists,
                                  TextKind kind);

/// The first argument of a call of sum, any or all that is no list, where it is a plain name.
std::optional<std::string_view> no_list_in(std::string_view text, const NameLists& lists);

}  // namespace truce::scenario
