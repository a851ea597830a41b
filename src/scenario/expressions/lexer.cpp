#include "scenario/expressions/lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "scenario/diagnostics.hpp"
#include "scenario/text/letters.hpp"

namespace truce::scenario {

namespace {

/// What people write who come from another language, or copy from a typeset page.
struct Foreign {
  std::string_view text;
  std::string_view suggestion;
};

// Longer ones first.
constexpr std::array<Foreign, 29> foreigners = {{
    {"===", "write '=='"},
    {"!==", "write '!='"},
    {"\u2264", "write '<='"},
    {"\u2265", "write '>='"},
    {"\u2260", "write '!='"},
    {"\u2212", "write a plain '-'"},
    {"\u2013", "write a plain '-'"},
    {"\u2018", "write plain quotes"},
    {"\u2019", "write plain quotes"},
    {"\u201C", "write plain quotes"},
    {"\u201D", "write plain quotes"},
    {"\u00D7", "write '*'"},
    {"\u00B7", "write '*'"},
    {"\u00F7", "write '/'"},
    {"&&", "write 'and'"},
    {"||", "write 'or'"},
    {"**", "write '^'"},
    {"//", "write floor(a / b)"},
    {"<>", "write '!='"},
    {"=<", "write '<='"},
    {"=>", "write '>='"},
    {"&", "write 'and'"},
    {"|", "write 'or'"},
    {"!", "write 'not'"},
    {"~", "write 'not'"},
    {"?", "write if(condition, a, b)"},
    {"%", "there are no percentages and no remainders; write 0.05 for 5 %"},
    {"[", "write ( and )"},
    {"{", "write ( and )"},
}};
constexpr std::array<std::string_view, 4> pairs = {"<=", ">=", "==", "!="};
constexpr std::string_view singles = "+-*/^<>=(),:";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_, ++column_;
      if (at_ == text_.size()) break;
      const char c = text_[at_];
      if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
        number();
      } else if (starts_name(c)) {
        name();
      } else if (c == '\'' || c == '"') {
        string(c);
      } else {
        symbol();
      }
    }
    push(Token::Kind::end, 0);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  template <class Predicate>
  [[nodiscard]] std::size_t count_while(std::size_t ahead, Predicate fits) const {
    std::size_t count = 0;
    while (at_ + ahead + count < text_.size() && fits(text_[at_ + ahead + count])) ++count;
    return count;
  }

  void push(Token::Kind kind, std::size_t size) {
    tokens_.push_back({kind, text_.substr(at_, size), at_, size, column_, 0});
    const auto written = text_.substr(at_, size);
    at_ += size;
    column_ +=
        static_cast<int>(size - std::count_if(written.begin(), written.end(), is_continuation));
  }

  [[noreturn]] void fail(std::string problem, std::string why, std::string suggestion) const {
    throw SyntaxError{column_, std::move(problem), std::move(why), std::move(suggestion)};
  }

  void number() {
    std::size_t size = count_while(0, is_digit);
    const bool leading_zero = peek(0) == '0' && size > 1;
    if (peek(size) == '.') size += 1 + count_while(size + 1, is_digit);
    if (peek(size) == 'e' || peek(size) == 'E') {
      const std::size_t sign = peek(size + 1) == '+' || peek(size + 1) == '-' ? 1 : 0;
      const std::size_t digits = count_while(size + 1 + sign, is_digit);
      if (digits > 0) size += 1 + sign + digits;
    }
    // Before a colon, as in elicited(5%: 0.5, ...), it is a probability.
    std::size_t behind = size + 1;
    while (is_space(peek(behind))) ++behind;
    const std::size_t percent = peek(size) == '%' && peek(behind) == ':' ? 1 : 0;
    const char next = peek(size);
    const auto written = text_.substr(
        at_, size + count_while(size, [](char c) { return continues_name(c) || c == '.'; }));
    if (next == '.' || next == '_' ||
        (size == 1 && peek(0) == '0' && starts_name(next) && is_other_base(written))) {
      fail("the number " + shown(written) + " is malformed", "", plain_form(written));
    }
    double value = 0;
    const auto* const end = text_.data() + at_ + size;
    const auto result = std::from_chars(text_.data() + at_, end, value);
    if (result.ec == std::errc::result_out_of_range) {
      fail("the number " + shown(written) + " is out of range", "it is no finite number", "");
    }
    if (leading_zero) refuse_leading_zero(text_.substr(at_, size));
    push(Token::Kind::number, size + percent);
    tokens_.back().value = percent > 0 ? value / 100 : value;
  }

  [[noreturn]] void refuse_leading_zero(std::string_view number) const {
    if (number.size() == 3 && at_ > 1 && text_[at_ - 1] == ',' && is_digit(text_[at_ - 2])) {
      fail("a comma in a number", "", "write thousands without a separator");
    }
    const auto zeros = std::min(number.find_first_not_of('0'), number.size() - 1);
    fail("the number " + shown(number) + " has a leading zero", "it may be meant as octal",
         "write " + shown(number.substr(zeros)));
  }

  static bool is_other_base(std::string_view written) {
    return written.size() > 2 && std::string_view("xXoObB").find(written[1]) != written.npos &&
           (is_digit(written[2]) || written[1] == 'x' || written[1] == 'X');
  }

  /// How the language writes a number such as 1_000 or 0x10; empty if that is unclear.
  static std::string plain_form(std::string_view written) {
    std::string digits;
    std::copy_if(written.begin(), written.end(), std::back_inserter(digits),
                 [](char c) { return c != '_'; });
    if (std::all_of(digits.begin(), digits.end(), is_digit)) return "write " + shown(digits);
    if (!is_other_base(digits)) return {};
    const int base = digits[1] == 'x' || digits[1] == 'X'   ? 16
                     : digits[1] == 'b' || digits[1] == 'B' ? 2
                                                            : 8;
    std::uint64_t value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data() + 2, end, value, base);
    if (result.ec != std::errc() || result.ptr != end) return "write it with decimal digits";
    return fmt::format("write '{}'", value);
  }

  void name() {
    std::size_t size = count_while(0, continues_name);
    while (peek(size) == '.' && starts_name(peek(size + 1))) {
      size += 1 + count_while(size + 1, continues_name);
    }
    const auto written = text_.substr(at_, size);
    if (peek(size) == '.') {
      fail("the name " + shown(std::string(written) + ".") + " ends in a dot", "",
           "write what of it is meant, as in civilians.living");
    }
    if (written == "nan" || written == "inf" || written == "infinity") {
      fail(shown(written) + " is no number", "numbers are finite", "");
    }
    push(Token::Kind::name, size);
  }

  void string(char quote) {
    const auto close = text_.find(quote, at_ + 1);
    if (close == text_.npos) fail("the quote is never closed", "", "close it");
    push(Token::Kind::string, close + 1 - at_);
    auto& token = tokens_.back();
    token.text = token.text.substr(1, token.size - 2);
  }

  void symbol() {
    const auto rest = text_.substr(at_);
    const auto starts_rest = [&](std::string_view text) {
      return rest.substr(0, text.size()) == text;
    };
    if (const auto invisible = base::invisible_character(rest)) {
      fail("an invisible character, a " + *invisible, "",
           rest.starts_with("\u00AD") || rest.starts_with("\u200B") ? "remove it"
                                                                    : "write a plain space");
    }
    const auto foreign = std::find_if(foreigners.begin(), foreigners.end(),
                                      [&](const auto& one) { return starts_rest(one.text); });
    const bool is_pair = std::any_of(pairs.begin(), pairs.end(), starts_rest);
    // "!=" begins like the foreign "!"; "===" like "==".
    const std::size_t known = is_pair ? 2 : singles.find(rest[0]) != singles.npos ? 1 : 0;
    if (foreign != foreigners.end() && foreign->text.size() > known) {
      fail(shown(foreign->text) + " is not of the language", "", std::string(foreign->suggestion));
    }
    if (known == 0) {
      std::size_t size = 1;
      while (size < rest.size() && is_continuation(rest[size])) ++size;
      fail(shown(rest.substr(0, size)) + " is not of the language", "", "");
    }
    push(Token::Kind::symbol, known);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int column_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace truce::scenario
