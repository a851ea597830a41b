#include "scenario/expressions/parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "scenario/expressions/units.hpp"

namespace truce::scenario {

namespace {

/// Long sums make high trees without depth in the text. Whoever walks the tree recurses that far.
constexpr int highest = 1000;
constexpr std::array<std::string_view, 6> comparisons = {"<", "<=", ">", ">=", "==", "!="};

bool is_comparison(const Token& token) {
  return token.kind == Token::Kind::symbol &&
         std::find(comparisons.begin(), comparisons.end(), token.text) != comparisons.end();
}

}  // namespace

Expression Parser::run(Unit unit) {
  Part part = with_unit(disjunction(), unit);
  if (next().kind != Token::Kind::end) fail_at_rest();
  return std::move(part.tree);
}

Parser::Part Parser::disjunction() {
  return chain(&Parser::conjunction, {"or"});
}

Parser::Part Parser::conjunction() {
  return chain(&Parser::negation, {"and"});
}

Parser::Part Parser::negation() {
  const Token token = next();
  if (!take("not")) return comparison();
  const Level level(*this, token);
  return unary("not", negation(), token);
}

Parser::Part Parser::comparison() {
  Part left = sum();
  if (!is_comparison(next())) return left;
  const auto operation = next().text;
  ++at_;
  Part right = sum();
  if (is_comparison(next())) fail_at_chained_comparison(left, operation, right);
  return binary(operation, std::move(left), std::move(right));
}

Parser::Part Parser::sum() {
  return chain(&Parser::product, {"+", "-"});
}

Parser::Part Parser::product() {
  return chain(&Parser::sign, {"*", "/"});
}

Parser::Part Parser::sign() {
  const Token token = next();
  if (take("-")) {
    const Level level(*this, token);
    return unary("-", sign(), token);
  }
  if (take("+")) {
    const Level level(*this, token);
    return sign();
  }
  return power();
}

Parser::Part Parser::power() {
  Part base = primary();
  const Token token = next();
  if (!take("^")) return base;
  const Level level(*this, token);
  return binary("^", std::move(base), sign());
}

Parser::Part Parser::chain(Rule operand, std::initializer_list<std::string_view> operators) {
  Part left = (this->*operand)();
  while (true) {
    const auto found = std::find_if(operators.begin(), operators.end(),
                                    [&](auto operation) { return next_is(operation); });
    if (found == operators.end()) return left;
    ++at_;
    left = binary(*found, std::move(left), (this->*operand)());
  }
}

Parser::Part Parser::unary(std::string_view operation, Part operand, const Token& token) {
  Part part;
  part.tree.kind = Expression::Kind::unary;
  part.tree.position = position(token);
  part.tree.text = operation;
  part.height = operand.height + 1;
  part.begin = token.offset;
  part.end = operand.end;
  part.tree.children.push_back(std::move(operand.tree));
  if (part.height > highest) fail(token, "the expression is too long");
  return part;
}

Parser::Part Parser::binary(std::string_view operation, Part left, Part right) {
  Part part;
  part.tree.kind = Expression::Kind::binary;
  part.tree.position = left.tree.position;
  part.tree.text = operation;
  part.height = std::max(left.height, right.height) + 1;
  part.begin = left.begin;
  part.end = right.end;
  part.tree.children.reserve(2);
  part.tree.children.push_back(std::move(left.tree));
  part.tree.children.push_back(std::move(right.tree));
  if (part.height > highest) {
    fail(tokens_[at_ - 1], "the expression is too long",
         "it has more than 1,000 operators in a row", "split it");
  }
  return part;
}

Parser::Part Parser::with_unit(Part part, Unit unit) {
  const Token word = next();
  if (word.kind != Token::Kind::name) return part;
  const bool is_per = word.text == "per";
  if (!is_per && !unit_of_time(word.text)) return part;
  if (is_per != (unit == Unit::rate) || unit == Unit::none) fail_at_unit(unit);
  if (is_per) ++at_;
  const Token name = next();
  const auto time = name.kind == Token::Kind::name ? unit_of_time(name.text) : std::nullopt;
  if (!time) {
    fail(name, "a unit of time is missing after 'per'", "",
         "write per day, per week, per hour or per minute");
  }
  ++at_;
  if (next().kind != Token::Kind::end) {
    fail(next(), "the value goes on after its unit " + shown(name.text),
         "a unit stands last and multiplies all before it");
  }
  const char inverse = time->operation == '*' ? '/' : '*';
  return scaled(std::move(part), is_per ? inverse : time->operation, time->factor, name);
}

Parser::Part Parser::scaled(Part part, char operation, double factor, const Token& unit) {
  if (factor == 1) return part;
  Part number;
  number.tree.value = factor;
  number.tree.position = position(unit);
  number.begin = unit.offset;
  number.end = unit.offset + unit.size;
  return binary(std::string_view(&operation, 1), std::move(part), std::move(number));
}

const Token& Parser::after_next() const {
  return tokens_[std::min(at_ + 1, tokens_.size() - 1)];
}

bool Parser::next_is(std::string_view text) const {
  const bool is_word = next().kind == Token::Kind::symbol || next().kind == Token::Kind::name;
  return is_word && next().text == text;
}

bool Parser::take(std::string_view text) {
  if (!next_is(text)) return false;
  ++at_;
  return true;
}

Position Parser::position(const Token& token) const {
  Position position = scalar_.position;
  if (scalar_.text_column > 0) position.column = scalar_.text_column + token.column;
  return position;
}

std::string_view Parser::text(std::size_t begin, std::size_t end) const {
  return std::string_view(scalar_.text).substr(begin, end - begin);
}

}  // namespace truce::scenario
