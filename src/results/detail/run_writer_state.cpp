#include "results/detail/run_writer_state.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "base/parallel.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/group_turning_points.hpp"
#include "results/detail/netcdf.hpp"
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

/// Of these trials, before compression.
std::uint64_t raw_bytes(const Schema& schema, const TrialRange& trials) {
  std::uint64_t bytes = 9;
  for (const Column& column : schema.columns) {
    bytes += column.kind == ColumnKind::real ? 8 : column.kind == ColumnKind::integer ? 4 : 1;
  }
  return (bytes + 8 * drawn_count(schema)) * rows_kept(schema, trials);
}

constexpr std::size_t most_waiting = 24;
/// Trials that are in no whole chunk of all columns are fewer than in one of these.
constexpr std::uint64_t most_unwritten = 2 * netcdf::chunk_values;

}  // namespace

template <class Work>
void RunWriter::State::in_file(Work&& work) {
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
bool RunWriter::State::helped(Help&& help) {
  try {
    return help();
  } catch (...) {
    in_file([] { throw; });
    throw;
  }
}

RunWriter::State::State(const std::filesystem::path& path, const Schema& schema,
                        OverwritePolicy policy, unsigned threads, std::optional<TrialRange> part,
                        std::optional<std::uint64_t> at_least)
    : schema_(schema),
      part_(part),
      range_(part.value_or(TrialRange{0, schema.trials})),
      threads_(threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency())),
      file_(path, policy) {
  if (const auto problem = problem_of(schema)) throw ResultsError(path, *problem);
  // Of the scenarios that come with truce, the best compresses to a seventeenth, and most to a
  // sixth.
  constexpr std::uint64_t best_compression = 20;
  const std::uint64_t all = range_.end - range_.first;
  const std::uint64_t certain = std::min(all, at_least.value_or(all));
  file_.require_space(raw_bytes(schema, {range_.first, range_.first + certain}) / best_compression);
  file_.guarded([&] {
    statistics_.emplace(schema_);
    file_.create();
    write_run(file_.root(), schema_);
    columns_.emplace(file_.root(), schema_, range_.first, hdf5_);
    chronicle_.emplace(file_.root());
    columns_->on_written([this](std::uint64_t rows) { chronicle_->release(range_.first + rows); });
    hdf5::checked("write the file", [&] { return H5Fflush(file_.root(), H5F_SCOPE_LOCAL); });
  });
  line_.emplace(
      columns_->size() + statistics_->parts(),
      [this](const Block& block) { return stored(block, schema_); },
      [this](std::size_t place, BlockLine::Blocks blocks) { take_in(place, blocks); });
}

void RunWriter::State::take(Block block) {
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

bool RunWriter::State::help(std::size_t least) {
  return helped([&] { return line_->help(least); });
}

void RunWriter::State::catch_up() {
  base::parallel_for(threads_, threads_, [&](std::size_t) {
    while (help(1)) {
    }
  });
}

void RunWriter::State::finish(Completion completion, const std::filesystem::path& name) {
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

bool RunWriter::State::is_behind() const {
  return line_->waiting() > most_waiting + 2 * threads_ ||
         rows() - columns_->written() > most_unwritten;
}

std::uint64_t RunWriter::State::rows() const {
  return rows_kept(schema_, TrialRange{range_.first, range_.first + trials_});
}

void RunWriter::State::append(const std::vector<ChronicleRow>& events) {
  chronicle_->append(events);
  if (rows_kept(schema_, range_) == 0) {
    chronicle_->release(range_.end);
  }
}

void RunWriter::State::take_in(std::size_t part, BlockLine::Blocks blocks) {
  for (const auto& block : blocks) {
    if (part < columns_->size()) {
      columns_->append(part, *block);
    } else {
      statistics_->add(part - columns_->size(), *block);
    }
  }
}

void RunWriter::State::close_members() {
  chronicle_.reset();
  columns_.reset();
}

}  // namespace truce::results
