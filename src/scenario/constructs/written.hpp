#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/document.hpp"
#include "scenario/syntax.hpp"

/// Parts that several constructs of the language are made of, as written: with positions, before
/// names are resolved. What is absent in the file is absent here; defaults belong to the compiler.
namespace truce::scenario {

/// A name where it is defined or used, perhaps dotted (`a.trust`).
struct Name {
  std::string text;
  Position position;
};

/// Values by name, in the order of the file: of effects, of ratification.
using NamedValues = std::vector<std::pair<Name, Expression>>;

/// Weights of the words of an enumeration.
template <class Enum>
using Weights = std::vector<std::pair<Enum, Expression>>;

/// One name for all parties, or one for each that is named.
struct NameByParty {
  std::optional<Name> any;
  std::vector<std::pair<Name, Name>> of;  ///< party, name

  [[nodiscard]] bool given() const { return any || !of.empty(); }
};

/// A word of the language and what it stands for.
template <class Enum>
struct Word {
  std::string_view text;
  Enum value;
};
template <class Enum>
Word(const char*, Enum) -> Word<Enum>;  // clang 14 does not find it by itself

/// The words of an enumeration that stands in the file: specialised beside it as an array of Word.
template <class Enum>
inline constexpr std::nullptr_t words_of = nullptr;

}  // namespace truce::scenario
