#include "scenario/diagnostics.hpp"

#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

Position at(const std::string& file, int line, int column) {
  return {std::make_shared<const std::string>(file), line, column};
}

}  // namespace

TEST_CASE("A finding names its place, problem, reason and suggestion") {
  CHECK(to_string({Severity::error, at("a.yaml", 3, 7), "unknown key 'by'", "not of a phase",
                   "did you mean 'do'?"}) ==
        "a.yaml:3:7: error: unknown key 'by' (not of a phase); did you mean 'do'?");
  CHECK(to_string({Severity::warning, at("a.yaml", 3, 7), "unused", "", ""}) ==
        "a.yaml:3:7: warning: unused");
  CHECK(to_string({Severity::error, at("a.yaml", 0, 0), "cannot read", "", "x"}) ==
        "a.yaml: error: cannot read; x");
  CHECK(to_string({Severity::error, {}, "no place", "", ""}) == "error: no place");
}

TEST_CASE("A finding stays one line whatever the file holds") {
  CHECK(to_string({Severity::error, {}, "key 'a\nb\x1b[31m\xc2\x9b' \xc3\xa9", "", ""}) ==
        "error: key 'a\\nb\\x1b[31m\\x9b' \xc3\xa9");
}

TEST_CASE("Texts in messages are shortened between characters") {
  CHECK(shown("abc") == "'abc'");
  CHECK(shown(std::string(60, 'a')) == "'" + std::string(60, 'a') + "'");
  CHECK(shown(std::string(59, 'a') + "\u00e9\u00e9") == "'" + std::string(59, 'a') + "...'");
}

TEST_CASE("Findings are sorted by place, each once") {
  Diagnostics found;
  found.error(at("b.yaml", 1, 1), "last");
  found.error(at("a.yaml", 10, 1), "third");
  found.warning(at("a.yaml", 2, 11), "second");
  found.error(at("a.yaml", 2, 9), "first");
  found.error(at("a.yaml", 10, 1), "third");
  CHECK(found.text() ==
        "a.yaml:2:9: error: first\n"
        "a.yaml:2:11: warning: second\n"
        "a.yaml:10:1: error: third\n"
        "b.yaml:1:1: error: last\n");
  CHECK(found.errors() == 4);
  CHECK(found.has_errors());
}

TEST_CASE("Warnings are no errors") {
  Diagnostics found;
  CHECK(found.text().empty());
  found.warning({}, "x");
  CHECK_FALSE(found.has_errors());
}

TEST_CASE("The nearest name is found") {
  const std::vector<std::string> names = {"israel", "hamas", "civilians", "soldiers", "cairo"};
  CHECK(nearest("hamsa", names) == "hamas");         // a swap is one step
  CHECK(nearest("civilans", names) == "civilians");  // a letter missing
  CHECK(nearest("cairoo", names) == "cairo");
  CHECK(nearest("HAMAS", names) == "hamas");
  CHECK(nearest("solders", names) == "soldiers");
  CHECK(nearest("egypt", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest("hamas", {}).empty());
}

TEST_CASE("Nearness allows a third of the letters, and never all of them") {
  CHECK(nearest("abcdef", {"abcdxy"}) == "abcdxy");
  CHECK(nearest("abcdef", {"abcxyz"}).empty());
  CHECK(nearest("abc", {"abx"}) == "abx");
  CHECK(nearest("abc", {"ayx"}).empty());
  CHECK(nearest("a", {"b"}).empty());
  CHECK(nearest("ab", {"ba"}) == "ba");
}

TEST_CASE("The lower distance wins, then the first") {
  CHECK(nearest("abcdefg", {"abcdexy", "abcdefx", "abcdefy"}) == "abcdefx");
}

TEST_CASE("Optimal string alignment does not edit a swapped pair again") {
  // Distance 3 by optimal string alignment, 2 by the unrestricted Damerau-Levenshtein distance.
  CHECK(nearest("cazzzz", {"abczzzz"}).empty());
  CHECK(nearest("cazzzzzzz", {"abczzzzzzz"}) == "abczzzzzzz");
}

TEST_CASE("Words too long to be names are near to nothing") {
  CHECK(nearest(std::string(5000, 'a'), {std::string(5000, 'a')}).empty());
}

TEST_CASE("The suggestion is a question") {
  CHECK(did_you_mean("hamsa", {"hamas"}) == "did you mean 'hamas'?");
  CHECK(did_you_mean("egypt", {"hamas"}).empty());
}
