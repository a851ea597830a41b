#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "open_results.hpp"
#include "study_file.hpp"
#include "study_reader_state.hpp"
#include "truce/results/seal.hpp"
#include "truce/results/study_writer.hpp"

namespace truce::results {

namespace {

/// The first input that only one of the files has, or has otherwise.
std::string differing_input(const std::vector<Input>& a, const std::vector<Input>& b) {
  if (a == b) return {};
  const auto lacks = [](const std::vector<Input>& all, const Input& input) {
    return std::ranges::find(all, input) == all.end();
  };
  for (const auto& [own, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const auto at = std::ranges::find_if(*own, [&](const Input& i) { return lacks(*other, i); });
    if (at != own->end()) return fmt::format("column '{}' of {}", at->column, at->file);
  }
  return "the order of the inputs";
}

}  // namespace

std::string difference(const StudySchema& a, const StudySchema& b) {
  const Schema& x = a.common;
  const Schema& y = b.common;
  const auto names = [](const auto& items) {
    std::vector<std::string> all;
    for (const auto& item : items) all.push_back(item.name);
    return all;
  };
  if (x.study_yaml != y.study_yaml) return "the study";
  if (a.variants != b.variants) return "the variants";
  for (std::size_t v = 0; v < a.variants.size() && a.variant_yaml != b.variant_yaml; ++v) {
    if (v >= a.variant_yaml.size() || v >= b.variant_yaml.size()) return "the format's version";
    if (a.variant_yaml[v] == b.variant_yaml[v]) continue;
    return fmt::format("the scenario of variant '{}'", a.variants[v]);
  }
  if (x.scenario_yaml != y.scenario_yaml) return "the scenario";
  if (const std::string input = differing_input(x.inputs, y.inputs); !input.empty()) return input;
  if (x.seed != y.seed) return "the seed";
  if (x.random_generator != y.random_generator) return "the random generator";
  if (x.program_version != y.program_version) return "the version of the program";
  if (x.build != y.build) return "the build of the program";
  if (x.git_revision != y.git_revision) return "the revision of the program";
  if (a.design != b.design || a.settings != b.settings || a.points.size() != b.points.size() ||
      a.parameters != b.parameters || a.against != b.against || a.compared != b.compared) {
    return "the design";
  }
  if (names(x.columns) != names(y.columns)) return "the outcomes";
  if (names(x.timelines) != names(y.timelines)) return "the timelines";
  return {};
}

namespace {

/// Where a point of the joined file is.
struct Source {
  std::size_t shard = 0;
  std::size_t row = 0;
};

/// Looks into the shards, one after the other, so that none of their number is too many to be open
/// at once. `whole` comes to hold all points that they have.
std::vector<std::optional<Source>> sources_in(const std::vector<std::filesystem::path>& shards,
                                              StudySchema& whole) {
  std::vector<std::optional<Source>> sources;
  for (std::size_t s = 0; s < shards.size(); ++s) {
    require_seal(shards[s]);
    const StudyReader reader(shards[s]);
    const StudySchema& part = reader.schema();
    if (s == 0) {
      whole = part;
      sources.resize(whole.points.size());
    }
    if (const std::string what = difference(whole, part); !what.empty()) {
      throw ResultsError(shards[s], fmt::format("does not belong to {}: {} differs",
                                                shards.front().string(), what));
    }
    for (std::size_t row = 0; row < part.contained.size(); ++row) {
      const std::uint32_t point = part.contained[row];
      if (sources[point]) {
        throw ResultsError(shards[s], fmt::format("has point {}, as {} has", point,
                                                  shards[sources[point]->shard].string()));
      }
      sources[point] = {s, row};
      whole.points[point] = part.points[point];
    }
  }
  return sources;
}

}  // namespace

void join_studies(const std::filesystem::path& path,
                  const std::vector<std::filesystem::path>& shards, OverwritePolicy policy,
                  Whole required) {
  if (shards.empty()) throw ResultsError(path, "there is nothing to join");
  StudySchema whole;
  const auto sources = sources_in(shards, whole);
  whole.contained.clear();
  for (std::size_t point = 0; point < sources.size(); ++point) {
    if (sources[point]) {
      whole.contained.push_back(static_cast<std::uint32_t>(point));
    } else if (required == Whole::yes) {
      throw ResultsError(path, fmt::format("no shard has point {} of {}", point, sources.size()));
    }
  }
  StudyFile joined(path, whole, policy);
  std::optional<StudyReader> reader;
  std::size_t open = 0;
  for (const std::uint32_t point : whole.contained) {
    const Source& source = *sources[point];
    if (!reader || source.shard != open) {
      reader.reset();
      reader.emplace(shards[source.shard]);
      open = source.shard;
    }
    const StudyReader::State& from = reader->state();
    std::vector<RowValues> rows;
    PointFailures failures;
    guarded(from.path, [&] {
      failures = from.failures(source.row);
      for (const std::string& name : joined.names()) {
        rows.push_back(from.row(name, source.row, failures.trials));
      }
      joined.require_fit(rows, failures.trials);
    });
    joined.append(rows, std::move(failures));
  }
  joined.finish();
}

}  // namespace truce::results
