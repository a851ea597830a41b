#include "scenario/syntax.hpp"

#include <fmt/format.h>

#include <set>

#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

/// The tree with all its parentheses, operators first.
std::string form(const Expression& tree) {
  using Kind = Expression::Kind;
  switch (tree.kind) {
    case Kind::number:
      return fmt::format("{}", tree.value);
    case Kind::boolean:
      return tree.value != 0 ? "true" : "false";
    case Kind::name:
      return tree.text;
    case Kind::string:
      return "<" + tree.text + ">";
    default:
      break;
  }
  std::string out = "(" + tree.text;
  if (tree.kind == Kind::call) out = tree.text + "[";
  for (const auto& child : tree.children) out += " " + form(child);
  for (const auto& argument : tree.arguments) {
    out += " ";
    if (!argument.name.empty()) out += argument.name + "=";
    out += form(argument.value);
    for (const auto& weight : argument.weight) out += ":" + form(weight);
  }
  return out + (tree.kind == Kind::call ? " ]" : ")");
}

struct Parsed {
  Expression tree;
  bool ok = false;
  std::string findings;
};

/// Parses the value of the key `v` of a document.
Parsed parse_value(const std::string& document, Unit unit = Unit::none) {
  Diagnostics reading;
  const Node root = parse_document(document, "s", reading);
  REQUIRE(reading.text().empty());
  Diagnostics diagnostics;
  Parsed result;
  result.tree = parse_expression(*root.find("v"), unit, diagnostics, result.ok);
  result.findings = diagnostics.text();
  CHECK(result.ok == result.findings.empty());
  return result;
}

Parsed parse(const std::string& text, Unit unit = Unit::none) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  node.position = {std::make_shared<const std::string>("s"), 1, 1};
  node.text_column = 1;
  Diagnostics diagnostics;
  Parsed result;
  result.tree = parse_expression(node, unit, diagnostics, result.ok);
  result.findings = diagnostics.text();
  CHECK(result.ok == result.findings.empty());
  return result;
}

std::string tree(const std::string& text, Unit unit = Unit::none) {
  const auto result = parse(text, unit);
  return result.ok ? form(result.tree) : result.findings;
}

/// The one finding, without the file's name.
std::string finding(const std::string& text, Unit unit = Unit::none) {
  const auto result = parse(text, unit);
  CHECK_FALSE(result.ok);
  CHECK(result.tree.kind == Expression::Kind::number);
  CHECK(result.tree.value == 0);
  REQUIRE(result.findings.size() > 2);
  return result.findings.substr(2, result.findings.size() - 3);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Operators bind as the language says") {
  CHECK(tree("1 + 2 * 3") == "(+ 1 (* 2 3))");
  CHECK(tree("(1 + 2) * 3") == "(* (+ 1 2) 3)");
  CHECK(tree("1 - 2 - 3") == "(- (- 1 2) 3)");
  CHECK(tree("8 / 4 / 2") == "(/ (/ 8 4) 2)");
  CHECK(tree("-2^2") == "(- (^ 2 2))");
  CHECK(tree("2^-1") == "(^ 2 (- 1))");
  CHECK(tree("2^3^2") == "(^ 2 (^ 3 2))");
  CHECK(tree("2 * -3") == "(* 2 (- 3))");
  CHECK(tree("-a.b * c") == "(* (- a.b) c)");
  CHECK(tree("1 - -+1") == "(- 1 (- 1))");
  CHECK(tree("a or b and not c == 1") == "(or a (and b (not (== c 1))))");
  CHECK(tree("a + 1 < b * 2 and c >= 3 or d != 4") ==
        "(or (and (< (+ a 1) (* b 2)) (>= c 3)) (!= d 4))");
  CHECK(tree("not not a") == "(not (not a))");
  CHECK(tree("a<=b") == "(<= a b)");
  CHECK(tree("(a < b) == (c > d)") == "(== (< a b) (> c d))");
}

TEST_CASE("Values, names and calls") {
  CHECK(tree("1.5e3") == "1500");
  CHECK(tree(".5") == "0.5");
  CHECK(tree("2.") == "2");
  CHECK(tree("0") == "0");
  CHECK(tree("0.25") == "0.25");
  CHECK(tree("true and false") == "(and true false)");
  CHECK(tree("release_civilians.breached >= 2") == "(>= release_civilians.breached 2)");
  CHECK(tree("if(a, 1, 2)") == "if[ a 1 2 ]");
  CHECK(tree("min()") == "min[ ]");
  CHECK(tree("normal(mean = 3, sd = 1 + 1)") == "normal[ mean=3 sd=(+ 1 1) ]");
  CHECK(tree("choice(1: 2, x + 1: 3 * y)") == "choice[ 1:2 (+ x 1):(* 3 y) ]");
  CHECK(tree("empirical('a, b.csv', \"c d\")") == "empirical[ <a, b.csv> <c d> ]");
  CHECK(tree("empirical(file = 'a')") == "empirical[ file=<a> ]");
  CHECK(tree("since(a.breached) > 3") == "(> since[ a.breached ] 3)");
  CHECK(tree("truncated(gamma(4, 2), 0, 10) + 2") == "(+ truncated[ gamma[ 4 2 ] 0 10 ] 2)");
  CHECK(tree("round(not(a))") == "round[ (not a) ]");
  CHECK(tree(" \t1\n+ 2 ") == "(+ 1 2)");
  CHECK(parse("0.1").tree.value == 0.1);
}

TEST_CASE("Durations become days, rates 1 per day, exactly") {
  CHECK(tree("42 days", Unit::duration) == "42");
  CHECK(tree("42", Unit::duration) == "42");
  CHECK(tree("6 h", Unit::duration) == "(/ 6 24)");
  CHECK(tree("6h", Unit::duration) == "(/ 6 24)");
  CHECK(tree("5 min", Unit::duration) == "(/ 5 1440)");
  CHECK(tree("min(5, 6) minutes", Unit::duration) == "(/ min[ 5 6 ] 1440)");
  CHECK(tree("2 + exponential(3) days", Unit::duration) == "(+ 2 exponential[ 3 ])");
  CHECK(tree("2 + x weeks", Unit::duration) == "(* (+ 2 x) 7)");
  CHECK(tree("gamma(4, 2) h", Unit::duration) == "(/ gamma[ 4 2 ] 24)");
  CHECK(tree("0.02 per day", Unit::rate) == "0.02");
  CHECK(tree("0.02", Unit::rate) == "0.02");
  CHECK(tree("1 per week", Unit::rate) == "(/ 1 7)");
  CHECK(tree("0.5 per hour", Unit::rate) == "(* 0.5 24)");
  CHECK(tree("a + b per min", Unit::rate) == "(* (+ a b) 1440)");
  CHECK(tree("h", Unit::duration) == "h");
  for (const auto* unit : {"d", "day", "days"})
    CHECK(tree(fmt::format("1 {}", unit), Unit::duration) == "1");
  for (const auto* unit : {"h", "hour", "hours"}) {
    CHECK(tree(fmt::format("1 {}", unit), Unit::duration) == "(/ 1 24)");
  }
  for (const auto* unit : {"week", "weeks"}) {
    CHECK(tree(fmt::format("1 {}", unit), Unit::duration) == "(* 1 7)");
  }
}

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

TEST_CASE("Only scalars are expressions") {
  CHECK(parse_value("v:").findings == "s:1:1: error: a value is missing; write an expression\n");
  CHECK(contains(parse_value("v: [1]").findings, "s:1:4: error: a list stands where"));
  CHECK(contains(parse_value("v: {a: 1}").findings, "a mapping stands where"));
  CHECK(parse_value("v: \"42\"").tree.value == 42);
}

TEST_CASE("Places are those in the file") {
  const auto place = [](const Expression& part) {
    return fmt::format("{}:{}", part.position.line, part.position.column);
  };
  const auto plain = parse_value("a: 1\nv: x + f(y, n = 2)\n").tree;
  CHECK(place(plain) == "2:4");
  CHECK(place(plain.children[0]) == "2:4");
  CHECK(place(plain.children[1]) == "2:8");
  CHECK(place(plain.children[1].arguments[0].value) == "2:10");
  CHECK(place(plain.children[1].arguments[1].value) == "2:17");
  CHECK(fmt::format("{}", plain.children[1].arguments[1].position.column) == "13");
  CHECK(*plain.position.file == "s");
  const auto quoted = parse_value("{é: 1, v: \"x + y\"}").tree;
  CHECK(place(quoted.children[0]) == "1:12");
  CHECK(place(quoted.children[1]) == "1:16");
  const auto strings = parse_value("v: empirical('é', 'b')").tree;
  CHECK(place(strings.arguments[1].value) == "1:19");
  const auto folded = parse_value("v: x\n  + y").tree;
  CHECK(place(folded.children[1]) == "1:4");
  CHECK(parse_value("v: >\n  x + * y\n").findings ==
        "s:1:4: error: a value is missing before '*'\n");
  CHECK(parse_value("v: 'é + * y'").findings == "s:1:5: error: 'é' is not of the language\n");
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

TEST_CASE("Words of the language are reserved, once each") {
  const auto& words = reserved_words();
  const std::set<std::string> all(words.begin(), words.end());
  CHECK(all.size() == words.size());
  for (const auto* word : {"and", "not", "true", "if", "since", "min", "lognormal", "choice",
                           "truncated", "empirical", "time", "active", "per", "days", "rest"}) {
    CHECK(all.count(word) == 1);
  }
  CHECK(all.count("hamas") == 0);
}
