#include "study/detail/earlier_file.hpp"

#include <algorithm>
#include <stdexcept>

namespace truce::study {

EarlierFile::EarlierFile(const Plan& plan, const std::filesystem::path& path)
    : plan_(plan), reader_(path), needs_all_(!plan.schema().common.timelines.empty()) {
  try {
    kept_ = results::kept_points(reader_, plan.schema());
  } catch (const std::invalid_argument& problem) {
    throw results::ResultsError(path, problem.what());
  }
  needs_all_ = needs_all_ || !reader_.keeps_all();
  for (results::PointFailures& point : reader_.failures()) {
    failures_[point.point] = std::move(point.failures);
  }
}

std::vector<std::uint32_t> EarlierFile::points_to_run() const {
  std::vector<std::size_t> of_row(plan_.rows(), 0);
  std::vector<std::uint32_t> added;
  for (const std::uint32_t point : plan_.schema().contained) {
    const results::KeptPoint* kept = find(point);
    if (kept != nullptr && kept->whole) continue;
    added.push_back(point);
    ++of_row[point % plan_.rows()];
  }
  const std::size_t variants = plan_.schema().variants.size();
  const auto in_part = [&](std::size_t n) { return n != 0 && n != variants; };
  if (plan_.rows_together() && std::ranges::any_of(of_row, in_part)) {
    throw results::ResultsError(reader_.path(),
                                "cannot be extended by variants: those of a row stop together");
  }
  return added;
}

EarlierTrials EarlierFile::trials_of(std::uint32_t point) const {
  const results::KeptPoint* kept = find(point);
  if (kept == nullptr || needs_all_) return {};
  EarlierTrials trials{.block = reader_.trials_of(kept->row)};
  const auto failures = failures_.find(reader_.schema().contained[kept->row]);
  if (failures != failures_.end()) trials.failures = failures->second;
  return trials;
}

std::uint64_t EarlierFile::again() const {
  std::uint64_t trials = 0;
  for (const results::KeptPoint& point : kept_) {
    if (needs_all_ && !point.whole) trials += point.trials;
  }
  return trials;
}

const results::KeptPoint* EarlierFile::find(std::uint32_t point) const {
  const auto at = std::ranges::lower_bound(kept_, point, {}, &results::KeptPoint::point);
  return at != kept_.end() && at->point == point ? &*at : nullptr;
}

}  // namespace truce::study
