#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "open_results.hpp"
#include "study_file.hpp"
#include "study_reader_state.hpp"
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

void join_studies(const std::filesystem::path& path,
                  const std::vector<std::filesystem::path>& shards, OverwritePolicy policy,
                  Whole required) {
  std::vector<StudyReader> readers;
  for (const auto& shard : shards) readers.emplace_back(shard);
  if (readers.empty()) throw ResultsError(path, "there is nothing to join");
  StudySchema whole = readers.front().schema();
  struct Source {
    const StudyReader* reader = nullptr;
    std::size_t row = 0;
  };
  std::vector<Source> sources(whole.points.size());
  whole.contained.clear();
  for (const StudyReader& reader : readers) {
    const StudySchema& part = reader.schema();
    if (const std::string what = difference(readers.front().schema(), part); !what.empty()) {
      throw ResultsError(reader.path(), fmt::format("does not belong to {}: {} differs",
                                                    readers.front().path().string(), what));
    }
    for (std::size_t row = 0; row < part.contained.size(); ++row) {
      const std::uint32_t point = part.contained[row];
      if (sources[point].reader != nullptr) {
        throw ResultsError(reader.path(), fmt::format("has point {}, as {} has", point,
                                                      sources[point].reader->path().string()));
      }
      sources[point] = {&reader, row};
      whole.points[point] = part.points[point];
    }
  }
  for (std::size_t point = 0; point < sources.size(); ++point) {
    if (sources[point].reader == nullptr) {
      if (required == Whole::no) continue;
      throw ResultsError(path, fmt::format("no shard has point {} of {}", point, sources.size()));
    }
    whole.contained.push_back(static_cast<std::uint32_t>(point));
  }
  StudyFile joined(path, whole, policy);
  const StudyReader* last = nullptr;
  for (const std::uint32_t point : whole.contained) {
    const Source& source = sources[point];
    if (last != nullptr && source.reader != last) last->state().close_variables();
    last = source.reader;
    const StudyReader::State& from = source.reader->state();
    std::vector<RowValues> rows;
    PointFailures failures;
    guarded(from.path, [&] {
      failures = from.failures(source.row);
      for (const std::string& name : joined.names()) {
        rows.push_back(from.row(name, source.row, failures.trials));
      }
    });
    joined.append(rows, std::move(failures));
  }
  joined.finish();
}

}  // namespace truce::results
