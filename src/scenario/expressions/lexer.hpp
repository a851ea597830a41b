#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace truce::scenario {

struct Token {
  enum class Kind { number, name, string, symbol, end };

  Kind kind = Kind::end;
  std::string_view text;   ///< as written; of a string without its quotes
  std::size_t offset = 0;  ///< of the token's first byte in the expression
  std::size_t size = 0;    ///< in bytes, with quotes
  int column = 0;          ///< characters before it in the expression
  double value = 0;        ///< of a number
};

/// Thrown at the first error of an expression, and caught by parse_expression.
struct SyntaxError {
  int column = 0;  ///< characters before it in the expression
  std::string problem;
  std::string why;
  std::string suggestion;
};

/// Splits an expression; the last token is of kind `end`. Tokens refer to `text`.
/// Throws SyntaxError where something is no part of the language, such as `&&`, with its
/// suggestion.
std::vector<Token> tokens_of(std::string_view text);

/// How to write a number that was cut by a comma, such as 3,000 or 0,2.
std::string number_without_comma(std::string_view before, std::string_view after);

}  // namespace truce::scenario
