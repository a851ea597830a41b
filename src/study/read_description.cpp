#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "scenario/mapping_reader.hpp"
#include "study/description.hpp"
#include "study/detail/read_design.hpp"
#include "study/detail/read_factors.hpp"
#include "study/detail/read_numbers.hpp"
#include "study/detail/read_precision.hpp"
#include "study/detail/study_keys.hpp"
#include "study/factors.hpp"

namespace truce::study {

namespace {

using scenario::Diagnostics;
using scenario::MappingReader;
using scenario::Node;
using scenario::shown;

/// Reads the sections of a study.
class Reader {
 public:
  Reader(Description& into, Diagnostics& diagnostics) : study_(into), diagnostics_(diagnostics) {}

  void read() {
    MappingReader in(study_.document, keys::study, "", diagnostics_);
    if (!in.sound()) return;
    if (const Node* version = in.get("study");
        version != nullptr && version->text != std::to_string(study_version)) {
      diagnostics_.error(version->position, "'study' is a version that is not known",
                         fmt::format("this program reads version {}", study_version));
    }
    study_.name = in.text("name");
    study_.summary = in.text("summary");
    study_.scenario = study_.file.parent_path() / in.text("scenario");
    study_.seed = read_whole(in, "seed", 1, 0, ~std::uint64_t{0}, diagnostics_);
    study_.trials = read_whole(in, "trials", study_.trials, 1, base::most_trials, diagnostics_);
    if (const Node* node = in.get("design")) read_design(*node, study_, diagnostics_);
    for (const Node::Entry* entry : in.entries("vary")) assumption(*entry);
    for (const Node::Entry* entry : in.entries("variants")) variant(*entry);
    if (study_.variants.empty()) {
      Node nothing;
      nothing.kind = Node::Kind::mapping;
      nothing.position = study_.document.position;
      study_.variants.push_back({{as_written, study_.document.position}, nothing});
    }
    read_factors(in, study_, diagnostics_);
    if (const Node* node = in.get("precision")) read_precision(*node, study_, diagnostics_);
    if (const Node* node = in.get("compare")) compare(*node);
    check_design(study_, diagnostics_);
  }

 private:
  void assumption(const Node::Entry& entry) {
    Assumption result{.name = {entry.key, entry.key_position}};
    const Node& value = entry.value;
    if (value.is_sequence()) {
      result.over = Assumption::Over::values;
      for (const Node& item : value.items) {
        const auto number = number_in(item);
        if (number) {
          result.values.push_back(*number);
        } else {
          diagnostics_.error(item.position,
                             fmt::format("{} is no number", scenario::described(item)), {},
                             "a list of values has numbers only");
        }
      }
      if (value.items.empty()) {
        diagnostics_.error(value.position, fmt::format("{} has no values", shown(entry.key)));
      }
    } else if (value.is_scalar() && value.text == "prior") {
      result.over = Assumption::Over::prior;
    } else if (value.is_scalar()) {
      result.over = Assumption::Over::distribution;
      result.value = value;
    } else {
      diagnostics_.error(value.position,
                         fmt::format("{}: expected 'prior', a distribution or a list of values",
                                     shown(entry.key)));
    }
    study_.vary.push_back(std::move(result));
  }

  void variant(const Node::Entry& entry) {
    constexpr std::size_t most_variants = 1000;
    Variant result{.name = {entry.key, entry.key_position}, .overlay = entry.value};
    if (result.overlay.is_null()) {
      result.overlay.kind = Node::Kind::mapping;
    } else if (!result.overlay.is_mapping()) {
      diagnostics_.error(entry.value.position,
                         fmt::format("variant {}: expected a mapping, found {}", shown(entry.key),
                                     scenario::described(entry.value)));
      result.overlay = Node{.kind = Node::Kind::mapping, .position = entry.value.position};
    }
    if (std::ranges::any_of(
            entry.key, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
      diagnostics_.error(entry.key_position,
                         fmt::format("{} cannot be the name of a variant", shown(entry.key)),
                         "it has a control character", "write it on one line");
    }
    if (study_.variants.size() == most_variants) {
      diagnostics_.error(entry.key_position, fmt::format("more than {} variants", most_variants));
    }
    if (study_.variants.size() < most_variants) study_.variants.push_back(std::move(result));
  }

  void compare(const Node& node) {
    MappingReader in(node, keys::compare, "", diagnostics_);
    study_.compare_position = node.position;
    if (!in.sound()) return;
    study_.against = in.text("against");
    std::vector<std::string> names;
    for (const Variant& variant : study_.variants) names.push_back(variant.name.text);
    if (const Node* against = in.get("against");
        against != nullptr && std::ranges::find(names, study_.against) == names.end()) {
      diagnostics_.error(against->position,
                         fmt::format("unknown variant {}", scenario::described(*against)), {},
                         scenario::did_you_mean(study_.against, names));
    }
    for (const Node* item : in.items("outcomes")) {
      if (item->is_scalar()) {
        study_.compared.push_back(item->text);
      } else {
        diagnostics_.error(item->position, "'outcomes': expected the name of an outcome");
      }
    }
  }

  Description& study_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool is_study(const Node& document) {
  // Without its version it is one as well, and is told what it lacks.
  const auto has = [&](const char* key) { return document.find(key) != nullptr; };
  return has("study") || (has("scenario") && (has("design") || has("vary") || has("variants")));
}

std::optional<Description> read_study(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  Node document = scenario::load_document(file, diagnostics);
  if (diagnostics.errors() > before && document.is_null()) return std::nullopt;
  return read_study(std::move(document), file, diagnostics);
}

std::optional<Description> read_study(Node document, const std::filesystem::path& file,
                                      Diagnostics& diagnostics) {
  if (document.find("truce") != nullptr && !is_study(document)) {
    diagnostics.error(document.position, "this is a scenario, where a study is expected", {},
                      "run it with 'truce run'");
    return std::nullopt;
  }
  Description study;
  study.file = file;
  const std::size_t before = diagnostics.errors();
  study.document = std::move(document);
  if (!study.document.is_null()) Reader(study, diagnostics).read();
  if (study.document.is_null() || diagnostics.errors() > before) return std::nullopt;
  return study;
}

}  // namespace truce::study
