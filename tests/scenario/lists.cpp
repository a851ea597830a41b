#include <sstream>

#include "scenario/compile.hpp"
#include "scenario/lists/repetition.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

struct Made {
  std::string text;
  std::string findings;
};

/// The document without its section `lists`, and what is told, but that a list is not used.
Made made(const std::string& yaml) {
  Diagnostics diagnostics;
  Node document = repeated(parse_document(yaml, "s.yaml", diagnostics), diagnostics);
  std::erase_if(document.entries, [](const auto& entry) { return entry.key == "lists"; });
  std::string findings;
  std::istringstream lines(diagnostics.text());
  for (std::string line; std::getline(lines, line);) {
    if (line.find("is not used; write <") == std::string::npos) findings += line + "\n";
  }
  return {document.is_null() ? "" : to_yaml(document), findings};
}

std::string text(const std::string& yaml) {
  const Made result = made(yaml);
  CHECK(result.findings.empty());
  std::string plain = result.text;
  std::erase(plain, '"');  // where the writer quotes is a matter of its own
  return plain;
}

const std::string zones = "lists: {zone: [north, south], n: 1..3}\n";

}  // namespace

TEST_CASE("an entry stands for one for each item, at its place") {
  CHECK(text(zones + "a:\n  first: 0\n  aid_<zone>: {x: <zone>, y: [z_<zone>]}\n  last: 1\n") ==
        "a:\n  first: 0\n  aid_north:\n    x: north\n    y:\n      - z_north\n  aid_south:\n"
        "    x: south\n    y:\n      - z_south\n  last: 1\n");
  // Several lists: the leftmost slowest. Within, inner keys repeat anew.
  CHECK(text(zones + "a: {<zone>_<n>: <n> * <zone>}\n") ==
        "a:\n  north_1: 1 * north\n  north_2: 2 * north\n  north_3: 3 * north\n"
        "  south_1: 1 * south\n  south_2: 2 * south\n  south_3: 3 * south\n");
  CHECK(text(zones + "a: {x_<zone>: {y_<n>: 1, z_<zone>: 2}}\n") ==
        "a:\n  x_north:\n    y_1: 1\n    y_2: 1\n    y_3: 1\n    z_north: 2\n"
        "  x_south:\n    y_1: 1\n    y_2: 1\n    y_3: 1\n    z_south: 2\n");
}

TEST_CASE("an entry written out lies over the one that a repetition makes, at its place") {
  CHECK(text(zones + "a:\n  aid_south: {y: 3, x: null}\n  aid_<zone>: {x: 1, w: 2}\n") ==
        "a:\n  aid_north:\n    x: 1\n    w: 2\n  aid_south:\n    w: 2\n    y: 3\n");
  CHECK(text(zones + "a: {aid_<zone>: 1, aid_north: null, b: 2}\n") ==
        "a:\n  aid_south: 1\n  b: 2\n");
  CHECK(
      made(zones + "a: {aid_<zone>: 1, aid_nroth: null}\n").findings ==
      "s.yaml:2:20: warning: nothing to delete under 'aid_nroth' (null deletes a key of the base, "
      "which has none of this name); did you mean 'aid_north'?\n");
}

TEST_CASE("an overlay reaches what only its base's repetition makes") {
  Diagnostics diagnostics;
  const auto parsed = [&](const std::string& yaml) {
    return parse_document(yaml, "s.yaml", diagnostics);
  };
  const Node base = parsed(zones + "a: {aid_<zone>: {x: 1, y: 2}, b: 0}\n");
  const auto laid = [&](const std::string& overlay) {
    Node document = repeated(merged(base, parsed(overlay)), diagnostics);
    return to_yaml(*document.find("a"));
  };
  CHECK(laid("a: {aid_north: null}") == "aid_south:\n  x: 1\n  y: 2\nb: 0\n");
  CHECK(laid("a: {aid_north: {x: null, z: 3}}") ==
        "aid_north:\n  y: 2\n  z: 3\naid_south:\n  x: 1\n  y: 2\nb: 0\n");
  CHECK(laid("lists: {zone: [east]}\na: {aid_<zone>: {x: null}}") == "aid_east:\n  y: 2\nb: 0\n");
  CHECK(diagnostics.text().find("error") == std::string::npos);
}

TEST_CASE("a list that nothing repeats is told") {
  Diagnostics diagnostics;
  repeated(parse_document(zones + "a: {aid_<zone>: 1}\n", "s.yaml", diagnostics), diagnostics);
  CHECK(diagnostics.text() ==
        "s.yaml:1:31: warning: list 'n' is not used; write <n> in a key or an item that it is to "
        "repeat\n");
}

TEST_CASE("an item of a sequence with an unbound list in its texts is repeated") {
  CHECK(text(zones + "due:\n  - {day: 7 * <n>, count: 3}\n  - {day: 30}\n") ==
        "due:\n  - day: 7 * 1\n    count: 3\n  - day: 7 * 2\n    count: 3\n  - day: 7 * 3\n"
        "    count: 3\n  - day: 30\n");
  // The outermost item; lists in the order in which they occur.
  CHECK(text(zones + "a: [{do: [<n>, x_<zone>]}]\n") ==
        "a:\n  - do:\n      - 1\n      - x_north\n  - do:\n      - 1\n      - x_south\n"
        "  - do:\n      - 2\n      - x_north\n  - do:\n      - 2\n      - x_south\n"
        "  - do:\n      - 3\n      - x_north\n  - do:\n      - 3\n      - x_south\n");
  // What a key within the item binds, or an aggregate, repeats nothing.
  CHECK(text(zones + "a: [{set: {x_<zone>: <zone>}}, 'sum(n, <n>)']\n") ==
        "a:\n  - set:\n      x_north: north\n      x_south: south\n  - ((1) + (2) + (3))\n");
  CHECK(text(zones + "a: {b_<zone>: [c_<zone>, d_<n>]}\n") ==
        "a:\n  b_north:\n    - c_north\n    - d_1\n    - d_2\n    - d_3\n"
        "  b_south:\n    - c_south\n    - d_1\n    - d_2\n    - d_3\n");
}

TEST_CASE("aggregates are written out") {
  const auto of = [&](const std::string& e) { return text(zones + "a: \"" + e + "\"\n"); };
  CHECK(of("1 + sum(zone, aid_<zone>)") == "a: 1 + ((aid_north) + (aid_south))\n");
  CHECK(of("min( zone , x_<zone>)") == "a: min((x_north), (x_south))\n");
  CHECK(of("max(n, <n>)") == "a: max((1), (2), (3))\n");
  CHECK(of("any(zone, x_<zone> > 0)") == "a: ((x_north > 0) or (x_south > 0))\n");
  CHECK(of("all(zone, f(x_<zone>))") == "a: ((f(x_north)) and (f(x_south)))\n");
  CHECK(of("sum(zone, sum(n, x_<zone>_<n>))") ==
        "a: ((((x_north_1) + (x_north_2) + (x_north_3))) + (((x_south_1) + (x_south_2) + "
        "(x_south_3))))\n");
  CHECK(of("min(a, b)") == "a: min(a, b)\n");
  CHECK(text("lists: {one: [x]}\na: max(one, <one>)\n") == "a: ((x))\n");
  // Within itself an aggregate hides an outer binding.
  CHECK(text(zones + "a: {b_<n>: \"<n> * sum(n, <n>)\"}\n") ==
        "a:\n  b_1: 1 * ((1) + (2) + (3))\n  b_2: 2 * ((1) + (2) + (3))\n  b_3: 3 * ((1) + (2) + "
        "(3))\n");
}

TEST_CASE("texts for the reader keep what is no list") {
  CHECK(text(zones + "name: x <y> <zone>\na: {b_<zone>: {summary: <zone> <them>, unit: <km>}}\n") ==
        "name: x <y> <zone>\na:\n  b_north:\n    summary: north <them>\n    unit: <km>\n"
        "  b_south:\n    summary: south <them>\n    unit: <km>\n");
}

TEST_CASE("what is wrong with lists is told with a suggestion") {
  const auto told = [](const std::string& yaml) { return made(yaml).findings; };
  CHECK(told("lists: {z: [a, a]}\n") ==
        "s.yaml:1:16: error: the item 'a' stands twice in the list 'z'\n");
  CHECK(told("lists: {z: [1..3, 2]}\n") ==
        "s.yaml:1:19: error: the item '2' stands twice in the list 'z'\n");
  CHECK(told("lists: {z: []}\n") ==
        "s.yaml:1:12: error: the list 'z' is empty (nothing could be repeated for it)\n");
  CHECK(told("lists: {z: 5..2}\n") ==
        "s.yaml:1:12: error: the range 5..2 runs backward; write 2..5\n");
  CHECK(told("lists: {z: north}\n") ==
        "s.yaml:1:12: error: the list 'z': expected a list or a range, found 'north'; write "
        "[north]\n");
  CHECK(told("lists: {z: 1-20, y: [1 .. 4], x: [2.5]}\n") ==
        "s.yaml:1:12: error: the list 'z': expected a list or a range, found '1-20'; write 1..20\n"
        "s.yaml:1:22: error: '1 .. 4' is no range (a range is A..B of whole numbers); write 1..4\n"
        "s.yaml:1:35: error: '2.5' is no name and no whole number (items of lists are one or the "
        "other)\n");
  CHECK(told("lists: {z: 1..1000000000}\n") ==
        "s.yaml:1:12: error: the range 1..1000000000 has more than 100,000 numbers\n");
  CHECK(told(zones + "a: {b: x_<zoen>}\n") ==
        "s.yaml:2:8: error: '<zoen>' stands for no list; did you mean 'zone'?\n");
  CHECK(told("a: {b: x<y>z}\n") ==
        "s.yaml:1:8: error: '<y>' stands for no list; define it in 'lists'; in a comparison write "
        "blanks around '<' and '>'\n");
  CHECK(
      told(zones + "a: x_<zone>\n") ==
      "s.yaml:2:4: error: nothing repeats '<zone>' here (no key above has it, and it stands in no "
      "list's item); write it in a key too, as in 'aid_<zone>:', or sum(zone, ...)\n");
  CHECK(told(zones + "a: \"sum(zoen, x)\"\n") ==
        "s.yaml:2:4: error: 'zoen' is no list (sum, any and all take a list's name first); did you "
        "mean 'zone'?\n");
  CHECK(told(zones + "a: {b_<zone>: 1, <zone>_x: 2, b_<n>: 3}\n").empty());
  CHECK(told("lists: {x: [a, aa], y: [a, aa]}\nb: {<x><y>: 1}\n") ==
        "s.yaml:2:5: error: repetition makes the key 'aaa' twice (first at line 2, with x = a, y = "
        "aa) (with x = aa, y = a); name one of them otherwise\n");
}

TEST_CASE("places of what a repetition made tell of it") {
  Diagnostics diagnostics;
  load_text(
      "truce: 2\nhorizon: 9\nlists: {zone: [north, south]}\nlevels: {aid_<zone>: {initial: "
      "aidd_<zone>}}\noutcomes: {o: {value: 'sum(zone, aid_<zone>)'}}\n",
      "s.yaml", {}, diagnostics);
  CHECK(diagnostics.text() ==
        "s.yaml:4:32: error: unknown name 'aidd_north' (with zone = north); did you mean "
        "'aid_north'?\n"
        "s.yaml:4:32: error: unknown name 'aidd_south' (with zone = south); did you mean "
        "'aid_south'?\n");
}

TEST_CASE("hostile repetitions are refused before they are made") {
  const std::string big = "lists: {a: 1..1000, b: 1..1000, c: 1..50000}\n";
  CHECK(made(big + "x: {k_<a>_<b>: 1}\n").findings ==
        "s.yaml:2:5: error: repetition makes more than 100,000 values (the lists a, b are "
        "combined)\n");
  CHECK(made(big + "x: {k_<a>: {l_<b>: 1}}\n").findings.find("more than 100,000 values") !=
        std::string::npos);
  CHECK(made(big + "x: {k_<c>: [1, 2, 3]}\n").text.empty());
  CHECK(made(big + "x: 'sum(c, <c>)'\n").findings.find("longer than 65,536 bytes") !=
        std::string::npos);
  std::string nested;
  for (int i = 0; i < 5000; ++i) nested += "sum(a, ";
  CHECK_FALSE(made("lists: {a: [1]}\nx: '" + nested + "1" + std::string(5000, ')') + "'\n")
                  .findings.empty());
  CHECK(made("lists: {a: [1]}\nx: '" + nested + "'\n").findings.empty());  // the parser's matter
}
