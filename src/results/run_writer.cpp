#include "results/run_writer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <thread>

#include "results/detail/chronicle_writer.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_parameters.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/new_file.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

/// What an assertion would say, also in a release: a wrong block would make wrong results.
void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(std::string("a block of trials ") + what);
}

std::size_t drawn_count(const Schema& schema) {
  return static_cast<std::size_t>(
      std::ranges::count(schema.parameters, Origin::drawn, &RunParameter::origin));
}

void require_shape(const Block& block, const Schema& schema, std::uint64_t next) {
  const std::size_t n = block.status.size();
  require(block.first == next, "is not the next one");
  require(n <= schema.trials - next, "has more trials than planned");
  require(block.columns.size() == schema.columns.size(), "has a wrong number of columns");
  require(std::ranges::all_of(block.columns, [&](const auto& c) { return c.size() == n; }),
          "has columns of different lengths");
  require(block.drawn.size() == drawn_count(schema), "has a wrong number of parameters");
  require(std::ranges::all_of(block.drawn, [&](const auto& c) { return c.size() == n; }),
          "has parameters of different lengths");
  require(block.segments_end.size() == n, "has a wrong number of segment ends");
  require(std::ranges::is_sorted(block.segments_end) &&
              (n == 0 ? 0 : block.segments_end.back()) == block.segments.size(),
          "has segments that belong to no trial");
  const std::size_t days = days_of(schema);
  require(std::ranges::all_of(block.segments,
                              [&](const TimelineSegment& s) {
                                return s.day < days && s.timeline < schema.timelines.size();
                              }),
          "has a segment out of range");
}

/// Of the trials, before compression.
std::uint64_t raw_bytes(const Schema& schema) {
  std::uint64_t bytes = 9;
  for (const Column& column : schema.columns) {
    bytes += column.kind == ColumnKind::real ? 8 : column.kind == ColumnKind::integer ? 4 : 1;
  }
  return (bytes + 8 * drawn_count(schema)) * schema.trials;
}

}  // namespace

class RunWriter::State {
 public:
  State(const std::filesystem::path& path, const Schema& schema, OverwritePolicy policy,
        unsigned threads)
      : schema_(schema), file_(path, policy) {
    if (const auto problem = problem_of(schema)) throw ResultsError(path, *problem);
    // Hardly any run compresses better: with less there is no hope.
    constexpr std::uint64_t best_compression = 50;
    file_.require_space(raw_bytes(schema) / best_compression);
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    file_.guarded([&] {
      statistics_.emplace(schema_, threads);
      file_.create();
      write_run(file_.root(), schema_);
      columns_.emplace(file_.root(), schema_, threads);
      parameters_.emplace(file_.root(), schema_);
      chronicle_.emplace(file_.root());
      hdf5::checked("write the file", [&] { return H5Fflush(file_.root(), H5F_SCOPE_LOCAL); });
    });
  }

  void append(const Block& block) {
    file_.guarded([&] {
      require_shape(block, schema_, trials_);
      stored_.resize(block.columns.size());
      for (std::size_t c = 0; c < stored_.size(); ++c) {
        convert(schema_.columns[c], block, block.columns[c], stored_[c]);
      }
      statistics_->add(block, stored_);
      columns_->append(block.first, block.status, stored_);
      parameters_->append(block);
      chronicle_->append(block.chronicle);
      for (const FailedTrial& trial : block.failures) failures_.add(trial);
      trials_ += block.status.size();
    });
  }

  void finish(Completion completion, const std::filesystem::path& name) {
    if (completion == Completion::complete && trials_ < schema_.trials) {
      throw std::logic_error("a run with fewer trials than planned is not complete");
    }
    file_.guarded([&] {
      if (trials_ == 0) throw ResultsError(file_.path(), "no trial was finished");
      columns_->flush();
      parameters_->flush();
      chronicle_->flush();
      file_.require_disk();
      write_statistics(file_.root(), schema_,
                       statistics_->results([&](std::size_t column, const auto& consumer) {
                         columns_->read(column, consumer);
                       }));
      write_failures(file_.root(), {{.failures = failures_.all()}}, PointAxis::absent);
      write_outcome_of_run(file_.root(), trials_, statistics_->failed(), completion);
      close_members();
      file_.close();
    });
    file_.publish(name);
  }

  [[nodiscard]] std::uint64_t trials() const { return trials_; }
  [[nodiscard]] std::uint64_t failed() const { return statistics_->failed(); }

 private:
  /// Nothing of the file may be open when it is closed.
  void close_members() {
    chronicle_.reset();
    parameters_.reset();
    columns_.reset();
  }

  Schema schema_;
  std::uint64_t trials_ = 0;
  std::vector<StoredValues> stored_;
  FailureCounts failures_;
  std::optional<RunStatistics> statistics_;
  NewFile file_;  // outlives its members
  std::optional<TrialColumns> columns_;
  std::optional<DrawnParameters> parameters_;
  std::optional<ChronicleWriter> chronicle_;
};

RunWriter::RunWriter(const std::filesystem::path& path, const Schema& schema,
                     OverwritePolicy policy, unsigned threads)
    : state_(std::make_unique<State>(path, schema, policy, threads)) {}

RunWriter::RunWriter(RunWriter&&) noexcept = default;
RunWriter& RunWriter::operator=(RunWriter&&) noexcept = default;
RunWriter::~RunWriter() = default;

void RunWriter::append(const Block& block) {
  state_->append(block);
}

void RunWriter::finish(Completion completion, const std::filesystem::path& name) {
  state_->finish(completion, name);
}

std::uint64_t RunWriter::trials() const {
  return state_->trials();
}

std::uint64_t RunWriter::failed() const {
  return state_->failed();
}

}  // namespace truce::results
