// What the row of a trial holds (Measures::write).

#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/measuring.hpp"

using namespace truce;
using namespace truce::model;
using test::Measuring;
using Written = test::WrittenMeasures;
using Row = std::vector<double>;

TEST_CASE("what is read at the ending stays as it was then") {
  Written written;
  const VariableId x = written.variable();
  for (const bool at_ending : {false, true}) {
    written.outcome(x).at_ending = at_ending;
    written.outcome(MeasureKind::integral, x).at_ending = at_ending;
    written.outcome(MeasureKind::peak, x).at_ending = at_ending;
  }
  Measuring measuring(written);
  measuring.set(x, 2);
  measuring.pass(5);
  measuring.phases.end(EndingId{2});
  measuring.set(x, 3);
  measuring.set(x, 4, 8);
  CHECK(measuring.end(10).columns == Row{4, 10 + 9 + 8, 4, 3, 10, 3});
  Measuring endless(written);
  endless.set(x, 2);
  CHECK(endless.end(10).columns == Row{2, 20, 2, 2, 20, 2});
}

TEST_CASE("a row tells how the trial ended, why, and when") {
  Written written;
  for (const ColumnSource source :
       {ColumnSource::ending, ColumnSource::cause, ColumnSource::duration}) {
    written.outcome({.kind = Column::Kind::category, .source = source});
  }
  Measuring measuring(written);
  measuring.pass(4);
  measuring.phases.collapse(CauseId{2});
  measuring.phases.conclude_collapse();
  measuring.pass(9);
  measuring.phases.stop();
  CHECK(measuring.end(9).columns == Row{1, 2, 4});
}

TEST_CASE("a boolean is 0 or 1, a whole number one of 32 bits, a real number any that is finite") {
  Written written;
  const VariableId x = written.variable();
  for (const auto kind : {Column::Kind::boolean, Column::Kind::real, Column::Kind::integer}) {
    written.outcome(x, kind);
  }
  Measuring measuring(written);
  for (const double most : {2147483647.0, -2147483647.0, 0.0}) {
    measuring.set(x, most);
    CHECK(measuring.end(0).columns == Row{most != 0 ? 1.0 : 0.0, most, most});
  }
  for (const double beyond : {2147483648.0, -2147483648.0, infinity}) {
    measuring.set(x, beyond);
    CHECK_THROWS_WITH(measuring.end(0), Catch::StartsWith("outcome 'shots' is ") &&
                                            Catch::Contains("beyond whole numbers of 32 bits"));
  }
  written.model.columns.pop_back();
  Measuring real(written);
  real.set(x, -infinity);
  CHECK(std::isnan(real.end(0).columns[1]));
}
