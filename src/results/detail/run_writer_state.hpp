#pragma once

#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "results/detail/block_line.hpp"
#include "results/detail/chronicle_writer.hpp"
#include "results/detail/new_file.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/failures.hpp"
#include "results/run_writer.hpp"
#include "results/turning_points.hpp"

namespace truce::results {

class RunWriter::State {
 public:
  State(const std::filesystem::path& path, const Schema& schema, OverwritePolicy policy,
        unsigned threads, std::optional<TrialRange> part, std::optional<std::uint64_t> at_least);

  void take(Block block);
  void take(const TurningPoints& points) { turning_points_ = points; }
  /// Blocks that a part takes in at a time, so that what it counts with stays near.
  static constexpr std::size_t together = 8;
  bool help(std::size_t least = together);
  void join(const std::filesystem::path& part);
  void finish(Completion completion, const std::filesystem::path& name);

  [[nodiscard]] std::vector<std::uint8_t> image() const { return file_.bytes(); }
  [[nodiscard]] std::uint64_t trials() const { return trials_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }

 private:
  /// Does a part of the work on the file, which no other thread may use. The first error is that of
  /// the file, which is not used any more.
  template <class Work>
  void in_file(Work&& work);
  template <class Help>
  bool helped(Help&& help);

  [[nodiscard]] bool is_behind() const;
  /// Those that were given so far.
  [[nodiscard]] std::uint64_t rows() const;

  /// Before the rows of these trials come: writing a chunk of rows releases their events.
  void append(const std::vector<ChronicleRow>& events);
  void take_in(std::size_t part, BlockLine::Blocks blocks);
  void take_part(const std::filesystem::path& part);
  /// Whatever is left to do with the blocks.
  void catch_up();
  /// Nothing of the file may be open when it is closed.
  void close_members();

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

}  // namespace truce::results
