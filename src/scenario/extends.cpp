#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "scenario/document.hpp"
#include "scenario/merge.hpp"
#include "scenario/text/source.hpp"

namespace truce::scenario {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_chain = 32;

/// Who asked for a file: the command line, which may name a pipe, or a scenario, which may not.
enum class Asker { user, scenario };

/// Why the file cannot be read; empty if it can.
std::string refusal(const fs::path& path, Asker asker) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (error) return error.message();
  if (fs::is_directory(status)) return "it is a directory";
  if (!fs::is_regular_file(status)) {
    return asker == Asker::scenario ? "it is not a regular file" : "";
  }
  const auto size = fs::file_size(path, error);
  if (error) return error.message();
  return size > largest_file ? "it is larger than 16 MB" : "";
}

std::optional<std::string> read_file(const fs::path& path, const Position& position, Asker asker,
                                     Diagnostics& diagnostics) {
  std::string why = refusal(path, asker);
  std::string text;
  if (why.empty()) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string piece(std::size_t{1} << 16, '\0');
    // The size of a pipe is not known before.
    while (file && text.size() <= largest_file) {
      file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      text.append(piece, 0, static_cast<std::size_t>(file.gcount()));
    }
    if (text.size() > largest_file) why = "it is larger than 16 MB";
    if (!file.is_open() || file.bad()) why = errno != 0 ? std::strerror(errno) : "reading failed";
  }
  if (why.empty()) return text;
  const bool is_base = asker == Asker::scenario;
  diagnostics.error(
      position, is_base ? "cannot read the base " + shown(path.string()) : "cannot read the file",
      why, is_base ? "'extends' is relative to the file that writes it" : "");
  return std::nullopt;
}

bool is_sorted(const Node& node) {
  return std::ranges::is_sorted(node.entries, {}, &Node::Entry::key) &&
         std::ranges::all_of(node.entries, is_sorted, &Node::Entry::value) &&
         std::ranges::all_of(node.items, is_sorted);
}

/// Programs that write YAML sort keys unless told not to; the order of phases has a meaning.
void warn_of_sorted_keys(const Node& document, Diagnostics& diagnostics) {
  const Node* phases = document.find("phases");
  if (phases == nullptr || phases->entries.size() < 2 || !is_sorted(document)) return;
  diagnostics.warning(
      phases->entries.front().key_position,
      "all keys of this file are in alphabetical order, the phases too, which begin with " +
          shown(phases->entries.front().key),
      "programs sort keys so, but the order of phases has a meaning",
      "have them keep the order (sort_keys=False), or put another key, such as "
      "'truce' or 'extends', first if it is meant");
}

/// Takes the entry `extends` out of the document.
std::optional<Node> take_base(Node& document, Diagnostics& diagnostics) {
  auto& entries = document.entries;
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [](const auto& entry) { return entry.key == "extends"; });
  if (found == entries.end()) return std::nullopt;
  Node base = std::move(found->value);
  entries.erase(found);
  if (base.is_scalar() && !base.text.empty()) return base;
  diagnostics.error(base.position, "'extends' needs the path of one scenario", "",
                    "write extends: base.yaml, or remove the key");
  return std::nullopt;
}

/// The files of a chain, so far, by their canonical names and as they were named.
struct Chain {
  std::vector<fs::path> canonical;
  std::vector<std::string> named;

  /// Whether the file is new to the chain; otherwise the cycle is reported.
  bool append(const fs::path& path, const Position& position, Diagnostics& diagnostics) {
    std::error_code error;
    auto name = fs::weakly_canonical(path, error);
    if (error) name = path;
    const auto earlier = std::find(canonical.begin(), canonical.end(), name);
    if (earlier != canonical.end()) {
      std::string cycle;
      for (auto i = static_cast<std::size_t>(earlier - canonical.begin()); i < named.size(); ++i) {
        cycle += named[i] + " -> ";
      }
      diagnostics.error(position, "'extends' goes in a circle", cycle + path.string(),
                        "remove one 'extends'");
      return false;
    }
    canonical.push_back(std::move(name));
    named.push_back(path.string());
    return true;
  }
};

}  // namespace

Node load_document(const fs::path& path, Diagnostics& diagnostics) {
  Chain chain;
  std::vector<Node> documents;  // the derived one first
  fs::path next = path;
  Position position{std::make_shared<const std::string>(path.string()), 0, 0};
  Asker asker = Asker::user;
  while (chain.append(next, position, diagnostics)) {
    if (documents.size() == longest_chain) {
      diagnostics.error(position, "more than 32 files extend each other");
      break;
    }
    const auto text = read_file(next, position, asker, diagnostics);
    if (!text) {
      // What a file that cannot be read would have said is not missing.
      Node nothing;
      nothing.position = position;
      return nothing;
    }
    documents.push_back(parse_document(*text, next.string(), diagnostics));
    auto& document = documents.back();
    if (asker == Asker::scenario && !document.is_mapping() && !diagnostics.has_errors()) {
      diagnostics.error(document.position, "a scenario must be a mapping of keys to values");
    }
    if (document.is_null() && !diagnostics.has_errors()) {
      diagnostics.error(document.position, "the file holds nothing", "it is a null of YAML",
                        "'truce new' writes a scenario to start from");
    }
    warn_of_sorted_keys(document, diagnostics);
    const auto base = take_base(document, diagnostics);
    if (!base) break;
    next = next.parent_path() / base->text;
    position = base->position;
    asker = Asker::scenario;
  }
  if (documents.empty()) {
    Node nothing;
    nothing.position = position;
    return nothing;
  }
  // After an error a key may be missing only because it could not be read.
  Diagnostics* const warnings = diagnostics.has_errors() ? nullptr : &diagnostics;
  Node result = std::move(documents.back());
  documents.pop_back();
  for (; !documents.empty(); documents.pop_back()) {
    result = merged_over(std::move(result), documents.back(), warnings);
  }
  return result;
}

}  // namespace truce::scenario
