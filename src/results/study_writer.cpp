#include "results/study_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/new_file.hpp"
#include "results/detail/point_data.hpp"
#include "results/detail/study_file.hpp"
#include "results/detail/study_layout.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

StudyFile::StudyFile(const std::filesystem::path& path, const StudySchema& schema,
                     OverwritePolicy policy)
    : schema_(schema), file_(path, policy) {
  if (const auto problem = problem_of(schema)) {
    throw ResultsError(path, "cannot hold these results: " + *problem);
  }
  file_.guarded([&] {
    file_.create();
    write_root(file_.root(), schema_.common);
    write_study_design(file_.root(), schema_);
    layout_.emplace(file_.root(), schema_);
  });
}

void StudyFile::append(const std::vector<RowValues>& rows, PointFailures failures) {
  if (points_ == schema_.contained.size()) throw std::logic_error("a study has no more points");
  file_.guarded([&] { layout_->append(rows); });
  failures.point = schema_.contained[points_];
  ++points_;
  most_rows_ = std::max(most_rows_, schema_.rows_of(failures.trials));
  trials_ += failures.trials;
  failed_ += failures.failed;
  if (failures.failed > 0) failures_.push_back(std::move(failures));
}

void StudyFile::append(const PointResults& point) {
  append(rows_of(point.data()), {.trials = point.trials(),
                                 .failed = point.failed(),
                                 .failures = point.data().failures.all()});
  if (!point.data().stretch) return;
  file_.guarded(
      [&] { write_state(file_.root(), schema_.common, point.data().statistics.value()); });
}

void StudyFile::finish() {
  if (points_ != schema_.contained.size()) throw std::logic_error("points of a study are missing");
  file_.guarded([&] {
    layout_->finish(most_rows_);
    write_failures(file_.root(), failures_, PointAxis::present);
    write_outcome_of_run(file_.root(), trials_, failed_,
                         schema_.stretch ? Completion::shard : Completion::complete);
    if (schema_.stretch) write_first_trial(file_.root(), schema_.stretch->first);
    layout_.reset();
    file_.close();
  });
  file_.publish();
}

std::size_t points_per_chunk(std::uint64_t rows) {
  return netcdf::chunk_values / std::clamp<hsize_t>(rows, 1, netcdf::chunk_values);
}

class StudyWriter::State : public StudyFile {
 public:
  using StudyFile::StudyFile;
};

StudyWriter::StudyWriter(const std::filesystem::path& path, const StudySchema& schema,
                         OverwritePolicy policy)
    : state_(std::make_unique<State>(path, schema, policy)) {}
StudyWriter::StudyWriter(StudyWriter&&) noexcept = default;
StudyWriter& StudyWriter::operator=(StudyWriter&&) noexcept = default;
StudyWriter::~StudyWriter() = default;

void StudyWriter::append(const PointResults& point) {
  state_->append(point);
}

void StudyWriter::finish() {
  state_->finish();
}

}  // namespace truce::results
