#include "scenario/syntax.hpp"

#include <algorithm>

#include "scenario/expressions/parser.hpp"

namespace truce::scenario {

namespace {

constexpr std::size_t longest_expression = 1u << 16;

/// Whether the text has the form of 2025-01-26: as an expression it would be 1998.
bool is_date(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  const auto fits = [](char c, char of) { return of == '0' ? c >= '0' && c <= '9' : c == of; };
  return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), fits);
}

void check_is_text(const Node& node) {
  if (node.is_null()) throw SyntaxError{0, "a value is missing", {}, "write an expression"};
  if (!node.is_scalar()) {
    throw SyntaxError{0,
                      node.is_mapping() ? "a mapping stands where an expression is expected"
                                        : "a list stands where an expression is expected",
                      {},
                      {}};
  }
  if (is_date(node.text)) {
    throw SyntaxError{0, "the date " + shown(node.text) + " stands where a number is expected",
                      "days are counted from the beginning of the phase, or of the trial",
                      "write the number of days"};
  }
  if (node.text.size() > longest_expression) {
    throw SyntaxError{0, "the expression is longer than 65,536 bytes", {}, {}};
  }
}

}  // namespace

Expression parse_expression(const Node& scalar, Unit unit, Diagnostics& diagnostics, bool& ok) {
  try {
    check_is_text(scalar);
    ok = true;
    return Parser(scalar).run(unit);
  } catch (SyntaxError& error) {
    Position position = scalar.position;
    if (scalar.is_scalar() && scalar.text_column > 0) {
      position.column = scalar.text_column + error.column;
    }
    diagnostics.error(std::move(position), std::move(error.problem), std::move(error.why),
                      std::move(error.suggestion));
  }
  ok = false;
  Expression zero;
  zero.position = scalar.position;
  return zero;
}

}  // namespace truce::scenario
