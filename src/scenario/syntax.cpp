#include "scenario/syntax.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/limits.hpp"
#include "scenario/expressions/parser.hpp"

namespace truce::scenario {

namespace {

void check_is_text(const Node& node) {
  if (node.is_null()) throw SyntaxError{0, "a value is missing", {}, "write an expression"};
  if (!node.is_scalar()) {
    throw SyntaxError{0,
                      node.is_mapping() ? "a mapping stands where an expression is expected"
                                        : "a list stands where an expression is expected",
                      {},
                      {}};
  }
  if (base::has_form_of_date(node.text)) {  // which as an expression would be 1998
    throw SyntaxError{0, "the date " + shown(node.text) + " stands where a number is expected",
                      "days are counted from the beginning of the phase, or of the trial",
                      "write the number of days"};
  }
  if (node.text.size() > base::longest_expression) {
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
