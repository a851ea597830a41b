#include "base/size_text.hpp"

#include "support/catch.hpp"

using truce::base::size_text;

TEST_CASE("sizes are told in the largest unit of which there is one") {
  CHECK(size_text(0) == "0.0 kB");
  CHECK(size_text(999) == "1.0 kB");
  CHECK(size_text(12.5e6) == "12.5 MB");
  CHECK(size_text(1e9) == "1.0 GB");
  CHECK(size_text(4.36e12) == "4.4 TB");
  CHECK(size_text(2e18) == "2000000.0 TB");
}
