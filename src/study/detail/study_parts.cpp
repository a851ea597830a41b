#include "study/detail/study_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "results/seal.hpp"
#include "results/study_writer.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;

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

/// A part that is there. Throws where it is of another study, or of other points than `wanted`.
Part read_finished(const Plan& plan, const std::vector<std::uint32_t>& wanted,
                   const fs::path& file) {
  try {
    results::require_seal(file);
  } catch (const results::ResultsError& damage) {
    throw results::ResultsError(file, damage.reason() + "; remove it, and its points are run again",
                                damage.fault());
  }
  const results::StudyReader reader(file);
  std::string what = results::difference(plan.schema(), reader.schema());
  const auto& points = reader.schema().contained;
  if (what.empty() && !std::ranges::includes(wanted, points)) what = "the shard";
  if (what.empty()) return {points, file};
  throw not_resumable(file, what);
}

}  // namespace

fs::path file_of_part(const fs::path& folder, const std::vector<std::uint32_t>& points) {
  return folder / fmt::format("{:08}-{:08}.h5", points.front(), points.back());
}

Cutter::Cutter(const Plan& plan, std::vector<std::uint32_t> all, std::vector<std::uint32_t> missing,
               fs::path folder)
    : all_(std::move(all)),
      missing_(std::move(missing)),
      folder_(std::move(folder)),
      chunk_(results::points_per_chunk(results::most_rows_kept(plan.schema().common))) {
  if (plan.rows_together()) rows_ = parts_of_rows(plan, missing_, folder_);
}

std::vector<std::uint32_t> Cutter::in_order() const {
  if (rows_.empty()) return missing_;
  std::vector<std::uint32_t> points;
  for (const Part& part : rows_) {
    points.insert(points.end(), part.points.begin(), part.points.end());
  }
  return points;
}

Part Cutter::next(std::size_t about) {
  if (!rows_.empty()) {
    Part part = rows_.at(row_++);
    taken_ += part.points.size();
    return part;
  }
  const std::size_t most = taken_ + std::clamp<std::size_t>(about, 1, left());
  std::size_t end = most;
  for (std::size_t i = most; i > taken_; --i) {
    if (i == missing_.size() || (row_of(missing_[i - 1]) + 1) % chunk_ == 0) {
      end = i;
      break;
    }
  }
  Part part;
  part.points.assign(missing_.begin() + static_cast<std::ptrdiff_t>(taken_),
                     missing_.begin() + static_cast<std::ptrdiff_t>(end));
  part.file = file_of_part(folder_, part.points);
  taken_ = end;
  return part;
}

std::vector<Part> finished_parts(const Plan& plan, const std::vector<std::uint32_t>& wanted,
                                 const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if ((name.starts_with("0") || name.starts_with("row-")) && name.ends_with(".h5")) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  std::vector<Part> parts;
  std::set<std::uint32_t> seen;
  for (const fs::path& file : files) {
    Part part = read_finished(plan, wanted, file);
    const auto is_new = [&](std::uint32_t point) { return !seen.contains(point); };
    if (!std::ranges::all_of(part.points, is_new)) continue;
    seen.insert(part.points.begin(), part.points.end());
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<std::uint32_t> missing_in(const std::vector<Part>& parts,
                                      const std::vector<std::uint32_t>& wanted) {
  std::set<std::uint32_t> there;
  for (const Part& part : parts) there.insert(part.points.begin(), part.points.end());
  std::vector<std::uint32_t> missing;
  for (const std::uint32_t point : wanted) {
    if (!there.contains(point)) missing.push_back(point);
  }
  return missing;
}

}  // namespace truce::study
