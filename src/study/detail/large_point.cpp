#include "study/detail/large_point.hpp"

#include <fmt/format.h>

#include "study/run_parts.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;

fs::path output_of(const fs::path& folder, std::uint32_t point) {
  return folder / fmt::format("point-{:08}", point);
}

/// What the parts say of themselves: no part of another point, or another study, agrees with it.
results::Schema schema_of_run(const Plan& plan, std::uint32_t point) {
  const results::StudySchema& study = plan.schema();
  results::Schema schema = study.common;
  schema.scenario_yaml = study.variant_yaml[study.points[point].variant];
  schema.command_line += fmt::format(", point {}", point);
  return schema;
}

}  // namespace

LargePoint::LargePoint(const Plan& plan, const Share& share, unsigned threads,
                       const fs::path& folder)
    : plan_(plan),
      number_(share.points.front()),
      model_(plan.model_of(number_)),
      run_{.model = model_,
           .schema = schema_of_run(plan, number_),
           .settings = {.trials = plan.schema().common.trials,
                        .threads = threads,
                        .keep = plan.schema().common.keep},
           .shard = share.stretch,
           .output = output_of(folder, number_),
           .columns = &plan.columns_of(plan.schema().points[number_].variant)} {
  run_.settings.simulator.seed = plan.schema().common.seed;
}

std::vector<results::TrialRange> LargePoint::missing() const {
  make_parts_folder(parts_folder(run_.output));
  return missing_in(finished_parts(run_), trials_of(run_));
}

results::PointResults LargePoint::joined() const {
  results::PointResults results(plan_.schema().common, run_.shard);
  for (const results::RunPart& part : finished_parts(run_)) results.join(part.path);
  results.finish();
  return results;
}

void LargePoint::remove_parts() const {
  study::remove_parts(run_, finished_parts(run_));
}

void LargePoint::remove_empty_folders() const {
  remove_empty_folder(parts_folder(run_.output));
  remove_empty_folder(run_.output.parent_path());
}

void require_no_points_in_part(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().starts_with("point-")) {
      throw not_resumable(at->path(), "the shard");
    }
  }
}

void remove_parts_of_point(const fs::path& folder, std::uint32_t point) {
  const fs::path parts = parts_folder(output_of(folder, point));
  std::error_code error;
  for (fs::directory_iterator at(parts, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (is_part(at->path())) fs::remove(at->path(), ignored);
  }
  remove_empty_folder(parts);
}

}  // namespace truce::study
