#include "scenario/document.hpp"

#include "scenario/compile.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

struct Read {
  Node root;
  std::string findings;
};

Read read(const std::string& text) {
  Diagnostics diagnostics;
  Node root = parse_document(text, "s.yaml", diagnostics);
  return {std::move(root), diagnostics.text()};
}

/// The place of a node as line:column.
std::string place(const Position& position) {
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A document becomes a tree with places counted from 1") {
  const auto [root, findings] = read("truce: 2\nphases:\n  first:\n    lasts: [42, 'x y', ~]\n");
  CHECK(findings.empty());
  REQUIRE(root.is_mapping());
  CHECK(place(root.position) == "1:1");
  CHECK(*root.position.file == "s.yaml");
  REQUIRE(root.entries.size() == 2);
  CHECK(root.entries[0].key == "truce");
  CHECK(place(root.entries[1].key_position) == "2:1");
  CHECK(root.find("nothing") == nullptr);
  const Node* lasts = root.find("phases")->find("first")->find("lasts");
  REQUIRE(lasts);
  REQUIRE(lasts->is_sequence());
  REQUIRE(lasts->items.size() == 3);
  CHECK(place(lasts->position) == "4:12");
  CHECK(lasts->items[0].text == "42");
  CHECK_FALSE(lasts->items[0].quoted);
  CHECK(lasts->items[1].text == "x y");
  CHECK(lasts->items[1].quoted);
  CHECK(place(lasts->items[1].position) == "4:17");
  CHECK(lasts->items[2].is_null());
}

TEST_CASE("Columns count characters, also behind a byte order mark and with CRLF") {
  const auto [root, findings] = read("\xEF\xBB\xBF{é: 1, ü: 2}\r\n");
  CHECK(findings.empty());
  REQUIRE(root.entries.size() == 2);
  CHECK(place(root.entries[0].key_position) == "1:2");
  CHECK(place(root.entries[1].key_position) == "1:8");
  CHECK(root.entries[1].key == "ü");
  std::string lines;
  for (int i = 0; i < 300; ++i) lines += "é" + std::to_string(i) + ": é # é\r\n";
  const auto long_one = read(lines + "last: {é: é, x: 1}");
  CHECK(long_one.findings.empty());
  CHECK(place(long_one.root.find("last")->entries[1].key_position) == "301:14");
}

TEST_CASE("A scalar knows where its text stands") {
  const auto [root, findings] = read(
      "a: 1 + x\nb: 'y'\nc: \"z\\tz\"\nd: &n !!str \"w\"\ne: one\n  two\nf: |\n  block\n"
      "g: *n\nh: 'it''s'\n");
  CHECK(findings.empty());
  const auto column = [&, &root = root](const char* key) { return root.find(key)->text_column; };
  CHECK(column("a") == 4);
  CHECK(column("b") == 5);
  CHECK(column("c") == 0);
  CHECK(column("d") == 14);
  CHECK(column("e") == 0);
  CHECK(column("f") == 0);
  CHECK(column("h") == 0);
  CHECK(root.find("e")->text == "one two");
  CHECK(root.find("f")->text == "block\n");
  CHECK(root.find("f")->quoted);
  CHECK(place(root.find("d")->position) == "4:13");
  // An alias stands for the value at its anchor.
  CHECK(root.find("g")->text == "w");
  CHECK(place(root.find("g")->position) == "4:13");
}

TEST_CASE("A missing value stands at its key, a written null where it is") {
  const auto [root, findings] = read("a:\nnext: ~\nb: null\nc: &x\nd: 1\n");
  CHECK(findings.empty());
  for (const auto* key : {"a", "next", "b", "c"}) CHECK(root.find(key)->is_null());
  CHECK(place(root.find("a")->position) == "1:1");
  CHECK(place(root.find("next")->position) == "2:7");
  CHECK(place(root.find("b")->position) == "3:4");
}

TEST_CASE("Duplicate keys are reported with the first one's line, and the first one stays") {
  const auto [root, findings] = read("a: 1\nb: {c: 1, c: 2}\na: 3\n'a': 4\n");
  CHECK(findings ==
        "s.yaml:2:11: error: the key 'c' stands twice (the first stands at line 2); remove or "
        "rename one\n"
        "s.yaml:3:1: error: the key 'a' stands twice (the first stands at line 1); remove or "
        "rename one\n"
        "s.yaml:4:1: error: the key 'a' stands twice (the first stands at line 1); remove or "
        "rename one\n");
  REQUIRE(root.entries.size() == 2);
  CHECK(root.find("a")->text == "1");
  CHECK(
      contains(read("a: 1\nc: 2\nb: 3\nc: 4\nb: 5\n").findings, "s.yaml:4:1: error: the key 'c'"));
  CHECK(
      contains(read("a: 1\nc: 2\nb: 3\nc: 4\nb: 5\n").findings, "s.yaml:5:1: error: the key 'b'"));
}

TEST_CASE("What is no key is refused, and the rest is read") {
  const auto [root, findings] =
      read("base: &b {x: 1}\n<<: *b\n? [a, b]\n: 1\n~: 2\n? {c: 1}\n: 3\nlast: 4\n");
  CHECK(contains(findings, "s.yaml:2:1: error: '<<' is not merged (merge keys are not supported)"));
  CHECK(contains(findings, "use 'extends'"));
  CHECK(contains(findings, "s.yaml:3:3: error: a list or a mapping stands as a key"));
  CHECK(contains(findings, "s.yaml:5:1: error: a key is missing or null"));
  CHECK(contains(findings, "s.yaml:6:3: error: a list or a mapping stands as a key"));
  CHECK(root.entries.size() == 2);
  CHECK(root.find("last")->text == "4");
  CHECK(read("{a: 1,, b: 2}").findings ==
        "s.yaml:1:7: error: a key is missing or null; remove the empty entry, or quote a key that "
        "is named null\n");
  CHECK(read("'null': 1\n'<<': 2").findings.empty());
}

TEST_CASE("Tags are refused but for the harmless ones") {
  CHECK(read("a: !!str 1\nb: !!map {c: !!int 2}\nd: ! x\n").findings.empty());
  CHECK(read("a: !include base.yaml").findings ==
        "s.yaml:1:13: error: the tag '!include' (tags are not supported); use 'extends' to build "
        "on another file\n");
  CHECK(contains(read("a: !!binary aGk=").findings, "the tag '!!binary' (tags"));
  CHECK(contains(read("a: !x [1]").findings, "the tag '!x'"));
}

TEST_CASE("Anchors and aliases are expanded") {
  const auto [root, findings] = read("a: &x {k: &y [1, 2]}\nb: *x\nc: *y\n*y : no\n");
  CHECK(root.find("b")->find("k")->items.size() == 2);
  CHECK(root.find("c")->items[1].text == "2");
  CHECK(contains(findings, "s.yaml:4:1: error: a list or a mapping stands as a key"));
  CHECK(contains(read("a: &x [1, *x]").findings,
                 "s.yaml:1:11: error: this alias stands inside the value that it names"));
  CHECK(contains(read("a: *x").findings, "s.yaml:1:4: error: this is not valid YAML"));
}

TEST_CASE("Syntax errors have a place, a reason and advice") {
  CHECK(read("a: 1\nb: c: d\n").findings ==
        "s.yaml:2:5: error: this is not valid YAML (illegal map value); quote a value that has ': "
        "' in it, and check the indentation\n");
  // YAML finds the colon missing in the line after it.
  CHECK(read("a: 1\nhorizon 20 days\nb: 2\n")
            .findings.starts_with("s.yaml:2:1: error: this line has no ':'"));
  CHECK(contains(read("x:\n  a: 1\n  b 2\n  c: 3\n").findings,
                 "s.yaml:3:3: error: this line has no"));
  CHECK(read("a:\n  b: 1\n\tc: 2\n").findings ==
        "s.yaml:3:1: error: a tab in the indentation (YAML takes only spaces there); indent with "
        "spaces\n");
  CHECK(contains(read("a:\n\tb: 1\n").findings, "s.yaml:2:3: error: a tab in the indentation"));
  CHECK(contains(read("a: \"x").findings, "close the quote"));
  for (const auto* text : {"a: \"x\nb: 1\n", "a: 'x''\n", "a: \"x\\\"\n", "a: 'b\n"}) {
    CHECK(read(text).findings == "s.yaml:1:4: error: the quote is never closed; close it\n");
  }
  CHECK(contains(read("a: {b: 1\nc: 2\n").findings, "close the '{'"));
  CHECK(contains(read("a: @b").findings, "s.yaml:1:4: error: this is not valid YAML"));
  CHECK(read("a: [1").root.is_null());
}

TEST_CASE("Just one document is read") {
  CHECK(read("---\na: 1\n...\n").findings.empty());
  CHECK(read("a: 1\n---\nb: 2\n").findings ==
        "s.yaml:2:1: error: a second YAML document begins here (a file holds one); remove the "
        "'---' or split the file\n");
  CHECK(contains(read("[a] b").findings, "s.yaml:1:5: error: text after the end of the document"));
}

TEST_CASE("A file without content is an error") {
  for (const auto* text : {"", "# nothing\n", "\n \n", "\xEF\xBB\xBF"}) {
    CHECK(contains(read(text).findings, "s.yaml:1:1: error: the file is empty"));
  }
  for (const auto* text : {"~", "null\n", "--- !!null\n", "&nothing\n"}) {
    truce::scenario::Diagnostics diagnostics;
    CHECK_FALSE(truce::scenario::load_text(text, "s.yaml", {}, diagnostics));
    CHECK(contains(diagnostics.text(), "error: the file holds nothing"));
  }
}

TEST_CASE("Only printable UTF-8 is read") {
  CHECK(read("a: 1\nb: é\xff\n").findings ==
        "s.yaml:2:5: error: byte 0xff is not UTF-8; save the file as UTF-8\n");
  CHECK(contains(read("\xff\xfe"
                      "a")
                     .findings,
                 "1:1: error: byte 0xff is not UTF-8 (the file looks"));
  for (const auto* bad : {"\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5",
                          "\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x98"}) {
    CHECK(contains(read(std::string("a: ") + bad).findings, "1:4: error: byte"));
  }
  CHECK(read("a: \u00e9\u20ac\U0001F600\U0010FFFF").findings.empty());
  CHECK(contains(read(std::string("a: 1\0", 5)).findings, "1:5: error: a NUL byte"));
  CHECK(contains(read("a: \x1b[31m").findings, "1:4: error: the control character U+001B"));
  CHECK(contains(read("a: \x04").findings, "U+0004"));
  CHECK(contains(read("a: 1\rb: 2").findings, "1:5: error: a carriage return"));
  CHECK(contains(read("a: \"\\0\"").findings, "1:4: error: a NUL character in a text"));
}

TEST_CASE("Depth is limited to 64, with and without aliases") {
  const auto nested = [](int levels) {
    return std::string(levels, '[') + "1" + std::string(levels, ']');
  };
  CHECK(read(nested(64)).findings.empty());
  CHECK(read(nested(65)).findings ==
        "s.yaml:1:65: error: lists and mappings are nested deeper than 64 levels\n");
  CHECK(contains(read(std::string(200000, '[')).findings, "deeper than 64"));
  std::string block;
  for (int i = 0; i < 5000; ++i) block += "- ";
  CHECK(contains(read(block).findings, "deeper than 64"));
  std::string chain = "- &a0 [1]\n";
  for (int i = 1; i < 100; ++i) {
    chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  // The alias at line n puts n - 1 levels below the two that hold it.
  CHECK(contains(read(chain).findings, "s.yaml:64:9: error: lists and mappings are nested deeper"));
}

TEST_CASE("Alias bombs are stopped at the alias") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const auto last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 8; ++k) bomb += ", " + last;
    bomb += "]\n";
  }
  const auto findings = read(bomb).findings;
  CHECK(contains(findings, "error: the document has more than 1,000,000 values"));
  CHECK(contains(findings, "s.yaml:6:"));
  // Not the number but the length of texts.
  std::string text = "a: &a " + std::string(1 << 20, 'x') + "\nb: [";
  for (int i = 0; i < 10000; ++i) text += "*a, ";
  CHECK(contains(read(text + "1]").findings, "error: the document has more than 1,000,000 values"));
}

TEST_CASE("Too large a text is refused") {
  CHECK(contains(read(std::string((16u << 20) + 1, '#')).findings, "larger than 16 MB"));
  CHECK(contains(read(std::string(3000000, '[')).findings, "2,000,000 commas and brackets"));
}

TEST_CASE("Reading takes linear time") {
  std::string text = "keys:\n";
  for (int i = 0; i < 50000; ++i) text += "  k" + std::to_string(i) + ": {é: f(1, 2}\n";
  Diagnostics diagnostics;
  const Node root = parse_document(text, "s.yaml", diagnostics);
  CHECK(root.find("keys")->entries.size() == 50000);
}
