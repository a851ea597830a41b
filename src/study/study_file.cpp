#include "study/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

#include "results/study_reader.hpp"
#include "results/study_writer.hpp"
#include "study/detail/earlier_file.hpp"
#include "study/detail/large_point.hpp"
#include "study/detail/stretch_file.hpp"
#include "study/detail/study_on_ranks.hpp"
#include "study/detail/study_parts.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// What all that work on the parts of an output share.
struct Work {
  const Plan& plan;
  unsigned threads;
  const fs::path& folder;
  const std::function<void(const StudyProgress&)>& progress;
  const std::atomic<bool>& stop;
  const EarlierFile* earlier = nullptr;
};

/// Writes finished points into one part after the other.
class PartWriter {
 public:
  PartWriter(const Plan& plan, Cutter& cutter, fs::path folder)
      : plan_(plan), cutter_(cutter), folder_(std::move(folder)) {}

  void append(const results::PointResults& point) {
    if (!writer_) {
      part_ = cutter_.next(next_size());
      writer_.emplace(part_.file, schema_for(plan_, {part_.points}),
                      results::OverwritePolicy::replace);
      written_ = 0;
    }
    writer_->append(point);
    ++all_written_;
    if (++written_ < part_.points.size()) return;
    writer_->finish();
    writer_.reset();
    for (const std::uint32_t done : part_.points) remove_parts_of_point(folder_, done);
  }

 private:
  /// What takes a twentieth of the time so far, so that stopping loses little, and parts are few.
  [[nodiscard]] std::size_t next_size() const {
    if (all_written_ == 0)
      return std::min(cutter_.chunk(), std::max<std::size_t>(1, cutter_.left() / 16));
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const double target = std::clamp(seconds / 20, 2.0, 60.0);
    const double size = target * static_cast<double>(all_written_) / std::max(seconds, 1e-6);
    return static_cast<std::size_t>(std::clamp(size, 1.0, static_cast<double>(cutter_.left())));
  }

  const Plan& plan_;
  Cutter& cutter_;
  fs::path folder_;
  Clock::time_point start_ = Clock::now();
  std::optional<results::StudyWriter> writer_;
  Part part_;
  std::size_t written_ = 0;
  std::size_t all_written_ = 0;
};

/// Runs what is not there yet of the points wanted, and tells `all` rows of the output as planned.
StudyReport run_parts(const Work& work, const std::vector<std::uint32_t>& wanted,
                      const std::vector<std::uint32_t>& all) {
  make_parts_folder(work.folder);
  const auto missing = missing_in(finished_parts(work.plan, wanted, work.folder), wanted);
  Cutter cutter(work.plan, all, missing, work.folder);
  PartWriter writer(work.plan, cutter, work.folder);
  std::mutex mutex;  // HDF5 serves one thread at a time
  StudyListener listener;
  if (work.earlier == nullptr) {
    listener.folder = work.folder;
  } else {
    listener.earlier = [&](std::uint32_t point) {
      const std::scoped_lock lock(mutex);
      return work.earlier->trials_of(point);
    };
  }
  listener.point = [&](std::uint32_t, const results::PointResults& point) {
    const std::scoped_lock lock(mutex);
    writer.append(point);
  };
  listener.progress = [&](StudyProgress now) {
    if (!work.progress) return;
    now.points += all.size() - missing.size();
    now.planned = all.size();
    work.progress(now);
  };
  StudyReport report = run_study(work.plan, cutter.in_order(), work.threads, listener, work.stop);
  if (report.interrupted) remove_empty_folder(work.folder);
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
  for (const Part& part : parts) {
    for (const std::uint32_t point : part.points) remove_parts_of_point(folder, point);
    fs::remove(part.file, error);  // last: it tells which points it has
  }
  remove_empty_folder(folder);
}

}  // namespace

StudyReport run_study_to_file(const Plan& plan, const Share& share, unsigned threads,
                              const fs::path& output, results::OverwritePolicy policy,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop, Ranks* ranks) {
  const fs::path folder = parts_folder(output);
  // The checks of the output's writer, before any work.
  { const results::StudyWriter probe(output, schema_for(plan, share), policy); }
  const Work work{plan, threads, folder, progress, stop};
  if (share.stretch) {
    return run_stretch_to_file({plan, share, folder}, threads, output, policy, progress, stop,
                               ranks);
  }
  if (!has_large_points(plan)) require_no_points_in_part(folder);
  const auto& points = share.points;
  StudyReport report = ranks == nullptr
                           ? run_parts(work, points, points)
                           : run_share_on_ranks({plan, share, folder}, *ranks, progress, stop);
  if (report.interrupted) return report;
  const std::vector<Part> parts = finished_parts(plan, points, folder);
  results::join_studies(output, files_of(parts), policy,
                        points.size() == plan.schema().points.size()
                            ? results::RequireAllPoints::yes
                            : results::RequireAllPoints::no);
  remove_parts(parts, folder);
  return report;
}

void remove_finished_parts(const Plan& plan, const Share& share, const fs::path& output) {
  const fs::path folder = parts_folder(output);
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  try {
    if (share.stretch) {
      const LargePoint point(plan, share, 1, folder);
      point.remove_parts();
      point.remove_empty_folders();
    } else {
      remove_parts(finished_parts(plan, share.points, folder), folder);
    }
  } catch (const results::ResultsError&) {  // of another attempt, which may be gone on with
  }
}

StudyReport extend_study_file(const Plan& plan, unsigned threads, const fs::path& output,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop, Ranks* ranks) {
  const fs::path folder = parts_folder(output);
  std::optional<EarlierFile> earlier(std::in_place, plan, output);
  const std::vector<std::uint32_t> points = earlier->points_to_run();
  StudyReport report =
      ranks == nullptr
          ? run_parts({plan, threads, folder, progress, stop, &*earlier}, points,
                      plan.schema().contained)
          : run_share_on_ranks({plan, all_of(plan), folder, &*earlier}, *ranks, progress, stop);
  const std::vector<Part> parts = finished_parts(plan, points, folder);
  report.again = earlier->again();
  earlier.reset();
  if (report.interrupted) return report;
  results::extend_study(output, plan.schema(), output, files_of(parts));
  remove_parts(parts, folder);
  return report;
}

void serve(const Plan& plan, const Share& share, unsigned threads, const fs::path& output,
           Ranks& ranks, const std::atomic<bool>& stop, Extends extends) {
  const fs::path folder = parts_folder(output);
  std::optional<EarlierFile> earlier;
  ranks.serve([&](const Message& task) {
    // Here, as rank 0 tells what is wrong with it.
    if (extends == Extends::yes && !earlier) earlier.emplace(plan, output);
    return serve_study({plan, share, folder, earlier ? &*earlier : nullptr},
                       threads > 0 ? threads : 1, task, stop);
  });
}

}  // namespace truce::study
