// Values that YAML breaks at commas and colons for want of quotes.
#include "scenario/document.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

Node read(const std::string& text, std::string& findings) {
  Diagnostics diagnostics;
  Node root = parse_document(text, "s.yaml", diagnostics);
  findings = diagnostics.text();
  return root;
}

std::string report(const std::string& place, const std::string& value, const std::string& mend) {
  return "s.yaml:" + place + ": error: this value is broken in pieces: '" + value +
         "' (without quotes YAML ends it at the comma inside { } or [ ], and at ': '); quote it: " +
         mend + "\n";
}

}  // namespace

TEST_CASE("A value broken at its commas is mended") {
  std::string findings;
  const Node root = read("p: {prior: beta(28, 2), unit: x}\n", findings);
  CHECK(findings == report("1:12", "beta(28, 2)", "prior: \"beta(28, 2)\""));
  const Node* p = root.find("p");
  REQUIRE(p);
  REQUIRE(p->entries.size() == 2);
  CHECK(p->find("prior")->text == "beta(28, 2)");
  CHECK(p->find("prior")->text_column == 12);
  CHECK(p->find("unit")->text == "x");
}

TEST_CASE("All broken values of a document are found in one pass") {
  std::string findings;
  const Node root = read(
      "a: {x: f(1, g(2, 3), 4) + h(5, 6), y: 1}\n"
      "b: {x: f(1, 2), z: g(1, 2)}\n"
      "c: [beta(28, 2), 3]\n"
      "d: [choice(1: 2, 3: 4), 5]\n"
      "e:\n  - choice(1: 2)\n  - 6\n"
      "f: choice(1: 2, 3: 4)\n"
      "g: {p: choice(1: 2, 3: 4), q: 7}\n"
      "h: {x: empirical('a), b.csv', 'c'), y: 8}\n"
      "i: 9\n",
      findings);
  CHECK(findings ==
        report("1:8", "f(1, g(2, 3), 4) + h(5, 6)", "x: \"f(1, g(2, 3), 4) + h(5, 6)\"") +
            report("2:8", "f(1, 2)", "x: \"f(1, 2)\"") +
            report("2:20", "g(1, 2)", "z: \"g(1, 2)\"") +
            report("3:5", "beta(28, 2)", "\"beta(28, 2)\"") +
            report("4:5", "choice(1: 2, 3: 4)", "\"choice(1: 2, 3: 4)\"") +
            report("6:5", "choice(1: 2)", "\"choice(1: 2)\"") +
            report("8:4", "choice(1: 2, 3: 4)", "f: \"choice(1: 2, 3: 4)\"") +
            report("9:8", "choice(1: 2, 3: 4)", "p: \"choice(1: 2, 3: 4)\"") +
            report("10:8", "empirical('a), b.csv', 'c')", "x: \"empirical('a), b.csv', 'c')\""));
  CHECK(root.entries.size() == 9);
  CHECK(root.find("a")->find("x")->text == "f(1, g(2, 3), 4) + h(5, 6)");
  CHECK(root.find("a")->entries.size() == 2);
  CHECK(root.find("b")->find("z")->text == "g(1, 2)");
  REQUIRE(root.find("c")->items.size() == 2);
  CHECK(root.find("c")->items[0].text == "beta(28, 2)");
  REQUIRE(root.find("d")->items.size() == 2);
  CHECK(root.find("d")->items[0].text == "choice(1: 2, 3: 4)");
  CHECK(root.find("e")->items[0].text == "choice(1: 2)");
  CHECK(root.find("f")->text == "choice(1: 2, 3: 4)");
  CHECK(root.find("g")->find("q")->text == "7");
  CHECK(root.find("h")->find("x")->text == "empirical('a), b.csv', 'c')");
  CHECK(root.find("i")->text == "9");
}

TEST_CASE("A broken value may run over lines") {
  std::string findings;
  const Node root = read("a: {x: f(1,\n        2), y: 1}\nb: 2\n", findings);
  CHECK(findings == report("1:8", "f(1, 2)", "x: \"f(1, 2)\""));
  CHECK(root.find("a")->find("x")->text == "f(1, 2)");
  CHECK(root.find("a")->find("x")->text_column == 0);
  CHECK(root.find("b")->position.line == 3);
}

TEST_CASE("Prose is mended like expressions, and the mend can be read") {
  std::string findings;
  const Node root = read("{summary: Israel's \"offer\" (first, second), x: 1}", findings);
  CHECK(findings == report("1:11", "Israel's \"offer\" (first, second)",
                           "summary: 'Israel''s \"offer\" (first, second)'"));
  CHECK(root.find("summary")->text == "Israel's \"offer\" (first, second)");
}

TEST_CASE("Tabs before a broken value are no part of it") {
  std::string findings;
  read("\t\tsides(ratio: )* prior}\nrye: )mall-yc\n", findings);
  CHECK(findings.find("broken in pieces: 'sides(ratio: )* prior'") != std::string::npos);
}

TEST_CASE("What is not broken is left alone") {
  for (const auto* text : {"a: beta(28, 2)\n", "a: {x: \"beta(28, 2)\"}\n", "a: {x: f(1,2}\n",
                           "a: [f(1, 2]\n", "a: {x: f(1), y: g(2)}\n", "a: {x: oh (, b}\n",
                           "a: f(1,\n  2)\n", "a: see (page 3\n", "- note (a: b\n  c: d)\n"}) {
    std::string findings;
    read(text, findings);
    CHECK(findings.empty());
  }
}

TEST_CASE("Open parentheses without end cost no more than linear time") {
  std::string text = "[";
  for (int i = 0; i < 200000; ++i) text += "f(,";
  std::string findings;
  const Node root = read(text + "1]", findings);
  CHECK(findings.empty());
  CHECK(root.items.size() == 200001);
}
