#pragma once

#include <string>
#include <string_view>

#include "scenario/lists/marks.hpp"
#include "scenario/lists/name_lists.hpp"

namespace truce::scenario {

/// Puts items into texts, and writes aggregates out.
class TextFiller {
 public:
  TextFiller(const NameLists& lists, Diagnostics& diagnostics)
      : lists_(lists), diagnostics_(diagnostics) {}

  /// The scalar's text with the items that are bound. What cannot be filled is reported at
  /// `position`, and `sound` set to false.
  std::string filled(const Node& scalar, const Bindings& bindings, TextKind kind,
                     const Position& position, bool& sound);
  /// The same of a key, in which all is a name.
  std::string filled_key(const std::string& key, const Bindings& bindings,
                         const Position& position);

 private:
  struct Refused {};

  std::string fill(std::string_view text, Bindings& bindings, TextKind kind, int depth);
  std::string placeholder(const ListMark& mark, const Bindings& bindings, TextKind kind);
  std::string aggregate(const ListMark& mark, Bindings& bindings, int depth);
  [[noreturn]] void refuse(std::string problem, std::string why = {}, std::string suggestion = {});

  const NameLists& lists_;
  Diagnostics& diagnostics_;
  Position position_;
};

}  // namespace truce::scenario
