#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "results/block.hpp"
#include "results/error.hpp"
#include "results/schema.hpp"
#include "results/trial_range.hpp"

namespace truce::results {

struct TurningPoints;

enum class OverwritePolicy : std::uint8_t {
  refuse,
  replace,
  in_memory  ///< no file is made: the path is a name for messages, and `image` has the bytes
};

/// Why a run has no more trials; the root attribute `completion`.
enum class Completion : std::uint8_t {
  complete,     ///< as many as planned
  precise,      ///< fewer were enough for the precision asked for
  interrupted,  ///< fewer
  shard,        ///< all of a part of those planned
};

/// Writes the file of a run, as results/README.md describes it. The work goes to a hidden file
/// beside it, which takes its name when finished: under that name there is the file that was there
/// before, or a whole one. The file's bytes follow from the schema and the trials, not from how
/// these are cut into blocks, nor from threads, nor from the parts that were joined into it. To be
/// used by one thread at a time, but for `help`.
class RunWriter {
 public:
  /// Checks all that can be known before the first trial: the folder, the name, the disk's free
  /// space and the schema. Finishes the file on so many threads, 0: as many as the machine has.
  /// Of a part of the trials where `part` is given: then, and where the run is interrupted, the
  /// file has what is needed to join it with others. Where it may end by itself before it has all
  /// trials, `at_least` says how many it will have, for which there must be space. Throws
  /// ResultsError.
  RunWriter(const std::filesystem::path& path, const Schema& schema, OverwritePolicy policy,
            unsigned threads = 0, std::optional<TrialRange> part = {},
            std::optional<std::uint64_t> at_least = {});
  RunWriter(RunWriter&&) noexcept;
  RunWriter& operator=(RunWriter&&) noexcept;
  /// Removes what is not finished.
  ~RunWriter();

  /// Takes the next block of trials, of which nearly all work is left to `help`. Throws
  /// ResultsError if the disk is full or a value does not fit its column, std::logic_error if the
  /// block is not the next one or misshapen; after either, and after `finish`, only the destructor
  /// may be called.
  void take(Block block);
  /// Does a piece of the work that blocks have left: conversion, statistics, compression. False
  /// where there is none at present. May be called by any threads, also while a block is taken.
  /// Throws as `take` does.
  bool help();
  /// Takes a block and does what can be done with it.
  void append(const Block& block);

  /// Keeps what is to be written as /turning_points.
  void take(const TurningPoints& points);

  /// Takes all trials of the next part of the same run from its file. Throws ResultsError where
  /// that is damaged, or not the next one.
  void join(const std::filesystem::path& part);

  /// Computes the statistics, closes the file and gives it its name, or another one in the same
  /// folder, where it replaces what is there; there must have been a trial. Throws ResultsError.
  void finish(Completion completion, const std::filesystem::path& name = {});

  /// After `finish`, of what was written in memory: the bytes of the file, without a seal.
  [[nodiscard]] std::vector<std::uint8_t> image() const;

  /// Trials appended, and those of them that failed.
  [[nodiscard]] std::uint64_t trials() const;
  [[nodiscard]] std::uint64_t failed() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::results
