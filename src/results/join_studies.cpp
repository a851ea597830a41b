#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "results/detail/joined_rows.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/study_file.hpp"
#include "results/detail/study_reader_state.hpp"
#include "results/seal.hpp"
#include "results/study_writer.hpp"

namespace truce::results {

namespace {

/// The first input that only one of the files has, or has otherwise.
std::string differing_input(const std::vector<Input>& a, const std::vector<Input>& b) {
  if (a == b) return {};
  const auto lacks = [](const std::vector<Input>& all, const Input& input) {
    return std::ranges::find(all, input) == all.end();
  };
  for (const auto& [own, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const auto at = std::ranges::find_if(
        *own, [&, &others = *other](const Input& i) { return lacks(others, i); });
    if (at != own->end()) return fmt::format("column '{}' of {}", at->column, at->file);
  }
  return "the order of the inputs";
}

using Paths = std::vector<std::filesystem::path>;
using Sources = std::vector<std::optional<Source>>;  // by point

/// Finds the points of parts of one study, and what is known of them: files[first] and those after
/// it, which must be sealed. One is open at a time, so that they are never too many.
void add_parts(const Paths& files, std::size_t first, StudySchema& whole, Sources& sources) {
  std::optional<StudySchema> of_first;
  for (std::size_t f = first; f < files.size(); ++f) {
    require_seal(files[f]);
    const StudyReader reader(files[f]);
    const StudySchema& part = reader.schema();
    if (!of_first) {
      of_first = part;
      if (first == 0) whole = part;
      sources.resize(whole.points.size());
    }
    if (const std::string what = difference(*of_first, part); !what.empty()) {
      throw ResultsError(
          files[f], fmt::format("does not belong to {}: {} differs", files[first].string(), what));
    }
    for (std::size_t row = 0; row < part.contained.size(); ++row) {
      const std::uint32_t point = part.contained[row];
      if (sources.at(point)) {
        throw ResultsError(files[f],
                           fmt::format("has point {}, as {} has: they are shares by different "
                                       "numbers of --shard K/N, or the same one",
                                       point, files[sources[point]->file].string()));
      }
      sources[point] = {f, row};
      whole.points[point] = part.points[point];
    }
  }
}

/// Writes the points that the schema contains, in their order.
void write_joined(const std::filesystem::path& path, const StudySchema& whole, const Paths& files,
                  const Sources& sources, OverwritePolicy policy) {
  StudyFile joined(path, whole, policy);
  std::vector<Source> in_order;
  for (const std::uint32_t point : whole.contained) in_order.push_back(sources.at(point).value());
  JoinedRows joined_rows(joined.layout(), in_order);
  std::optional<StudyReader> reader;
  std::size_t open = 0;
  bool sealed = false;
  for (const Source& source : in_order) {
    if (!reader || source.file != open) {
      reader.reset();
      reader.emplace(files[source.file]);
      open = source.file;
      sealed = seal_of(files[open]) == Seal::intact;
    }
    const StudyReader::State& from = reader->state();
    std::vector<RowValues> rows;
    PointFailures failures;
    guarded(from.path, [&] {
      failures = from.failures(source.row);
      rows = joined_rows.next(from, sealed, failures.trials);
      joined.layout().require_fit(rows, rows_kept(whole.common, failures.trials));
    });
    joined.append(rows, std::move(failures));
  }
  joined.finish();
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
  if (x.seed != y.seed) return "the seed";  // before the text that it is written in
  if (x.study_yaml != y.study_yaml) return "the study";
  if (a.variants != b.variants) return "the variants";
  for (std::size_t v = 0; v < a.variants.size() && a.variant_yaml != b.variant_yaml; ++v) {
    if (v >= a.variant_yaml.size() || v >= b.variant_yaml.size()) return "the format's version";
    if (a.variant_yaml[v] == b.variant_yaml[v]) continue;
    return fmt::format("the scenario of variant '{}'", a.variants[v]);
  }
  if (x.scenario_yaml != y.scenario_yaml) return "the scenario";
  if (std::string input = differing_input(x.inputs, y.inputs); !input.empty()) return input;
  if (x.keep != y.keep) return "the number of rows kept (--keep)";
  if (x.random_generator != y.random_generator) return "the random generator";
  if (x.arithmetic != y.arithmetic) return "the arithmetic";
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
                  RequireAllPoints required) {
  if (shards.empty()) throw ResultsError(path, "there is nothing to join");
  StudySchema whole;
  Sources sources;
  add_parts(shards, 0, whole, sources);
  whole.contained.clear();
  for (std::size_t point = 0; point < sources.size(); ++point) {
    if (sources[point]) {
      whole.contained.push_back(static_cast<std::uint32_t>(point));
    } else if (required == RequireAllPoints::yes) {
      throw ResultsError(path, fmt::format("no shard has point {} of {}", point, sources.size()));
    }
  }
  write_joined(path, whole, shards, sources, policy);
}

void extend_study(const std::filesystem::path& path, const StudySchema& schema,
                  const std::filesystem::path& earlier,
                  const std::vector<std::filesystem::path>& parts) {
  StudySchema whole = schema;
  Sources sources(whole.points.size());
  {
    const StudyReader before(earlier);
    for (const KeptPoint& kept : kept_points(before, whole)) {
      if (kept.whole) sources[kept.point] = {0, kept.row};
    }
  }
  Paths files = {earlier};
  files.insert(files.end(), parts.begin(), parts.end());
  add_parts(files, 1, whole, sources);
  write_joined(path, whole, files, sources, OverwritePolicy::replace);
}

}  // namespace truce::results
