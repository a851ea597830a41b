#include <algorithm>
#include <string>

#include "scenario/expressions/parser.hpp"
#include "scenario/expressions/units.hpp"

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

std::string number_without_comma(std::string_view before, std::string_view after) {
  const bool thousands = after.size() == 3 && before != "0" && before.find('.') == before.npos;
  const std::string decimal = std::string(before) + "." + std::string(after);
  if (!thousands) return "write " + shown(decimal);
  return "write " + shown(std::string(before) + std::string(after)) + ", or " + shown(decimal) +
         " if it is a decimal comma";
}

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
    if (last.kind == Token::Kind::number && group.kind == Token::Kind::number) {
      fail(token, "a comma in a number", "", number_without_comma(last.text, group.text));
    }
    fail(token, "',' stands only between arguments");
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
    if (token.text == "if") fail_at_foreign_if();
    if (const auto advice = unit_advice(token.text); !advice.empty()) {
      fail(token, shown(token.text) + " is no unit of time", "units are " + unit_names(), advice);
    }
  }
  if (starts_value(token)) {
    const bool number_and_name =
        last.kind == Token::Kind::number && token.kind == Token::Kind::name;
    // Of one letter it is rather a name than a slip in a unit.
    if (!number_and_name || token.text.size() == 1) {
      const auto example = std::string(last.text) + " * " + std::string(token.text);
      fail(token, "an operator is missing before " + shown(token.text), "",
           number_and_name ? "write " + shown(example) : "");
    }
    if (const auto unit = nearest_unit(token.text); !unit.empty()) {
      fail(token, shown(token.text) + " is no unit of time", "units are " + unit_names(),
           "did you mean '" + std::string(last.text) + " " + unit + "'?");
    }
    fail(token, "an operator is missing before " + shown(token.text),
         "it is no unit either; units are " + unit_names(),
         "write '" + std::string(last.text) + " * " + std::string(token.text) +
             "' if it is a name, or the number alone");
  }
  fail(token, shown(token.text) + " cannot stand here");
}

// "x if c else y", as Python has it.
void Parser::fail_at_foreign_if() const {
  const auto& token = next();
  const auto otherwise = std::find_if(
      tokens_.begin() + static_cast<std::ptrdiff_t>(at_), tokens_.end(),
      [](const Token& each) { return each.kind == Token::Kind::name && each.text == "else"; });
  constexpr std::size_t longest = 80;
  std::string suggestion = "if(condition, then, else)";
  if (otherwise != tokens_.end() && scalar_.text.size() <= longest) {
    const auto part = [&](std::size_t begin, std::size_t end) {
      const auto whole = text(begin, end);
      const auto first = std::min(whole.find_first_not_of(' '), whole.size());
      return std::string(whole.substr(first, whole.find_last_not_of(' ') + 1 - first));
    };
    suggestion = "if(" + part(token.offset + token.size, otherwise->offset) + ", " +
                 part(0, token.offset) + ", " +
                 part(otherwise->offset + otherwise->size, scalar_.text.size()) + ")";
  }
  fail(token, "'if' stands before its three parts", "", "write '" + suggestion + "'");
}

void Parser::fail_at_chained_comparison(const Part& left, std::string_view first,
                                        const Part& middle) {
  const Token second = next();
  ++at_;
  const Part right = sum();
  const auto shared = std::string(text(middle.begin, middle.end));
  std::string suggestion = std::string(text(left.begin, left.end)) + " " + std::string(first) +
                           " " + shared + " and " + shared + " " + std::string(second.text) + " " +
                           std::string(text(right.begin, right.end));
  constexpr std::size_t longest_suggestion = 120;
  if (suggestion.size() > longest_suggestion) suggestion = "a < b and b < c";
  fail(second, "comparisons are not chained", "", "write '" + suggestion + "'");
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
