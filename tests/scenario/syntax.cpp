#include <fmt/format.h>

#include <set>

#include "scenario/syntax_support.hpp"

using namespace truce::scenario;
using namespace truce::scenario::test;

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
