#pragma once

#include <string>
#include <vector>

#include "scenario/diagnostics.hpp"
#include "scenario/document.hpp"

namespace truce::scenario {

/// Syntax tree of an expression of the language, before names are resolved.
struct Expression {
  enum class Kind {
    number,   ///< `value`
    boolean,  ///< `value` is 0 or 1
    name,     ///< `text`: a dotted name such as `cairo.agreed`
    string,   ///< `text`: a quoted string, an argument of `empirical`
    unary,    ///< `text`: "-" or "not"; one child
    binary,   ///< `text`: + - * / ^ < <= > >= == != and or; two children
    call,     ///< `text`: a function or distribution; `arguments`
  };
  struct Argument;

  Kind kind = Kind::number;
  Position position;
  double value = 0;
  std::string text;
  std::vector<Expression> children;
  std::vector<Argument> arguments;
};

struct Expression::Argument {
  std::string name;  ///< of `mean = 3`; empty for a positional one
  Position position;
  Expression value;
  std::vector<Expression> weight;  ///< of `value: weight` in `choice`; empty otherwise, else one
};

/// What a written value may end with: `6 h` is a duration in days, `0.02 per day` a rate.
enum class Unit { none, duration, rate };

/// Parses a scalar as an expression. With Unit::duration a trailing unit (`d day days h hour hours
/// min minute minutes week weeks`) is converted to days, with Unit::rate `per day` and the like to
/// 1/day; the unit multiplies the whole expression before it: `6 h` is the binary node `6 / 24`,
/// `1 per week` is `1 / 7`. Position of every part is that of its beginning in the file, or that of
/// the scalar where its text does not stand there just so (escapes, several lines). At most 200
/// levels deep, and the tree at most 1,000 high. The first syntax error is reported, with a
/// suggestion where one is known, and the number 0 is returned with `ok` set to false.
Expression parse_expression(const Node& scalar, Unit unit, Diagnostics& diagnostics, bool& ok);

/// Names that no entity may have: the words, functions and distributions of the language.
const std::vector<std::string>& reserved_words();

}  // namespace truce::scenario
