// The bits that gcc 12 and clang give on x86-64, and gcc 12 on aarch64.
#include <bit>
#include <cstdint>
#include <vector>

#include "engine/distributions.hpp"
#include "engine/random.hpp"
#include "engine/tabulated_quantile.hpp"
#include "support/catch.hpp"
#include "support/family.hpp"

using namespace truce;

namespace {

/// Of the bits of numbers.
class Checksum {
 public:
  void add(double x) { value_ = (value_ ^ std::bit_cast<std::uint64_t>(x)) * 0x100000001b3; }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 1;
};

struct Law {
  const char* family;
  std::vector<double> parameters;
  std::uint64_t searched, tabulated;  ///< checksums
};

}  // namespace

TEST_CASE("quantiles have the same bits on every processor") {
  engine::StreamState stream;
  const engine::TrialRandom random(1, 0);
  std::vector<double> u;
  for (int i = 0; i < 20'000; ++i) {
    u.push_back(random.uniform(engine::stream_key("q"), stream));
  }
  const std::vector<Law> laws = {
      {"exponential", {2}, 0x157374a1598048d3, 0x157374a1598048d3},
      {"uniform", {1, 4}, 0xd526bf8ecda6e188, 0xd526bf8ecda6e188},
      {"triangular", {0.2, 0.5, 2}, 0x9c3ebb25b6e5b976, 0x9c3ebb25b6e5b976},
      {"lognormal", {4, 3}, 0x03a43bbef128059b, 0x03a43bbef128059b},
      {"gamma", {4, 3}, 0x2064f926717e465a, 0x16d3fda07b12eb3f},
      {"beta", {9, 1}, 0xcd9632498c151ce6, 0x3fa682b71952bb7c},
      {"beta", {2.5, 3.7}, 0x068f9aa4679b1be3, 0xab3ebad04cd71deb},
      {"binomial", {40, 0.6}, 0xe2015c000aa17881, 0xe2015c000aa17881},
      {"weibull", {1.5, 3}, 0x453a98f890c2def1, 0x453a98f890c2def1},
      {"normal", {1, 2}, 0x6afd0dc976c85486, 0x6afd0dc976c85486},
      {"pert", {1, 2, 5}, 0xfa2c841d2316b70d, 0x30d4a136fd9728af},
      {"poisson", {7.5}, 0xe9975c000aa17881, 0xe9975c000aa17881},
      {"geometric", {0.3}, 0xd59e5c000aa17881, 0xd59e5c000aa17881},
      {"gamma", {0.5, 3}, 0x2625ee20121df21f, 0x2625ee20121df21f},
  };
  for (const Law& law : laws) {
    CAPTURE(law.family);
    engine::TabulatedQuantile fixed(family_of(law.family), law.parameters);
    Checksum searched;
    Checksum tabulated;
    for (const double x : u) {
      searched.add(engine::quantile(family_of(law.family), law.parameters, x));
      tabulated.add(fixed(x));
    }
    CHECK(searched.value() == law.searched);
    CHECK(tabulated.value() == law.tabulated);
  }
}
