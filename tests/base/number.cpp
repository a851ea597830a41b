#include "base/number.hpp"

#include "support/catch.hpp"

using namespace truce::base;

TEST_CASE("numbers are read whole or not at all") {
  CHECK(finite_number("-0.5") == -0.5);
  CHECK(finite_number("+3") == 3.0);
  CHECK(finite_number("4e2") == 400.0);
  for (const char* text : {"", " 1", "1 ", "1x", "+-1", "++1", "+", "nan", "inf", "1e999", "0x1"}) {
    CAPTURE(text);
    CHECK_FALSE(finite_number(text));
  }
}

TEST_CASE("whole numbers may have an exponent where that is exact") {
  CHECK(whole_number("0") == 0U);
  CHECK(whole_number("18446744073709551615") == ~std::uint64_t{0});
  CHECK(whole_number("1e6") == 1'000'000U);
  CHECK(whole_number("2.5e3") == 2500U);
  CHECK(whole_number("9e15") == 9'000'000'000'000'000U);
  for (const char* text : {"", "-1", "-1e3", "1.5", "1.0", "1e-1", "2.55e1", "1e17", "1e999",
                           "18446744073709551616", "100,000", "1_000", "ten", "e", "1e"}) {
    CAPTURE(text);
    CHECK_FALSE(whole_number(text));
  }
}
