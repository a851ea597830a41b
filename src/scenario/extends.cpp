#include <algorithm>
#include <cstring>
#include <optional>

#include "base/read_file.hpp"
#include "scenario/document.hpp"
#include "scenario/merge.hpp"
#include "scenario/text/source.hpp"

namespace truce::scenario {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_chain = 32;
constexpr std::size_t most_files = 256;

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
  if (why.empty()) {
    base::FileContent content = base::read_file(path, largest_file);
    if (content.error == 0 && !content.too_large) return std::move(content.text);
    why = content.too_large ? "it is larger than 16 MB" : std::strerror(content.error);
  }
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

/// Takes the entry `extends` out of the document: the paths of its bases.
std::vector<Node> take_bases(Node& document, Diagnostics& diagnostics) {
  auto& entries = document.entries;
  const auto found = std::ranges::find(entries, "extends", &Node::Entry::key);
  if (found == entries.end()) return {};
  Node value = std::move(found->value);
  entries.erase(found);
  std::vector<Node> bases = value.is_sequence() ? std::move(value.items) : std::vector{value};
  const auto is_path = [](const Node& base) { return base.is_scalar() && !base.text.empty(); };
  const auto wrong = std::ranges::find_if_not(bases, is_path);
  if (wrong == bases.end() && !bases.empty()) return bases;
  diagnostics.error(bases.empty() ? value.position : wrong->position,
                    "'extends' needs the path of a scenario, or a list of paths", "",
                    "write extends: base.yaml, or remove the key");
  return {};
}

/// Reads files in the order in which they are laid over one another: each behind its bases, and
/// only where it comes first.
class Loader {
 public:
  explicit Loader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(const fs::path& path, const Position& position, Asker asker) {
    std::error_code error;
    fs::path name = fs::weakly_canonical(path, error);
    if (error) name = path;
    const auto earlier = std::ranges::find(within_, name, &Within::canonical);
    if (earlier != within_.end()) return report_circle(earlier, path, position);
    if (std::ranges::find(done_, name) != done_.end()) return;
    if (within_.size() == longest_chain || done_.size() == most_files) {
      diagnostics_.error(position, within_.size() == longest_chain
                                       ? "more than 32 files extend each other"
                                       : "more than 256 files are laid over each other");
      return;
    }
    within_.push_back({name, path.string()});
    read_new(path, position, asker);
    within_.pop_back();
    done_.push_back(std::move(name));
  }

  void lay(const Overlay& overlay) {
    if (overlay.written != nullptr) return documents_.push_back(*overlay.written);
    const std::size_t before = documents_.size();
    read(overlay.path, overlay.asker, Asker::scenario);
    if (!overlay.brings_none || documents_.size() <= before + 1) return;
    diagnostics_.error(
        overlay.asker,
        "the overlay " + shown(overlay.path.string()) + " builds on " +
            shown(documents_[before].position.file ? *documents_[before].position.file : ""),
        "what it is laid over does not", "let it extend the study's scenario, or nothing");
  }

  /// The files laid over one another; a null node at `position` where one of them cannot be read,
  /// for what that would have said is not missing.
  Node laid_over(const Position& position) {
    Node result;
    result.position = position;
    if (documents_.empty() || !complete_) return result;
    // After an error a key may be missing only because it could not be read.
    Diagnostics* const warnings = diagnostics_.has_errors() ? nullptr : &diagnostics_;
    result = std::move(documents_.front());
    for (std::size_t i = 1; i < documents_.size(); ++i) {
      result = merged_over(std::move(result), documents_[i], warnings);
    }
    return result;
  }

 private:
  /// A file whose bases are being read.
  struct Within {
    fs::path canonical;
    std::string named;
  };

  void read_new(const fs::path& path, const Position& position, Asker asker) {
    const auto text = read_file(path, position, asker, diagnostics_);
    if (!text) {
      complete_ = false;
      return;
    }
    const std::size_t before = diagnostics_.errors();
    Node document = parse_file(*text, path.string(), diagnostics_);
    const bool sound = diagnostics_.errors() == before;
    if (sound && asker == Asker::scenario && !document.is_mapping()) {
      diagnostics_.error(document.position, "a scenario must be a mapping of keys to values");
    }
    complete_ = complete_ && !document.is_null();
    warn_of_sorted_keys(document, diagnostics_);
    for (const Node& base : take_bases(document, diagnostics_)) {
      read(path.parent_path() / base.text, base.position, Asker::scenario);
    }
    documents_.push_back(std::move(document));
  }

  void report_circle(std::vector<Within>::iterator first, const fs::path& path,
                     const Position& position) {
    std::string circle;
    for (auto at = first; at != within_.end(); ++at) circle += at->named + " -> ";
    diagnostics_.error(position, "'extends' goes in a circle", circle + path.string(),
                       "remove one 'extends'");
    complete_ = false;
  }

  Diagnostics& diagnostics_;
  std::vector<Within> within_;  ///< the outermost first
  std::vector<fs::path> done_;
  std::vector<Node> documents_;
  bool complete_ = true;
};

}  // namespace

Node load_document(const fs::path& path, Diagnostics& diagnostics) {
  const Position position{std::make_shared<const std::string>(path.string()), 0, 0};
  Loader loader(diagnostics);
  loader.read(path, position, Asker::user);
  return loader.laid_over(position);
}

Node load_laid_over(const std::vector<Overlay>& files, Diagnostics& diagnostics) {
  Loader loader(diagnostics);
  for (const Overlay& file : files) loader.lay(file);
  return loader.laid_over(files.empty() ? Position{} : files.front().asker);
}

}  // namespace truce::scenario
