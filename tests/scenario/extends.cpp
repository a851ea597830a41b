#include <fstream>

#include "scenario/document.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;
namespace fs = std::filesystem;

namespace {

/// A folder for one test, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "truce-extends-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }
  /// The findings of reading a file, without the folder's own name.
  std::string findings(const std::string& name) const {
    Diagnostics diagnostics;
    load_document(path_ / name, diagnostics);
    std::string text = diagnostics.text();
    const auto prefix = path_.string() + "/";
    for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  fs::path path_;
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

TEST_CASE("Mappings merge deeply and keep the base's order; lists are replaced") {
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
  folder.write("base/base.yaml", "truce: 1\nphases:\n  first: {lasts: 42}\n  second: 1\n");
  folder.write("base/middle.yaml", "extends: base.yaml\nphases:\n  second: 2\n");
  folder.write("top.yaml", "name: top\nextends: base/middle.yaml\nphases: {third: 3}\n");
  Diagnostics diagnostics;
  const Node root = load_document(folder / "top.yaml", diagnostics);
  CHECK(diagnostics.text().empty());
  CHECK(to_yaml(root) ==
        "truce: 1\nphases:\n  first:\n    lasts: 42\n  second: 2\n  third: 3\nname: top\n");
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

TEST_CASE("'extends' names one file") {
  const Folder folder;
  for (const auto* value : {"[a.yaml]", "~", "''", "{a: 1}"}) {
    folder.write("top.yaml", std::string("extends: ") + value + "\n");
    CHECK(folder.findings("top.yaml") ==
          "top.yaml:1:10: error: 'extends' needs the path of one scenario; write extends: "
          "base.yaml, or remove the key\n");
  }
  folder.write("list.yaml", "[1]\n");
  folder.write("top.yaml", "extends: list.yaml\n");
  CHECK(folder.findings("top.yaml") ==
        "list.yaml:1:1: error: a scenario must be a mapping of keys to values\n");
}
