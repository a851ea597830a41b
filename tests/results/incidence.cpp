#include <cmath>

#include "results/detail/share_statistics.hpp"
#include "results/interval.hpp"
#include "support/catch.hpp"

using namespace truce::results;

TEST_CASE("Incidences are the shares of trials that have ended by a day's end") {
  ShareStatistics counted({"horizon", "collapsed", "never"}, 4);
  counted.add(1, 0);
  counted.add(1, 1);
  counted.add(1, 1.001);
  counted.add(0, 2.5);  // the horizon; days to 3
  const auto shares = counted.shares();
  CHECK(shares[1].count == 3);
  CHECK(shares[1].cumulative_incidence == std::vector<double>{0.25, 0.5, 0.75, 0.75});
  CHECK(shares[0].cumulative_incidence == std::vector<double>{0, 0, 0, 0.25});
  CHECK(shares[0].probability == 0.25);
  CHECK(shares[2].probability == 0);
  CHECK(shares[2].ci.high == Approx(wilson_interval(0, 4).high));
  CHECK(std::isnan(ShareStatistics({"x"}, 1).shares()[0].probability));
}
