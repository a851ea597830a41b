// Parameters that leave no spread, or make no distribution.
#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/family.hpp"

using namespace truce::engine;

TEST_CASE("distributions without spread give their one value") {
  const auto one = [](Family family, std::vector<double> p, double value) {
    CAPTURE(name_of(family));
    CHECK(parameter_problem(family, p).empty());
    for (const double u : {1e-12, 0.5, 1 - 1e-12}) CHECK(quantile(family, p, u) == value);
  };
  one(family_of("uniform"), {3, 3}, 3);
  one(family_of("triangular"), {3, 3, 3}, 3);
  one(family_of("pert"), {3, 3, 3}, 3);
  one(family_of("exponential"), {0}, 0);
  one(family_of("gamma"), {4, 0}, 4);
  one(family_of("gamma"), {0, 0}, 0);
  one(family_of("lognormal"), {4, 0}, 4);
  one(family_of("normal"), {-4, 0}, -4);
  one(family_of("weibull"), {2, 0}, 0);
  one(family_of("bernoulli"), {0}, 0);
  one(family_of("bernoulli"), {1}, 1);
  one(family_of("binomial"), {0, 0.5}, 0);
  one(family_of("binomial"), {7, 1}, 7);
  one(family_of("binomial"), {7, 0}, 0);
  one(family_of("poisson"), {0}, 0);
  one(family_of("geometric"), {1}, 0);
}

TEST_CASE("parameters that make no distribution are refused") {
  const auto refused = [](Family family, std::vector<double> p) {
    CAPTURE(name_of(family), p);
    CHECK_FALSE(parameter_problem(family, p).empty());
  };
  const double nan = std::nan("");
  refused(family_of("uniform"), {2, 1});
  refused(family_of("uniform"), {0, nan});
  refused(family_of("triangular"), {0, 3, 2});
  refused(family_of("triangular"), {1, 0, 2});
  refused(family_of("pert"), {0, 3, 2});
  refused(family_of("exponential"), {-1});
  refused(family_of("exponential"), {1 / 0.0});
  refused(family_of("gamma"), {-1, 1});
  refused(family_of("gamma"), {0, 1});
  refused(family_of("gamma"), {1, -1});
  refused(family_of("lognormal"), {0, 1});
  refused(family_of("weibull"), {0, 1});
  refused(family_of("normal"), {0, -1});
  refused(family_of("beta"), {0, 1});
  refused(family_of("bernoulli"), {1.1});
  refused(family_of("binomial"), {2.5, 0.5});
  refused(family_of("binomial"), {2e9, 0.5});
  refused(family_of("binomial"), {3, -0.1});
  refused(family_of("poisson"), {-1});
  refused(family_of("poisson"), {2e9});
  refused(family_of("geometric"), {0});
  refused(family_of("choice"), {});
  refused(family_of("choice"), {1, 0});
  refused(family_of("choice"), {1, -1, 2, 3});
  refused(family_of("gamma"), {1});
}
