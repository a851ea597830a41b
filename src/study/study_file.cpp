#include "study/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "results/seal.hpp"
#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "study/detail/earlier_file.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;

/// Consecutive points that are written, and kept, together.
struct Part {
  std::vector<std::uint32_t> points;
  fs::path file;
};

/// Those of a row each, in the order of rows.
std::vector<Part> parts_of_rows(const Plan& plan, const std::vector<std::uint32_t>& points,
                                const fs::path& folder) {
  std::map<std::size_t, Part> parts;
  for (const std::uint32_t point : points) parts[point % plan.rows()].points.push_back(point);
  std::vector<Part> result;
  for (auto& [row, part] : parts) {
    part.file = folder / fmt::format("row-{:08}.h5", row);
    result.push_back(std::move(part));
  }
  return result;
}

/// In the file the points begin at that row. Parts end where chunks of it do, so that they are
/// joined by copying these; where there are so few that stopping would lose much, all are about as
/// large.
std::vector<Part> parts_of(const Plan& plan, const std::vector<std::uint32_t>& points,
                           std::size_t first_row, const fs::path& folder) {
  if (plan.rows_together()) return parts_of_rows(plan, points, folder);
  constexpr std::size_t most_parts = 16;
  const std::size_t chunk = results::points_per_chunk(plan.schema().common.trials);
  const std::size_t unit = points.size() > (most_parts / 2 - 1) * chunk ? chunk : 1;
  const std::size_t before = first_row % unit;  // rows of the first unit that others have
  const std::size_t units = (before + points.size() + unit - 1) / unit;
  const std::size_t count = std::min(most_parts, units);
  std::vector<Part> parts;
  for (std::size_t k = 0; k < count; ++k) {
    const auto border = [&](std::size_t i) {
      const std::size_t row = std::clamp(units * i / count * unit, before, before + points.size());
      return points.begin() + static_cast<std::ptrdiff_t>(row - before);
    };
    Part& part = parts.emplace_back();
    part.points.assign(border(k), border(k + 1));
    part.file = folder / fmt::format("{:08}-{:08}.h5", part.points.front(), part.points.back());
  }
  return parts;
}

results::StudySchema schema_for(const Plan& plan, const std::vector<std::uint32_t>& points) {
  results::StudySchema schema = plan.schema();
  schema.contained = points;
  return schema;
}

/// Whether the part is there already. Throws where what is there is of another study.
bool is_finished(const Plan& plan, const Part& part) {
  std::error_code error;
  if (!fs::exists(part.file, error)) return false;
  try {
    results::require_seal(part.file);
  } catch (const results::ResultsError& damage) {
    throw results::ResultsError(
        part.file, damage.reason() + "; remove it, and its points are run again", damage.fault());
  }
  const results::StudyReader reader(part.file);
  const std::string what = results::difference(plan.schema(), reader.schema());
  if (!what.empty() || reader.schema().contained != part.points) {
    throw results::ResultsError(
        part.file, fmt::format("is of an earlier attempt that cannot be resumed: {} differs; "
                               "remove the folder to begin anew",
                               what.empty() ? "the division into parts" : what));
  }
  return true;
}

}  // namespace

std::vector<std::uint32_t> points_of_shard(const Plan& plan, std::uint32_t k, std::uint32_t n) {
  const auto& all = plan.schema().contained;
  const auto of_shard = [&](std::uint64_t size, std::uint64_t at) {
    return size * (k - 1) / n <= at && at < size * k / n;
  };
  std::vector<std::uint32_t> points;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool own = plan.rows_together() ? of_shard(plan.rows(), all[i] % plan.rows())
                                          : of_shard(all.size(), i);
    if (own) points.push_back(all[i]);
  }
  return points;
}

fs::path parts_folder(const fs::path& output) {
  fs::path folder = output;
  folder += ".parts";
  return folder;
}

namespace {

/// Runs what is not there yet of these parts, and tells `points` in all.
StudyReport run_parts(const Plan& plan, const std::vector<Part>& parts, std::size_t points,
                      unsigned threads, const fs::path& folder,
                      const std::function<void(const StudyProgress&)>& progress,
                      const std::atomic<bool>& stop, EarlierFile* earlier = nullptr) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw results::ResultsError(folder, error.message());
  std::vector<const Part*> missing;
  std::vector<std::uint32_t> to_run;
  for (const Part& part : parts) {
    if (is_finished(plan, part)) continue;
    missing.push_back(&part);
    to_run.insert(to_run.end(), part.points.begin(), part.points.end());
  }
  std::optional<results::StudyWriter> writer;
  auto part = missing.begin();
  std::size_t written = 0;
  std::mutex mutex;  // HDF5 serves one thread at a time
  StudyListener listener;
  if (earlier != nullptr) {
    listener.earlier = [&](std::uint32_t point) {
      const std::scoped_lock lock(mutex);
      return earlier->trials_of(point);
    };
  }
  listener.point = [&](std::uint32_t, const results::PointResults& point) {
    const std::scoped_lock lock(mutex);
    if (!writer) {
      writer.emplace((*part)->file, schema_for(plan, (*part)->points),
                     results::OverwritePolicy::refuse);
    }
    writer->append(point);
    if (++written < (*part)->points.size()) return;
    writer->finish();
    writer.reset();
    written = 0;
    ++part;
  };
  listener.progress = [&](StudyProgress now) {
    if (!progress) return;
    now.points += points - to_run.size();
    now.planned = points;
    progress(now);
  };
  StudyReport report = run_study(plan, to_run, threads, listener, stop);
  writer.reset();
  if (report.interrupted) fs::remove(folder, error);  // if nothing was finished
  return report;
}

std::vector<fs::path> files_of(const std::vector<Part>& parts) {
  std::vector<fs::path> files;
  for (const Part& part : parts) files.push_back(part.file);
  return files;
}

/// What is not of this study stays, and the folder with it.
void remove_parts(const std::vector<Part>& parts, const fs::path& folder) {
  std::error_code error;
  for (const Part& part : parts) fs::remove(part.file, error);
  fs::remove(folder, error);
}

/// The points that are not there with all their trials. Throws ResultsError where a row that stops
/// together is kept in part.
std::vector<std::uint32_t> points_to_run(const Plan& plan, const EarlierFile& earlier,
                                         const fs::path& output) {
  std::vector<std::size_t> of_row(plan.rows(), 0);
  std::vector<std::uint32_t> added;
  for (const std::uint32_t point : plan.schema().contained) {
    if (earlier.has_whole(point)) continue;
    added.push_back(point);
    ++of_row[point % plan.rows()];
  }
  const std::size_t variants = plan.schema().variants.size();
  if (plan.rows_together() &&
      std::ranges::any_of(of_row, [&](std::size_t n) { return n != 0 && n != variants; })) {
    throw results::ResultsError(output,
                                "cannot be extended by variants: those of a row stop together");
  }
  return added;
}

}  // namespace

StudyReport run_study_to_file(const Plan& plan, const std::vector<std::uint32_t>& points,
                              unsigned threads, const fs::path& output,
                              results::OverwritePolicy policy,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop) {
  const fs::path folder = parts_folder(output);
  const std::vector<Part> parts = parts_of(plan, points, 0, folder);
  // The checks of the output's writer, before any work.
  { const results::StudyWriter probe(output, schema_for(plan, points), policy); }
  StudyReport report = run_parts(plan, parts, points.size(), threads, folder, progress, stop);
  if (report.interrupted) return report;
  results::join_studies(output, files_of(parts), policy,
                        points.size() == plan.schema().points.size()
                            ? results::RequireAllPoints::yes
                            : results::RequireAllPoints::no);
  remove_parts(parts, folder);
  return report;
}

StudyReport extend_study_file(const Plan& plan, unsigned threads, const fs::path& output,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop) {
  const fs::path folder = parts_folder(output);
  std::optional<EarlierFile> earlier(std::in_place, plan, output);
  const std::vector<std::uint32_t> points = points_to_run(plan, *earlier, output);
  const std::vector<Part> parts =
      parts_of(plan, points, points.empty() ? 0 : points.front(), folder);
  StudyReport report = run_parts(plan, parts, plan.schema().points.size(), threads, folder,
                                 progress, stop, &*earlier);
  report.again = earlier->again();
  earlier.reset();
  if (report.interrupted) return report;
  results::extend_study(output, plan.schema(), output, files_of(parts));
  remove_parts(parts, folder);
  return report;
}

}  // namespace truce::study
