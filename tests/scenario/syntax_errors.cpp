// Expressions that are none, each with its place and its mend.
#include <string>

#include "scenario/syntax_support.hpp"

using namespace truce::scenario;
using namespace truce::scenario::test;

TEST_CASE("Units where they cannot stand") {
  CHECK(finding("6 h") ==
        "1:3: error: the unit 'h' cannot stand here (only a whole duration ends with a unit; all "
        "else is in days); write '/ 24'");
  CHECK(contains(finding("since(a) > 3 days"), "leave it out"));
  CHECK(contains(finding("exponential(2 weeks)", Unit::duration), "1:15: error: the unit 'weeks'"));
  CHECK(contains(finding("2 h + 3 days", Unit::duration), "1:5: error: the value goes on after"));
  CHECK(contains(finding("2 h", Unit::rate), "write 'per h'"));
  CHECK(contains(finding("2 per day", Unit::duration), "1:3: error: 'per' cannot stand here"));
  CHECK(contains(finding("2 per day"), "'per' cannot stand here"));
  CHECK(contains(finding("2 per", Unit::rate), "a unit of time is missing after 'per'"));
  CHECK(contains(finding("2 per 3 days", Unit::rate), "a unit of time is missing after 'per'"));
}

TEST_CASE("Operators of other languages get their mend") {
  CHECK(finding("a && b") == "1:3: error: '&&' is not of the language; write 'and'");
  CHECK(contains(finding("a || b"), "write 'or'"));
  CHECK(contains(finding("!a"), "1:1: error: '!' is not of the language; write 'not'"));
  CHECK(contains(finding("2 ** 3"), "write '^'"));
  CHECK(finding("a = 3") == "1:3: error: '=' is no operator; write '==' to compare");
  CHECK(contains(finding("if(a = 3, 1, 2)"), "1:6: error: '=' is no operator"));
  CHECK(contains(finding("f(a.b = 3)"), "1:7: error: '=' is no operator"));
  CHECK(contains(finding("a === b"), "write '=='"));
  CHECK(contains(finding("a <> b"), "write '!='"));
  CHECK(contains(finding("a => b"), "write '>='"));
  CHECK(contains(finding("5 %"), "0.05"));
  CHECK(contains(finding("a \u2264 b"), "1:3: error: '\u2264' is not of the language; write '<='"));
  CHECK(contains(finding("a \u2212 b"), "plain '-'"));
  CHECK(contains(finding("a AND b"), "1:3: error: 'AND' is no operator; write 'and'"));
  CHECK(contains(finding("a $ b"), "1:3: error: '$' is not of the language"));
  CHECK(tree("a != b") == "(!= a b)");
}

TEST_CASE("Comparisons are not chained") {
  CHECK(finding("0 < a + 1 <= f(2, 3) + 1") ==
        "1:11: error: comparisons are not chained; write '0 < a + 1 and a + 1 <= f(2, 3) + 1'");
  CHECK(contains(finding("a == b == c"), "write 'a == b and b == c'"));
  CHECK(contains(finding("a < " + std::string(200, 'b') + " < c"), "write 'a < b and b < c'"));
}

TEST_CASE("Numbers that are none") {
  CHECK(contains(finding("1e999"), "1:1: error: the number '1e999' is out of range"));
  CHECK(contains(finding("nan"), "1:1: error: 'nan' is no number"));
  CHECK(contains(finding("-inf"), "1:2: error: 'inf' is no number"));
  CHECK(contains(finding(".inf"), "error"));
  CHECK(finding("0x10") == "1:1: error: the number '0x10' is malformed; write '16'");
  CHECK(finding("1_000") == "1:1: error: the number '1_000' is malformed; write '1000'");
  CHECK(contains(finding("0b101"), "write '5'"));
  CHECK(contains(finding("1,000"),
                 "1:3: error: a comma in a number; write thousands without a separator"));
  CHECK(contains(finding("1,500"),
                 "1:2: error: a comma in a number; write '1500', or '1.500' if it is a"));
  CHECK(tree("f(1,500)") == "f[ 1 500 ]");
  CHECK(contains(finding("1.2.3"), "the number '1.2.3' is malformed"));
  CHECK(contains(finding("1..2"), "malformed"));
  CHECK(contains(finding("007"), "leading zero (it may be meant as octal); write '7'"));
  CHECK(contains(finding("2025-01-19"), "1:1: error: the date '2025-01-19' stands where a number"));
  CHECK(contains(finding("2x"), "1:2: error: an operator is missing before 'x'; write '2 * x'"));
  CHECK(contains(finding("0x"), "an operator is missing"));
  CHECK(contains(finding("0xfffffffffffffffffffff"), "decimal digits"));
}

TEST_CASE("Errors of structure are reported at their place") {
  CHECK(contains(finding(""), "1:1: error: an expression is missing"));
  CHECK(contains(finding("  "), "an expression is missing"));
  CHECK(contains(finding("1 +"), "1:4: error: a value is missing at the end"));
  CHECK(contains(finding("* 2"), "1:1: error: a value is missing before '*'"));
  CHECK(contains(finding("beta(28"), "1:5: error: '(' is never closed; quote a value"));
  CHECK(contains(finding("(1 + 2"), "1:1: error: '(' is never closed"));
  CHECK(contains(finding("2)"), "1:2: error: ')' closes nothing"));
  CHECK(contains(finding("()"), "a value is missing before ')'"));
  CHECK(contains(finding("f(1,)"), "1:5: error: an argument is missing"));
  CHECK(contains(finding("f(,1)"), "a value is missing before ','"));
  CHECK(contains(finding("f(1 2)"), "1:5: error: an operator is missing before '2'"));
  CHECK(contains(finding("a b"), "an operator is missing before 'b'"));
  CHECK(contains(finding("min(1: 2)"), "1:6: error: ':' stands only in choice"));
  CHECK(contains(finding("1: 2"), "1:2: error: ':' stands only in choice"));
  CHECK(contains(finding("'a'"), "quoted text stands only in empirical"));
  CHECK(contains(finding("f('a')"), "quoted text stands only in empirical"));
  CHECK(contains(finding("empirical('a"), "1:11: error: the quote is never closed"));
  CHECK(contains(finding("1 + not a"), "1:5: error: 'not' stands inside a term"));
  CHECK(contains(finding("a not b"), "1:3: error: an operator is missing before 'not'"));
  CHECK(contains(finding("a."), "the name 'a.' ends in a dot"));
  CHECK(contains(finding("and"), "a value is missing before 'and'"));
  CHECK(contains(finding("a 'b'"), "missing before 'b'"));
}

TEST_CASE("Depth is limited to 200 levels") {
  const auto nested = [](int levels) {
    return std::string(levels, '(') + "1" + std::string(levels, ')');
  };
  CHECK(parse(nested(200)).ok);
  CHECK(finding(nested(201)) == "1:201: error: the expression is nested deeper than 200 levels");
  CHECK(parse(std::string(200, '-') + "1").ok);
  CHECK(contains(finding(std::string(201, '-') + "1"), "1:201: error: the expression is nested"));
  CHECK(contains(finding(std::string(60000, '-')), "deeper than 200"));
  CHECK(contains(finding(std::string(60000, '+')), "deeper than 200"));
  CHECK(contains(finding(std::string(60000, '(')), "deeper than 200"));
  std::string powers, calls, nots;
  for (int i = 0; i < 5000; ++i) powers += "2^", calls += "f(", nots += "not ";
  for (const auto& text : {powers, calls, nots}) CHECK(contains(finding(text), "deeper than 200"));
}

TEST_CASE("Trees are at most 1,000 high, and texts 65,536 bytes long") {
  const auto sum = [](int terms) {
    std::string text = "1";
    for (int i = 1; i < terms; ++i) text += "+1";
    return text;
  };
  CHECK(parse(sum(1000)).ok);
  CHECK(contains(finding(sum(1001)), "1:2001: error: the expression is too long"));
  CHECK(contains(finding(std::string(65537, '1')), "longer than 65,536 bytes"));
}
