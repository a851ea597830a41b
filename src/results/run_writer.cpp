#include "results/run_writer.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "base/parallel.hpp"
#include "results/detail/block_line.hpp"
#include "results/detail/chronicle_writer.hpp"
#include "results/detail/disk_reading.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/group_turning_points.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"
#include "results/detail/new_file.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

std::size_t drawn_count(const Schema& schema) {
  return static_cast<std::size_t>(
      std::ranges::count(schema.parameters, Origin::drawn, &RunParameter::origin));
}

/// What an assertion would say, also in a release: a wrong block would make wrong results. The rest
/// of its shape is looked at when it is converted.
void require_next(const Block& block, const Schema& schema, const TrialRange& rest) {
  const std::size_t n = block.status.size();
  if (block.first != rest.first || n > rest.end - rest.first) {
    throw std::logic_error("a block of trials is not the next one");
  }
  if (block.drawn.size() != drawn_count(schema) ||
      !std::ranges::all_of(block.drawn, [&](const auto& c) { return c.size() == n; })) {
    throw std::logic_error("a block of trials has wrong parameters");
  }
}

/// Of the trials, before compression.
std::uint64_t raw_bytes(const Schema& schema) {
  std::uint64_t bytes = 9;
  for (const Column& column : schema.columns) {
    bytes += column.kind == ColumnKind::real ? 8 : column.kind == ColumnKind::integer ? 4 : 1;
  }
  return (bytes + 8 * drawn_count(schema)) * most_rows_kept(schema);
}

}  // namespace

class RunWriter::State {
 public:
  State(const std::filesystem::path& path, const Schema& schema, OverwritePolicy policy,
        unsigned threads, std::optional<TrialRange> part)
      : schema_(schema),
        part_(part),
        range_(part.value_or(TrialRange{0, schema.trials})),
        threads_(threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency())),
        file_(path, policy) {
    if (const auto problem = problem_of(schema)) throw ResultsError(path, *problem);
    // Hardly any run compresses better: with less there is no hope.
    constexpr std::uint64_t best_compression = 50;
    file_.require_space(raw_bytes(schema) / best_compression);
    file_.guarded([&] {
      statistics_.emplace(schema_);
      file_.create();
      write_run(file_.root(), schema_);
      columns_.emplace(file_.root(), schema_, range_.first, hdf5_);
      chronicle_.emplace(file_.root());
      columns_->on_written(
          [this](std::uint64_t rows) { chronicle_->release(range_.first + rows); });
      hdf5::checked("write the file", [&] { return H5Fflush(file_.root(), H5F_SCOPE_LOCAL); });
    });
    line_.emplace(
        columns_->size() + statistics_->parts(),
        [this](const Block& block) { return stored(block, schema_); },
        [this](std::size_t place, BlockLine::Blocks blocks) { take_in(place, blocks); });
  }

  void take(Block block) {
    in_file([&] {
      require_next(block, schema_, {range_.first + trials_, range_.end});
      append(block.chronicle);
      for (const FailedTrial& trial : block.failures) failures_.add(trial);
      trials_ += block.status.size();
      failed_ += static_cast<std::uint64_t>(std::ranges::count(block.status, Status::failed));
    });
    block.chronicle.clear();
    line_->push(std::move(block));
    // Where the others or the disk do not keep up, memory is bounded.
    while (is_behind() && helped([&] { return line_->help_or_wait(); })) {
    }
  }

  void take(const TurningPoints& points) { turning_points_ = points; }

  bool help(std::size_t least = together) {
    return helped([&] { return line_->help(least); });
  }

  void join(const std::filesystem::path& part) {
    catch_up();
    file_.guarded([&] {
      try {
        take_part(part);
      } catch (const hdf5::MachineError& error) {
        throw ResultsError(part, error.what(), Fault::machine);
      } catch (const hdf5::Error& error) {
        file_.require_disk();
        throw ResultsError(part, error.what());
      }
    });
  }

  /// Whatever is left to do with the blocks.
  void catch_up() {
    base::parallel_for(threads_, threads_, [&](std::size_t) {
      while (help(1)) {
      }
    });
  }

  void finish(Completion completion, const std::filesystem::path& name) {
    const bool planned = completion == Completion::complete || completion == Completion::shard;
    if (planned && trials_ < range_.end - range_.first) {
      throw std::logic_error("a run with fewer trials than planned is not complete");
    }
    file_.guarded([] {});  // refuses after an error
    catch_up();
    file_.guarded([&] {
      if (trials_ == 0) throw ResultsError(file_.path(), "no trial was finished");
      columns_->flush(threads_);
      chronicle_->flush();
      file_.require_disk();
      write_statistics(
          file_.root(), schema_,
          statistics_->results(
              [&](std::size_t column, const auto& consumer) { columns_->read(column, consumer); },
              threads_));
      write_failures(file_.root(), {{.failures = failures_.all()}}, PointAxis::absent);
      if (turning_points_) write_turning_points(file_.root(), *turning_points_);
      const bool whole = completion == Completion::complete || completion == Completion::precise;
      if (part_ || !whole) write_state(file_.root(), schema_, *statistics_);
      write_outcome_of_run(file_.root(), trials_, failed_, completion);
      if (part_) write_first_trial(file_.root(), range_.first);
      close_members();
      file_.close();
    });
    file_.publish(name);
  }

  [[nodiscard]] std::vector<std::uint8_t> image() const { return file_.bytes(); }
  [[nodiscard]] std::uint64_t trials() const { return trials_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }

 private:
  /// Blocks that a part takes in at a time, so that what it counts with stays near.
  static constexpr std::size_t together = 8;
  static constexpr std::size_t most_waiting = 24;
  /// Trials that are in no whole chunk of all columns are fewer than in one of these.
  static constexpr std::uint64_t most_unwritten = 2 * netcdf::chunk_values;

  /// Does a part of the work on the file, which no other thread may use. The first error is that of
  /// the file, which is not used any more.
  template <class Work>
  void in_file(Work&& work) {
    const std::scoped_lock lock(hdf5_);
    if (error_) std::rethrow_exception(error_);
    try {
      file_.guarded(work);
    } catch (...) {
      error_ = std::current_exception();
      throw;
    }
  }

  template <class Help>
  bool helped(Help&& help) {
    try {
      return help();
    } catch (...) {
      in_file([] { throw; });
      throw;
    }
  }

  [[nodiscard]] bool is_behind() const {
    return line_->waiting() > most_waiting + 2 * threads_ ||
           rows() - columns_->written() > most_unwritten;
  }
  /// Those that were given so far.
  [[nodiscard]] std::uint64_t rows() const {
    return rows_kept(schema_, range_.first + trials_) - rows_kept(schema_, range_.first);
  }

  /// Before the rows of these trials come: writing a chunk of rows releases their events.
  void append(const std::vector<ChronicleRow>& events) {
    chronicle_->append(events);
    if (rows_kept(schema_, range_.first) == rows_kept(schema_, range_.end)) {
      chronicle_->release(range_.end);
    }
  }

  void take_part(const std::filesystem::path& part) {
    const hdf5::Quiet quiet;
    const hdf5::Handle file = hdf5::open_file(part);
    const hdf5::Handle root = hdf5::open_group(file.id(), "/");
    const RunSummary run = read_root(root.id());
    const std::uint64_t first = range_.first + trials_;
    if (run.first != first || run.trials > range_.end - first) {
      throw std::logic_error("a part of a run is not the next one");
    }
    append(read_chronicle(root.id()));
    columns_->append_stored(root.id(),
                            rows_kept(schema_, first + run.trials) - rows_kept(schema_, first));
    for (const PointFailures& point : read_failures(root.id())) {
      for (const Failure& failure : point.failures) failures_.add(failure);
    }
    RunStatistics added(schema_);
    read_state(root.id(), added);
    statistics_->add(added);
    trials_ += run.trials;
    failed_ += run.failed;
  }

  void take_in(std::size_t part, BlockLine::Blocks blocks) {
    for (const auto& block : blocks) {
      if (part < columns_->size()) {
        columns_->append(part, *block);
      } else {
        statistics_->add(part - columns_->size(), *block);
      }
    }
  }

  /// Nothing of the file may be open when it is closed.
  void close_members() {
    chronicle_.reset();
    columns_.reset();
  }

  Schema schema_;
  std::optional<TrialRange> part_;
  TrialRange range_;  ///< that or all trials
  unsigned threads_;
  std::uint64_t trials_ = 0;
  std::uint64_t failed_ = 0;
  FailureCounts failures_;
  std::optional<TurningPoints> turning_points_;
  std::optional<RunStatistics> statistics_;
  std::mutex hdf5_;  ///< which serves one thread at a time
  NewFile file_;     // outlives its members
  std::exception_ptr error_;
  std::optional<TrialColumns> columns_;
  std::optional<ChronicleWriter> chronicle_;
  std::optional<BlockLine> line_;
};

RunWriter::RunWriter(const std::filesystem::path& path, const Schema& schema,
                     OverwritePolicy policy, unsigned threads, std::optional<TrialRange> part)
    : state_(std::make_unique<State>(path, schema, policy, threads, part)) {}

RunWriter::RunWriter(RunWriter&&) noexcept = default;
RunWriter& RunWriter::operator=(RunWriter&&) noexcept = default;
RunWriter::~RunWriter() = default;

void RunWriter::take(Block block) {
  state_->take(std::move(block));
}

void RunWriter::take(const TurningPoints& points) {
  state_->take(points);
}

bool RunWriter::help() {
  return state_->help();
}

void RunWriter::append(const Block& block) {
  take(block);
  while (help()) {
  }
}

void RunWriter::join(const std::filesystem::path& part) {
  state_->join(part);
}

void RunWriter::finish(Completion completion, const std::filesystem::path& name) {
  state_->finish(completion, name);
}

std::vector<std::uint8_t> RunWriter::image() const {
  return state_->image();
}

std::uint64_t RunWriter::trials() const {
  return state_->trials();
}

std::uint64_t RunWriter::failed() const {
  return state_->failed();
}

}  // namespace truce::results
