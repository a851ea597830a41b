#include "model/trial/measures.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/contracts.hpp"
#include "support/measuring.hpp"

using namespace truce;
using namespace truce::model;
using test::Measuring;
using Written = test::WrittenMeasures;
using Row = std::vector<double>;

namespace {

using Segments = std::vector<std::pair<std::uint32_t, double>>;

/// The segments of a timeline: on which day it came to be what.
Segments segments(const TrialRecord& record, std::uint32_t timeline) {
  Segments of;
  for (const Segment& each : record.segments) {
    if (each.timeline == timeline) of.emplace_back(each.day, each.value);
  }
  return of;
}

}  // namespace

TEST_CASE("an integral is over time, a peak and a trough are of all times, the end's too") {
  Written written;
  const VariableId x = written.variable();
  for (const MeasureKind kind : {MeasureKind::integral, MeasureKind::peak, MeasureKind::trough}) {
    written.outcome(kind, x);
  }
  Measuring measuring(written);
  measuring.set(x, 2);
  measuring.set(x, 1, 1);
  measuring.set(x, 7, 4);
  measuring.set(x, 3, 6);
  CHECK(measuring.end(10).columns == Row{2 + 3 + 14 + 12, 7, 1});
  measuring.measures.reset();
  measuring.set(x, 8, 10);
  measuring.set(x, -1);
  CHECK(measuring.end(10).columns == Row{0, -1, -1});
}

TEST_CASE("what changes back within one time was never so, and what is not read is not known") {
  Written written;
  const VariableId x = written.variable();
  for (const MeasureKind kind : {MeasureKind::peak, MeasureKind::first, MeasureKind::timeline}) {
    written.outcome(kind, x);
  }
  written.model.first_timeline = MeasureId{2};
  Measuring measuring(written);
  measuring.set(x, 9);
  measuring.set(x, 0);
  TrialRecord record = measuring.end(3);
  CHECK(record.columns[0] == 0);
  CHECK(std::isnan(record.columns[1]));
  CHECK(segments(record, 0) == Segments{{0, 0}});
  measuring.measures.reset();
  record = measuring.end(4);
  CHECK(std::isnan(record.columns[0]));  // not without bounds
  CHECK(record.segments.empty());
}

TEST_CASE("the first time is the first that a condition holds") {
  Written written;
  const VariableId x = written.variable();
  written.outcome(MeasureKind::first, x);
  Measuring measuring(written);
  measuring.set(x, 1, 3.5);
  measuring.set(x, 0, 5);
  measuring.set(x, 1, 8);
  CHECK(measuring.end(10).columns == Row{3.5});
}

TEST_CASE("a timeline has the last value of each day up to which it changed") {
  Written written;
  const VariableId x = written.variable();
  const VariableId y = written.variable();
  written.outcome(MeasureKind::peak, x);
  written.model.first_timeline = written.measure(MeasureKind::timeline, x);
  written.measure(MeasureKind::timeline, y);
  Measuring measuring(written);
  measuring.set(x, 5);
  measuring.set(x, 6, 2);
  measuring.set(x, 7, 2.2);
  measuring.set(y, 1);
  measuring.set(x, 8, 2.9);
  measuring.set(x, 9, 3);
  measuring.set(x, 4, 4);
  measuring.set(x, 9);  // as it was
  measuring.set(x, 3, 7.5);
  const TrialRecord record = measuring.end(7.5);
  CHECK(segments(record, 0) == Segments{{0, 5}, {2, 6}, {3, 9}, {8, 3}});
  CHECK(segments(record, 1) == Segments{{3, 1}});
  CHECK(measuring.measures.state().segments.empty());
}

TEST_CASE("measures are restored to what they had read, and reset to nothing") {
  Written written;
  const VariableId x = written.variable();
  written.outcome(MeasureKind::integral, x);
  written.outcome(MeasureKind::peak, x);
  written.outcome(x).at_ending = true;
  written.model.first_timeline = written.measure(MeasureKind::timeline, x);
  Measuring measuring(written);
  measuring.set(x, 3);
  measuring.pass(2);
  const MeasuresState before = measuring.measures.state();
  measuring.set(x, 5);
  measuring.phases.end(EndingId{2});
  measuring.pass(4);
  measuring.measures.restore(before);
  CHECK(measuring.end(4).columns == Row{12, 3, 5});
  measuring.measures.restore(before);
  measuring.measures.reset();
  CHECK(measuring.measures.state().segments.empty());
  CHECK(measuring.end(4).columns[2] == 5);
  measuring.measures.reset();
  CHECK(measuring.measures.state().at_ending.empty());
}

TEST_CASE("a measure is not read before it was read last") {
  Written written;
  const VariableId x = written.variable();
  written.outcome(MeasureKind::integral, x);
  Measuring later(written);
  later.set(x, 1, 5);
  later.measures.read();
  Measuring measuring(written);
  measuring.measures.restore(later.measures.state());
  measuring.set(x, 2);
  test::check_broken([&] { measuring.measures.read(); }, "state.since <= world_.now()");
}
