#include "model/trial/column_plan.hpp"

#include <bit>
#include <limits>
#include <vector>

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

using Places = std::vector<std::uint32_t>;

Column of_expression(const Expr& expression, Column::Kind kind = Column::Kind::real) {
  return {.kind = kind, .source = ColumnSource::expression, .expression = expression};
}
Column of_measure(MeasureId id) {
  return {.source = ColumnSource::measure, .measure = id};
}

template <class From>
Places columns_of(const std::vector<From>& planned) {
  Places columns;
  for (const From& each : planned) columns.push_back(each.column);
  return columns;
}

}  // namespace

TEST_CASE("a column that needs no code is read from its register, all others are computed") {
  Model model = test::small_model(0, 0);
  const Expr plain = test::value_of(test::variable(model));
  Expr computed = plain;
  computed.form = Form::general;
  model.columns = {of_expression(computed), of_expression(plain),
                   of_expression(plain, Column::Kind::boolean),  // made 0 or 1
                   of_expression(test::constant(model, 7), Column::Kind::integer)};
  const ColumnPlan plan(model);
  CHECK(columns_of(plan.registers) == Places{1, 3});
  CHECK(plan.registers[0].index == plain.result);
  CHECK(plan.registers[1].index == -1);
  CHECK(plan.others == Places{0, 2});
}

TEST_CASE("measures are totals, but for integrals, which go on after they were read") {
  Model model = test::small_model(0, 0);
  for (const MeasureKind kind : {MeasureKind::peak, MeasureKind::integral, MeasureKind::first}) {
    model.columns.push_back(of_measure(model.measures.add({.kind = kind, .expression = {}})));
  }
  const ColumnPlan plan(model);
  CHECK(columns_of(plan.totals) == Places{0, 2});
  CHECK(plan.totals[1].measure == MeasureId{2});
  CHECK(columns_of(plan.integrals) == Places{1});
  CHECK(plan.integrals[0].measure == MeasureId{1});
}

TEST_CASE("what is told of the ending is computed, and what is read at it is kept apart") {
  Model model = test::small_model(0, 0);
  const MeasureId measure = model.measures.add({.kind = MeasureKind::integral, .expression = {}});
  model.columns = {{.source = ColumnSource::ending},
                   {.source = ColumnSource::cause},
                   {.source = ColumnSource::duration},
                   of_measure(measure),
                   of_expression(test::value_of(model.time))};
  CHECK(ColumnPlan(model).others == Places{0, 1, 2});
  for (Column& column : model.columns) column.at_ending = true;
  const ColumnPlan plan(model);
  CHECK(plan.at_ending == Places{0, 1, 2, 3, 4});
  CHECK(plan.others.empty());
  CHECK(plan.integrals.empty());
  CHECK(plan.registers.empty());
}

TEST_CASE("whole numbers are of 32 bits, all others any") {
  Model model = test::small_model(0, 0);
  const Expr plain = test::value_of(model.time);
  for (const Column::Kind kind :
       {Column::Kind::real, Column::Kind::integer, Column::Kind::boolean, Column::Kind::category}) {
    model.columns.push_back(of_expression(plain, kind));
  }
  model.columns[1].at_ending = true;  // it is a column all the same
  const ColumnPlan plan(model);
  REQUIRE(plan.most.size() == 4);
  CHECK(plan.most[1] >= std::bit_cast<std::uint64_t>(2147483647.0));
  CHECK(plan.most[1] < std::bit_cast<std::uint64_t>(2147483648.0));
  for (const std::size_t any : {0, 2, 3}) {
    CHECK(plan.most[any] >= std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity()));
  }
}
