#include <algorithm>
#include <string>

#include "parser.hpp"
#include "units.hpp"

namespace truce::scenario {

namespace {

/// The operator that a word such as AND is meant to be; empty if none.
std::string operator_meant(std::string_view word) {
  static const std::vector<std::string> operators = {"and", "or", "not"};
  const auto near = nearest(word, operators);
  return near.size() == word.size() ? near : std::string();
}

bool starts_value(const Token& token) {
  return token.kind == Token::Kind::number || token.kind == Token::Kind::name || token.text == "(";
}

}  // namespace

void Parser::fail(const Token& token, std::string problem, std::string why,
                  std::string suggestion) const {
  throw SyntaxError{token.column, std::move(problem), std::move(why), std::move(suggestion)};
}

void Parser::fail_for_want_of_value() const {
  const auto& token = next();
  if (token.kind == Token::Kind::string) {
    fail(token, "quoted text stands only in empirical('file.csv', 'column')", "",
         "write names without quotes");
  }
  if (token.kind == Token::Kind::end) {
    if (tokens_.size() == 1) fail(token, "an expression is missing", "the text is empty");
    fail(token, "a value is missing at the end", "",
         scalar_.quoted ? "" : "quote a value with ', ' or ': ' in it");
  }
  if (token.text == "not") {
    fail(token, "'not' stands inside a term", "it binds weaker than a comparison",
         "put it in parentheses with its condition");
  }
  if (token.text == "=" || (at_ > 0 && tokens_[at_ - 1].text == "=")) {
    fail(token, "'=' is no operator", "", "write '==' to compare");
  }
  fail(token, "a value is missing before " + shown(token.text));
}

void Parser::fail_at_rest() const {
  const auto& token = next();
  const auto& last = tokens_[at_ > 0 ? at_ - 1 : 0];
  if (token.kind == Token::Kind::string) {
    fail(token, "an operator or a comma is missing before " + shown(token.text));
  }
  if (token.text == ")") fail(token, "')' closes nothing", "", "remove it or open with '('");
  if (token.text == "=") fail(token, "'=' is no operator", "", "write '==' to compare");
  if (token.text == ",") {
    const auto& group = after_next();
    const bool grouped =
        last.kind == Token::Kind::number && group.kind == Token::Kind::number && group.size == 3;
    fail(token, "',' stands only between arguments", "",
         grouped ? "write " + shown(std::string(last.text) + std::string(group.text)) : "");
  }
  if (token.text == ":") fail(token, "':' stands only in choice(value: weight, ...)");
  if (token.kind == Token::Kind::name) {
    if (token.text == "not") {
      fail(token, "an operator is missing before 'not'", "", "write 'and not' or 'or not'");
    }
    if (const auto meant = operator_meant(token.text); !meant.empty()) {
      fail(token, shown(token.text) + " is no operator", "", "write '" + meant + "'");
    }
    if (unit_of_time(token.text) || token.text == "per") fail_at_unit(Unit::none);
  }
  if (starts_value(token)) {
    const auto example = std::string(last.text) + " * " + std::string(token.text);
    fail(token, "an operator is missing before " + shown(token.text), "",
         last.kind == Token::Kind::number && token.kind == Token::Kind::name
             ? "write " + shown(example)
             : "");
  }
  fail(token, shown(token.text) + " cannot stand here");
}

void Parser::fail_at_chained_comparison(const Part& left, std::string_view first,
                                        const Part& middle) {
  const Token second = next();
  ++at_;
  const Part right = sum();
  const auto shared = std::string(text(middle.begin, middle.end));
  std::string mend = std::string(text(left.begin, left.end)) + " " + std::string(first) + " " +
                     shared + " and " + shared + " " + std::string(second.text) + " " +
                     std::string(text(right.begin, right.end));
  constexpr std::size_t longest_mend = 120;
  if (mend.size() > longest_mend) mend = "a < b and b < c";
  fail(second, "comparisons are not chained", "", "write '" + mend + "'");
}

void Parser::fail_at_unit(Unit unit) const {
  const auto& token = next();
  const auto problem = "the unit " + shown(token.text) + " cannot stand here";
  if (unit == Unit::rate) {
    fail(token, problem, "this is a rate", "write 'per " + std::string(token.text) + "'");
  }
  if (token.text == "per") {
    fail(token, "'per' cannot stand here",
         unit == Unit::duration ? "this is a duration, not a rate" : "this is no rate");
  }
  const auto time = *unit_of_time(token.text);
  const auto factor = std::to_string(static_cast<int>(time.factor));
  fail(token, problem, "only a whole duration ends with a unit; all else is in days",
       time.factor == 1 ? "leave it out"
                        : std::string("write '") + time.operation + " " + factor + "'");
}

void Parser::fail_unclosed(const Token& opening) const {
  fail(opening, "'(' is never closed", "",
       scalar_.quoted ? "" : "quote a value with ', ' or ': ' in it");
}

}  // namespace truce::scenario
