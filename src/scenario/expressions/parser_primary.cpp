#include <algorithm>
#include <utility>

#include "scenario/expressions/parser.hpp"

namespace truce::scenario {

Parser::Part Parser::primary() {
  const auto& token = next();
  switch (token.kind) {
    case Token::Kind::number: {
      Part part = leaf(Expression::Kind::number);
      part.tree.value = token.value;
      return part;
    }
    case Token::Kind::name: {
      if (token.text == "and" || token.text == "or" || token.text == "not") break;
      if (after_next().kind == Token::Kind::symbol && after_next().text == "(") return call();
      const bool is_boolean = token.text == "true" || token.text == "false";
      Part part = leaf(is_boolean ? Expression::Kind::boolean : Expression::Kind::name);
      if (is_boolean) {
        part.tree.value = token.text == "true" ? 1 : 0;
      } else {
        part.tree.text = token.text;
      }
      return part;
    }
    case Token::Kind::symbol:
      if (token.text == "(") return parenthesized();
      break;
    case Token::Kind::string:
    case Token::Kind::end:
      break;
  }
  fail_for_want_of_value();
}

Parser::Part Parser::parenthesized() {
  const Token opening = next();
  const Level level(*this, opening);
  ++at_;
  Part part = disjunction();
  const auto end = next().offset + next().size;
  if (next().kind == Token::Kind::end) fail_unclosed(opening);
  if (!take(")")) fail_at_rest();
  part.begin = opening.offset;
  part.end = end;
  return part;
}

Parser::Part Parser::call() {
  Part part = leaf(Expression::Kind::call);
  part.tree.text = text(part.begin, part.end);
  const Token opening = next();
  const Level level(*this, opening);
  ++at_;
  while (!next_is(")")) {
    const Part last = argument(part);
    part.height = std::max(part.height, last.height + 1);
    if (next().kind == Token::Kind::end) fail_unclosed(opening);
    if (next_is(")")) break;
    if (!take(",")) fail_at_rest();
    if (next_is(")")) fail(next(), "an argument is missing after ','");
  }
  part.end = next().offset + next().size;
  ++at_;
  return part;
}

/// Reads one argument of the call and adds it to it; what is returned has only height and place.
Parser::Part Parser::argument(Part& call) {
  Expression::Argument argument;
  argument.position = position(next());
  const Token token = next();
  if (token.kind == Token::Kind::name && after_next().kind == Token::Kind::symbol &&
      after_next().text == "=" && token.text.find('.') == token.text.npos &&
      call.tree.text != "if") {
    argument.name = token.text;
    at_ += 2;
  }
  Part value = next().kind == Token::Kind::string ? string_argument(call) : disjunction();
  argument.value = std::exchange(value.tree, {});
  if (const Token colon = next(); take(":")) {
    if (call.tree.text != "choice" && call.tree.text != "elicited") {
      fail(colon, "':' stands only in choice(value: weight, ...) and elicited(5%: value, ...)");
    }
    Part weight = disjunction();
    value.height = std::max(value.height, weight.height);
    argument.weight.push_back(std::move(weight.tree));
  }
  call.tree.arguments.push_back(std::move(argument));
  return value;
}

Parser::Part Parser::string_argument(const Part& call) {
  if (call.tree.text != "empirical") fail_for_want_of_value();
  const auto written = next().text;
  Part part = leaf(Expression::Kind::string);
  part.tree.text = written;
  return part;
}

Parser::Part Parser::leaf(Expression::Kind kind) {
  const auto& token = next();
  Part part;
  part.tree.kind = kind;
  part.tree.position = position(token);
  part.begin = token.offset;
  part.end = token.offset + token.size;
  ++at_;
  return part;
}

}  // namespace truce::scenario
