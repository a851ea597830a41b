#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "results/detail/joined_rows.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/study_file.hpp"
#include "results/detail/study_reader_state.hpp"
#include "results/detail/trial_parts.hpp"
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

/// Where the points of a joined file are found.
struct Sources {
  std::vector<std::optional<Source>> whole;                 ///< by point
  std::map<std::uint32_t, std::vector<TrialPart>> in_part;  ///< of a point the files with trials

  [[nodiscard]] bool have(std::uint32_t point) const {
    return whole[point].has_value() || in_part.contains(point);
  }
};

/// Notes the points of a file. Throws ResultsError where one is there already.
void add_points(const Paths& files, std::size_t file, const StudySchema& part, Sources& sources) {
  for (std::size_t row = 0; row < part.contained.size(); ++row) {
    const std::uint32_t point = part.contained[row];
    const auto others = sources.in_part.find(point);
    const bool in_parts = others != sources.in_part.end();
    if (sources.whole.at(point) || (in_parts && !part.stretch)) {
      const auto& other =
          in_parts ? others->second.front().path : files[sources.whole[point]->file];
      throw ResultsError(files[file],
                         fmt::format("has point {}, as {} has: they are shares by different "
                                     "numbers of --shard K/N, or the same one",
                                     point, other.string()));
    }
    if (part.stretch) {
      sources.in_part[point].push_back({files[file], *part.stretch});
    } else {
      sources.whole[point] = {file, row};
    }
  }
}

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
      sources.whole.resize(whole.points.size());
    }
    if (const std::string what = difference(*of_first, part); !what.empty()) {
      throw ResultsError(
          files[f], fmt::format("does not belong to {}: {} differs", files[first].string(), what));
    }
    add_points(files, f, part, sources);
    for (const std::uint32_t point : part.contained) whole.points[point] = part.points[point];
  }
}

/// All trials of a point, put together.
PointResults joined_point(const Schema& common, const std::vector<TrialPart>& parts) {
  PointResults point(common);
  for (const TrialPart& part : parts) point.join(part.path);
  point.finish();
  return point;
}

/// Writes the points that the schema contains, in their order.
void write_joined(const std::filesystem::path& path, const StudySchema& whole, const Paths& files,
                  const Sources& sources, OverwritePolicy policy) {
  StudyFile joined(path, whole, policy);
  std::vector<Source> in_order;
  for (const std::uint32_t point : whole.contained) {
    in_order.push_back(sources.whole[point].value_or(JoinedRows::none));
  }
  JoinedRows joined_rows(joined.layout(), in_order);
  std::optional<StudyReader> reader;
  std::size_t open = 0;
  bool sealed = false;
  for (const std::uint32_t point : whole.contained) {
    if (const auto parts = sources.in_part.find(point); parts != sources.in_part.end()) {
      joined.append(joined_point(whole.common, parts->second));
      joined_rows.skip();
      continue;
    }
    const Source source = sources.whole[point].value();
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
      joined.layout().require_fit(rows, whole.rows_of(failures.trials));
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
  whole.stretch.reset();
  for (std::uint32_t point = 0; point < sources.whole.size(); ++point) {
    if (sources.have(point)) {
      whole.contained.push_back(point);
    } else if (required == RequireAllPoints::yes) {
      throw ResultsError(path,
                         fmt::format("no shard has point {} of {}", point, sources.whole.size()));
    }
  }
  for (auto& [point, parts] : sources.in_part) {
    order_parts(parts, whole.common.trials, path, fmt::format(" of point {}", point));
  }
  write_joined(path, whole, shards, sources, policy);
}

void extend_study(const std::filesystem::path& path, const StudySchema& schema,
                  const std::filesystem::path& earlier,
                  const std::vector<std::filesystem::path>& parts) {
  StudySchema whole = schema;
  Sources sources;
  sources.whole.resize(whole.points.size());
  {
    const StudyReader before(earlier);
    for (const KeptPoint& kept : kept_points(before, whole)) {
      if (kept.whole) sources.whole[kept.point] = {0, kept.row};
    }
  }
  Paths files = {earlier};
  files.insert(files.end(), parts.begin(), parts.end());
  add_parts(files, 1, whole, sources);
  write_joined(path, whole, files, sources, OverwritePolicy::replace);
}

}  // namespace truce::results
