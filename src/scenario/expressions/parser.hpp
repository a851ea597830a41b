#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "scenario/expressions/lexer.hpp"
#include "scenario/syntax.hpp"

namespace truce::scenario {

/// Parser of one expression by recursive descent, one function for each level of precedence.
class Parser {
 public:
  explicit Parser(const Node& scalar) : scalar_(scalar), tokens_(tokens_of(scalar.text)) {}
  /// The whole text. Throws SyntaxError.
  Expression run(Unit unit);

 private:
  /// A part of the tree, with its height and the bytes of the text that it covers.
  struct Part {
    Expression tree;
    int height = 1;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// One level of nesting, for as long as it lives.
  class Level {
   public:
    Level(Parser& parser, const Token& token) : depth_(parser.depth_) {
      constexpr int deepest = 200;
      if (depth_ == deepest) parser.fail(token, "the expression is nested deeper than 200 levels");
      ++depth_;
    }
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    int& depth_;
  };
  using Rule = Part (Parser::*)();

  Part disjunction();
  Part conjunction();
  Part negation();
  Part comparison();
  Part sum();
  Part product();
  Part sign();
  Part power();
  Part primary();
  Part parenthesized();
  Part call();
  Part argument(Part& call);
  Part string_argument(const Part& call);

  Part chain(Rule operand, std::initializer_list<std::string_view> operators);
  Part unary(std::string_view operation, Part operand, const Token& token);
  Part binary(std::string_view operation, Part left, Part right);
  Part with_unit(Part part, Unit unit);
  Part scaled(Part part, char operation, double factor, const Token& unit);
  Part leaf(Expression::Kind kind);

  [[nodiscard]] const Token& next() const { return tokens_[at_]; }
  [[nodiscard]] const Token& after_next() const;
  [[nodiscard]] bool next_is(std::string_view text) const;
  bool take(std::string_view text);
  [[nodiscard]] Position position(const Token& token) const;
  [[nodiscard]] std::string_view text(std::size_t begin, std::size_t end) const;
  [[noreturn]] void fail(const Token& token, std::string problem, std::string why = {},
                         std::string suggestion = {}) const;
  [[noreturn]] void fail_for_want_of_value() const;
  [[noreturn]] void fail_at_rest() const;
  [[noreturn]] void fail_at_chained_comparison(const Part& left, std::string_view first,
                                               const Part& middle);
  [[noreturn]] void fail_at_unit(Unit unit) const;
  [[noreturn]] void fail_at_foreign_if() const;
  [[noreturn]] void fail_unclosed(const Token& opening) const;

  const Node& scalar_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace truce::scenario
