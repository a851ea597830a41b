#include "results/conditioned.hpp"

#include <mutex>
#include <stdexcept>

#include "results/detail/group_conditioned.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_intervals.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/new_file.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

std::optional<Conditioned> read_conditioned(const std::filesystem::path& path) {
  return guarded(path, [&] {
    const hdf5::Handle file = hdf5::open_file(path);
    const hdf5::Handle root = hdf5::open_group(file.id(), "/");
    require_run(root.id());
    return read_conditioned_groups(root.id(), rows_of(read_root(root.id())));
  });
}

class ConditionedWriter::State {
 public:
  State(const std::filesystem::path& path, const Schema& schema, OverwritePolicy policy)
      : schema_(schema), file_(path, policy) {
    if (const auto problem = problem_of(schema)) throw ResultsError(path, *problem);
    file_.require_space(0);
    file_.guarded([&] {
      statistics_.emplace(schema_);
      file_.create();
      write_run(file_.root(), schema_);
    });
  }

  void begin(const std::vector<std::int32_t>& group, double effective_trials) {
    const double worth = effective_trials / static_cast<double>(schema_.trials);
    if (!group.empty()) intervals_.emplace(schema_, group, worth);
    file_.guarded([&] { columns_.emplace(file_.root(), schema_, 0, hdf5_); });
  }

  void append(const Block& block) {
    file_.guarded([&] {
      if (block.first != trials_) throw std::logic_error("a block of trials is not the next one");
      const StoredBlock as_stored = stored(block, schema_);
      for (std::size_t i = 0; i < columns_->size(); ++i) columns_->append(i, as_stored);
      for (std::size_t i = 0; i < statistics_->parts(); ++i) statistics_->add(i, as_stored);
      if (intervals_) intervals_->add(block);
      for (const FailedTrial& trial : block.failures) failures_.add(trial);
      trials_ += block.status.size();
      failed_ += block.failures.size();
    });
  }

  void finish(const Conditioned& conditioned) {
    file_.guarded([&] {
      if (trials_ != schema_.trials) throw std::logic_error("there are fewer rows than planned");
      columns_->flush(1);
      file_.require_disk();
      RunResults results = statistics_->results(
          [&](std::size_t column, const auto& consumer) { columns_->read(column, consumer); }, 1);
      if (intervals_) intervals_->replace(results);
      write_statistics(file_.root(), schema_, results);
      write_failures(file_.root(), {{.failures = failures_.all()}}, PointAxis::absent);
      write_conditioned(file_.root(), conditioned);
      write_outcome_of_run(file_.root(), trials_, failed_, Completion::complete);
      columns_.reset();
      file_.close();
    });
    file_.publish();
  }

  [[nodiscard]] std::uint64_t failed() const { return failed_; }

 private:
  Schema schema_;
  std::uint64_t trials_ = 0;
  std::uint64_t failed_ = 0;
  FailureCounts failures_;
  std::optional<RunStatistics> statistics_;
  std::optional<GroupIntervals> intervals_;
  std::mutex hdf5_;
  NewFile file_;  // outlives its members
  std::optional<TrialColumns> columns_;
};

ConditionedWriter::ConditionedWriter(const std::filesystem::path& path, const Schema& schema,
                                     OverwritePolicy policy)
    : state_(std::make_unique<State>(path, schema, policy)) {}
ConditionedWriter::ConditionedWriter(ConditionedWriter&&) noexcept = default;
ConditionedWriter& ConditionedWriter::operator=(ConditionedWriter&&) noexcept = default;
ConditionedWriter::~ConditionedWriter() = default;

void ConditionedWriter::begin(const std::vector<std::int32_t>& group, double effective_trials) {
  state_->begin(group, effective_trials);
}

void ConditionedWriter::append(const Block& block) {
  state_->append(block);
}

std::uint64_t ConditionedWriter::failed() const {
  return state_->failed();
}

void ConditionedWriter::finish(const Conditioned& conditioned) {
  state_->finish(conditioned);
}

}  // namespace truce::results
