#include "scenario/document.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace truce::scenario;
namespace fs = std::filesystem;

namespace {

class Folder : public truce::test::TemporaryFolder {
 public:
  fs::path write(const std::string& name, const std::string& text) const {
    const fs::path path = *this / name;
    fs::create_directories(path.parent_path());
    truce::test::write_bytes(path, text);
    return path;
  }
  /// The findings of reading a file, without the folder's own name.
  std::string findings(const std::string& name) const {
    Diagnostics diagnostics;
    load_document(*this / name, diagnostics);
    std::string text = diagnostics.text();
    const auto prefix = (*this / "").string();
    for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }
};

Node parsed(const std::string& text) {
  Diagnostics diagnostics;
  Node node = parse_document(text, "x.yaml", diagnostics);
  REQUIRE(diagnostics.text().empty());
  return node;
}

std::string merged_text(const std::string& base, const std::string& overlay) {
  return to_yaml(merged(parsed(base), parsed(overlay)));
}

}  // namespace

TEST_CASE("Mappings merge deeply and keep the base's order, and lists are replaced") {
  CHECK(merged_text("{a: 1, b: {c: 2, d: [1, 2], e: 3}, f: 4}",
                    "{g: 9, b: {d: [5], h: 6, c: 7}, a: 8}") ==
        "a: 8\nb:\n  c: 7\n  d:\n    - 5\n  e: 3\n  h: 6\nf: 4\ng: 9\n");
}

TEST_CASE("A null deletes, and other kinds replace each other") {
  CHECK(merged_text("{a: 1, b: {c: 2, d: 3}}", "{a: ~, b: {c: ~}}") == "b:\n  d: 3\n");
  CHECK(merged_text("{a: {b: 1}}", "{a: 2}") == "a: 2\n");
  CHECK(merged_text("{a: 2}", "{a: {b: 1, c: ~}}") == "a:\n  b: 1\n");
  CHECK(merged_text("{a: [1]}", "{a: {b: 1}}") == "a:\n  b: 1\n");
  CHECK(merged_text("{a: 1}", "{b: [{c: ~}]}") == "a: 1\nb:\n  - c: null\n");
  CHECK(merged_text("{a: 1}", "{}") == "a: 1\n");
}

TEST_CASE("A scenario extends another, and every value keeps its place") {
  const Folder folder;
  folder.write("base/base.yaml", "truce: 2\nphases:\n  first: {lasts: 42}\n  second: 1\n");
  folder.write("base/middle.yaml", "extends: base.yaml\nphases:\n  second: 2\n");
  folder.write("top.yaml", "name: top\nextends: base/middle.yaml\nphases: {third: 3}\n");
  Diagnostics diagnostics;
  const Node root = load_document(folder / "top.yaml", diagnostics);
  CHECK(diagnostics.text().empty());
  CHECK(to_yaml(root) ==
        "truce: 2\nphases:\n  first:\n    lasts: 42\n  second: 2\n  third: 3\nname: top\n");
  const auto place = [](const Node* node) {
    return fs::path(*node->position.file).filename().string() + ":" +
           std::to_string(node->position.line);
  };
  CHECK(place(root.find("truce")) == "base.yaml:1");
  CHECK(place(root.find("phases")->find("second")) == "middle.yaml:3");
  CHECK(place(root.find("phases")->find("third")) == "top.yaml:3");
  CHECK(place(root.find("name")) == "top.yaml:1");
}

TEST_CASE("Errors of all files of a chain are reported") {
  const Folder folder;
  folder.write("base.yaml", "a: 1\na: 2\n");
  folder.write("top.yaml", "extends: base.yaml\nb: 1\nb: 2\nc: ~\n");
  CHECK(folder.findings("top.yaml") ==
        "base.yaml:2:1: error: the key 'a' stands twice (the first stands at line 1); remove or "
        "rename one\n"
        "top.yaml:3:1: error: the key 'b' stands twice (the first stands at line 2); remove or "
        "rename one\n");
}

TEST_CASE("Deleting what is not there is a warning") {
  const Folder folder;
  folder.write("base.yaml", "phases: {first: 1}\n");
  folder.write("top.yaml", "extends: base.yaml\nphases:\n  frist: ~\n");
  CHECK(folder.findings("top.yaml") ==
        "top.yaml:3:3: warning: nothing to delete under 'frist' (null deletes a key of the base, "
        "which has none of this name); did you mean 'first'?\n");
}

TEST_CASE("A null stays where nothing is extended") {
  const Folder folder;
  folder.write("one.yaml", "a: ~\n");
  Diagnostics diagnostics;
  const Node root = load_document(folder / "one.yaml", diagnostics);
  REQUIRE(root.find("a"));
  CHECK(root.find("a")->is_null());
}

TEST_CASE("A cycle shows its chain") {
  const Folder folder;
  folder.write("a.yaml", "extends: b.yaml\n");
  folder.write("b.yaml", "x: 1\nextends: sub/../c.yaml\n");
  folder.write("c.yaml", "extends: ./b.yaml\n");
  folder.write("sub/none.yaml", "");
  CHECK(folder.findings("a.yaml") ==
        "sub/../c.yaml:1:10: error: 'extends' goes in a circle (b.yaml -> sub/../c.yaml -> "
        "sub/.././b.yaml); remove one 'extends'\n");
  folder.write("self.yaml", "extends: self.yaml\n");
  CHECK(folder.findings("self.yaml") ==
        "self.yaml:1:10: error: 'extends' goes in a circle (self.yaml -> self.yaml); remove one "
        "'extends'\n");
}

TEST_CASE("A chain has at most 32 files") {
  const Folder folder;
  for (int i = 0; i < 40; ++i) {
    folder.write(std::to_string(i) + ".yaml", "extends: " + std::to_string(i + 1) + ".yaml\n");
  }
  folder.write("40.yaml", "a: 1\n");
  CHECK(folder.findings("9.yaml").empty());
  CHECK(folder.findings("0.yaml") == "31.yaml:1:10: error: more than 32 files extend each other\n");
}

TEST_CASE("Files that cannot be read are reported where they are named") {
  const Folder folder;
  folder.write("top.yaml", "extends: none.yaml\n");
  CHECK(folder.findings("top.yaml") ==
        "top.yaml:1:10: error: cannot read the base 'none.yaml' (No such file or directory); "
        "'extends' is relative to the file that writes it\n");
  CHECK(folder.findings("none.yaml") ==
        "none.yaml: error: cannot read the file (No such file or directory)\n");
  folder.write("folder/x", "");
  CHECK(folder.findings("folder") == "folder: error: cannot read the file (it is a directory)\n");
  folder.write("device.yaml", "extends: /dev/zero\n");
  CHECK(folder.findings("device.yaml").find("(it is not a regular file)") != std::string::npos);
  folder.write("big.yaml", "");
  fs::resize_file(folder / "big.yaml", (16u << 20) + 1);
  CHECK(folder.findings("big.yaml") ==
        "big.yaml: error: cannot read the file (it is larger than 16 MB)\n");
  Diagnostics diagnostics;
  load_document("/dev/zero", diagnostics);
  CHECK(diagnostics.text() == "/dev/zero: error: cannot read the file (it is larger than 16 MB)\n");
}

TEST_CASE("'extends' names files") {
  const Folder folder;
  folder.write("a.yaml", "{}");
  for (const auto& [value, column] :
       {std::pair("[]", 10), {"~", 10}, {"''", 10}, {"{a: 1}", 10}, {"[a.yaml, [b.yaml]]", 19}}) {
    folder.write("top.yaml", std::string("extends: ") + value + "\n");
    CHECK(folder.findings("top.yaml") ==
          "top.yaml:1:" + std::to_string(column) +
              ": error: 'extends' needs the path of a scenario, or a list of paths; write extends: "
              "base.yaml, or remove the key\n");
  }
  folder.write("list.yaml", "[1]\n");
  folder.write("top.yaml", "extends: list.yaml\n");
  CHECK(folder.findings("top.yaml") ==
        "list.yaml:1:1: error: a scenario must be a mapping of keys to values\n");
}

TEST_CASE("several bases are laid over one another, each file once, where it comes first") {
  const Folder folder;
  folder.write("root.yaml", "a: root\nb: root\nc: root\nd: [1, 2]\n");
  folder.write("left.yaml", "extends: root.yaml\nb: left\ne: left\n");
  folder.write("right.yaml", "extends: root.yaml\nc: right\nb: null\nd: [3]\n");
  folder.write("plain.yaml", "f: plain\na: plain\n");
  const auto text = [&](const std::string& extends) {
    folder.write("top.yaml", "extends: " + extends + "\ne: top\n");
    Diagnostics diagnostics;
    const Node root = load_document(folder / "top.yaml", diagnostics);
    CHECK(diagnostics.text().empty());
    return to_yaml(root);
  };
  CHECK(text("[left.yaml, right.yaml, plain.yaml]") ==
        "a: plain\nc: right\nd:\n  - 3\ne: top\nf: plain\n");
  // Root is read before what comes from it, and not again over left.
  CHECK(text("[plain.yaml, right.yaml]") == "f: plain\na: root\nc: right\nd:\n  - 3\ne: top\n");
  CHECK(text("[left.yaml, root.yaml, left.yaml]") ==
        "a: root\nb: left\nc: root\nd:\n  - 1\n  - 2\ne: top\n");
}

TEST_CASE("bases that are missing are told alone, and all of them") {
  const Folder folder;
  folder.write("wrong.yaml", "horizon: [\n");
  folder.write("top.yaml", "truce: 2\nextends: [none.yaml, wrong.yaml, nowhere.yaml]\n");
  const std::string findings = folder.findings("top.yaml");
  CHECK(findings.find("top.yaml:2:11: error: cannot read the base 'none.yaml'") == 0);
  CHECK(findings.find("top.yaml:2:34: error: cannot read the base 'nowhere.yaml'") !=
        std::string::npos);
  Diagnostics diagnostics;
  CHECK(load_document(folder / "top.yaml", diagnostics).is_null());
}

TEST_CASE("a circle through one of several bases is an error") {
  const Folder folder;
  folder.write("a.yaml", "extends: [c.yaml, b.yaml]\n");
  folder.write("b.yaml", "extends: a.yaml\n");
  folder.write("c.yaml", "x: 1\n");
  CHECK(folder.findings("a.yaml") ==
        "b.yaml:1:10: error: 'extends' goes in a circle (a.yaml -> b.yaml -> a.yaml); remove one "
        "'extends'\n");
}

TEST_CASE("a key with nothing below it changes nothing, and is a warning") {
  const Folder folder;
  folder.write("base.yaml", "a: {b: 1, c: 2}\n");
  folder.write("top.yaml", "extends: base.yaml\na:\n  b:\n  d:\n  c: null\ne:\n");
  Diagnostics diagnostics;
  CHECK(to_yaml(load_document(folder / "top.yaml", diagnostics)) == "a:\n  b: 1\n");
  const auto warning = [](const std::string& place, const std::string& key) {
    return place + ": warning: '" + key +
           "' has nothing below it, which changes nothing; write what is to change, null to delete "
           "it, or remove the key\n";
  };
  CHECK(folder.findings("top.yaml") ==
        warning("top.yaml:3:3", "b") + warning("top.yaml:4:3", "d") + warning("top.yaml:6:1", "e"));
}

TEST_CASE("many files that extend many end soon") {
  const Folder folder;
  for (int i = 0; i < 300; ++i) folder.write("f" + std::to_string(i) + ".yaml", "a: 1\n");
  std::string all;
  for (int i = 0; i < 300; ++i) all += "f" + std::to_string(i) + ".yaml, ";
  folder.write("top.yaml", "extends: [" + all + "f0.yaml]\n");
  CHECK(folder.findings("top.yaml").find("more than 256 files are laid over each other") !=
        std::string::npos);
  // Each extends all that follow: 2^20 ways, each file read once.
  for (int i = 0; i < 20; ++i) {
    std::string bases;
    for (int j = i + 1; j <= 20; ++j) bases += "g" + std::to_string(j) + ".yaml, ";
    folder.write("g" + std::to_string(i) + ".yaml", "extends: [" + bases + "f0.yaml]\n");
  }
  folder.write("g20.yaml", "a: 1\n");
  CHECK(folder.findings("g0.yaml").empty());
}
