#include "results/moments.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace truce::results;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("Moments are those of the definition, also far from zero") {
  Moments moments;
  for (const double x : {4.0, 7.0, 13.0, 16.0}) moments.add(1e9 + x);
  CHECK(moments.count() == 4);
  CHECK(moments.mean() == 1e9 + 10);
  CHECK(moments.sd() == Approx(std::sqrt(30.0)).epsilon(1e-12));
  CHECK(moments.standard_error() == Approx(std::sqrt(30.0) / 2).epsilon(1e-12));
  CHECK(moments.min() == 1e9 + 4);
  CHECK(moments.max() == 1e9 + 16);
}

TEST_CASE("Moments of too few or infinite numbers are not defined") {
  Moments moments;
  CHECK(std::isnan(moments.mean()));
  CHECK(std::isnan(moments.min()));
  moments.add(3);
  CHECK(moments.mean() == 3);
  CHECK(std::isnan(moments.sd()));
  moments.add(infinity);
  moments.add(1);
  CHECK(moments.mean() == infinity);
  CHECK(std::isnan(moments.sd()));
  moments.add(-infinity);
  CHECK(std::isnan(moments.mean()));
}

TEST_CASE("Skewness by hand") {
  Moments moments;
  for (const double x : {0.0, 0.0, 0.0, 4.0}) moments.add(x);
  CHECK(moments.skewness() == Approx(6 / std::pow(3.0, 1.5)));  // deviations -1, -1, -1, 3
  Moments constant;
  for (int i = 0; i < 3; ++i) constant.add(5);
  CHECK(constant.skewness() == 0);
}
