#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/contract.hpp"
#include "model/model.hpp"
#include "model/trial/saved.hpp"

namespace truce::model {

struct DependenciesState {
  std::vector<std::uint64_t> dirty;  ///< bits of what is to be read again, as in DirtyMask
  std::vector<std::uint8_t> holds;   ///< by condition: whether it held when it was read last
};

/// What is to be read again since one of its inputs has changed: conditions, rates and measures.
/// Whoever changes a variable marks it; whatever is taken is marked no more. What is not marked is
/// as it was read last.
class Dependencies : public Saved<DependenciesState> {
 public:
  explicit Dependencies(const DependencyGraph& graph) : graph_(graph) {
    state_.dirty.resize((graph.watchers.size() + DirtyMask::bits_per_word - 1) /
                        DirtyMask::bits_per_word);
    state_.holds.resize(graph.watchers.size());
  }
  /// Nothing is marked, and no condition holds.
  void reset() {
    std::ranges::fill(state_.dirty, 0);
    std::ranges::fill(state_.holds, std::uint8_t{0});
  }

  /// Marks what reads a variable that has changed.
  [[gnu::always_inline]] void changed(VariableId id) {
    const Range watchers = graph_.by_variable[id.index()];
    for (std::uint32_t i = watchers.begin; i < watchers.end; ++i) {
      const DirtyMask& marks = graph_.masks[i];
      state_.dirty[marks.word] |= marks.bits;
    }
  }
  void mark(WatcherId id) {
    TRUCE_EXPECT(id.index() < graph_.watchers.size());
    state_.dirty[id.index() / DirtyMask::bits_per_word] |= std::uint64_t{1}
                                                           << id.index() % DirtyMask::bits_per_word;
  }
  void mark_all() { mark(graph_.all); }
  void mark_clock_readers() { mark(graph_.clock_readers); }
  [[nodiscard]] bool any_reads_clock() const { return !graph_.clock_readers.empty(); }

  [[nodiscard]] const Watcher& operator[](WatcherId id) const {
    return graph_.watchers[id.index()];
  }

  /// Whether a condition is marked.
  [[nodiscard]] bool conditions_pending() const {
    std::uint64_t conditions = 0;
    for (std::size_t word = 0; word < graph_.first_rate_word; ++word) {
      conditions |= state_.dirty[word];
    }
    return conditions != 0;
  }
  /// Takes the first marked condition; an invalid id where there is none.
  [[nodiscard]] WatcherId take_condition() {
    for (std::size_t word = 0; word < graph_.first_rate_word; ++word) {
      std::uint64_t& dirty = state_.dirty[word];
      if (dirty == 0) continue;
      const WatcherId id{word * DirtyMask::bits_per_word +
                         static_cast<std::size_t>(std::countr_zero(dirty))};
      dirty &= dirty - 1;
      return id;
    }
    return {};
  }
  /// Takes all marked rates and calls `read` for each. Returns whether there were any.
  template <class Read>
  bool take_rates(const Read& read) {
    bool any = false;
    for (std::size_t word = graph_.first_rate_word; word < graph_.first_measure_word; ++word) {
      std::uint64_t rates = state_.dirty[word];
      if (rates == 0) continue;
      any = true;
      state_.dirty[word] = 0;
      for (; rates != 0; rates &= rates - 1) {
        read(graph_.watchers[word * DirtyMask::bits_per_word +
                             static_cast<std::size_t>(std::countr_zero(rates))]);
      }
    }
    return any;
  }
  /// Takes all marked measures and calls `read` for each.
  template <class Read>
  void take_measures(const Read& read) {
    for (std::size_t word = graph_.first_measure_word; word < state_.dirty.size(); ++word) {
      std::uint64_t measures = state_.dirty[word];
      state_.dirty[word] = 0;
      const std::size_t first = (word - graph_.first_measure_word) * DirtyMask::bits_per_word;
      for (; measures != 0; measures &= measures - 1) {
        read(MeasureId{first + static_cast<std::size_t>(std::countr_zero(measures))});
      }
    }
  }

  /// Whether the condition held when it was read last.
  [[nodiscard]] bool holds(WatcherId id) const {
    TRUCE_EXPECT(id.index() < state_.holds.size());
    return state_.holds[id.index()] != 0;
  }
  void set_holds(WatcherId id, bool holds) {
    TRUCE_EXPECT(id.index() < state_.holds.size());
    state_.holds[id.index()] = holds ? 1 : 0;
  }

 private:
  void mark(std::span<const DirtyMask> marks) {
    for (const DirtyMask& m : marks) state_.dirty[m.word] |= m.bits;
  }

  const DependencyGraph graph_;  ///< a copy: one indirection less
};

}  // namespace truce::model
