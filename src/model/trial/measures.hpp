#pragma once

#include <cstdint>
#include <vector>

#include "model/trial/column_plan.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

/// A measure with what it has measured so far.
struct MeasureState {
  Measure measure;
  std::uint32_t segment = ~std::uint32_t{0};  ///< the last one of a timeline
  double value = 0;
  double since = 0;
  double total = 0;
};

struct MeasuresState {
  std::vector<MeasureState> measures;
  std::vector<Segment> segments;
  std::vector<double> at_ending;  ///< what is read at the ending, once it has been
};

/// Outcomes and timelines. A measure is read when what it depends on has changed, once for all that
/// happens at one time, before time moves on; until it is read again its value is as it was read.
/// What is to be read at the ending is kept once everything at that time has been read.
class Measures : public Saved<MeasuresState> {
 public:
  Measures(World& world, const Phases& phases);
  void reset();

  /// Reads those of which an input has changed.
  void read() {
    world_.dependencies.take_measures([this](MeasureId id) { read(id); });
    if (phases_.over() && !plan_.at_ending.empty() && state_.at_ending.empty()) [[unlikely]]
      keep_ending();
  }
  /// Writes the row of the trial, which has ended. Segments are given away.
  void write(TrialRecord& record);

 private:
  void read(MeasureId id);
  void keep_ending();
  [[nodiscard]] double value_of(std::uint32_t column);
  void read_timeline(MeasureId id, MeasureState& measure, double x);
  [[nodiscard]] double other_column(const Column& column);
  /// Names the first column of whole numbers that holds none, or too large a one.
  [[gnu::cold]] void refuse_whole(const std::vector<double>& row) const;

  World& world_;
  const Phases& phases_;
  const ColumnPlan plan_;
  std::vector<MeasureState> unread_;  ///< what measures start as
};

}  // namespace truce::model
