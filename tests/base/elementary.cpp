#include "base/elementary.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "support/catch.hpp"

/// Against 50 digits; bounds are those of elementary.hpp.
namespace el = truce::base::elementary;

namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

class Arguments {
 public:
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 11U) * 0x1p-53;
  }
  /// Of either sign, from e^low to e^high.
  double of_size(double low, double high) {
    return (random_() % 2 == 0 ? 1 : -1) * std::exp(between(low, high));
  }

 private:
  std::mt19937_64 random_{1};
};

double units_off(double value, const Exact& exact) {
  int exponent = 0;
  std::frexp(static_cast<double>(exact), &exponent);
  const double unit = std::ldexp(1.0, std::max(exponent - 53, -1074));
  return static_cast<double>(abs(Exact(value) - exact) / unit);
}

template <class Function, class Reference, class Draw>
double worst(int count, Function function, Reference reference, Draw draw) {
  double most = 0;
  for (int i = 0; i < count; ++i) {
    const double x = draw();
    most = std::max(most, units_off(function(x), reference(Exact(x))));
  }
  return most;
}

#define REFERENCE(name) [](const Exact& x) { return Exact(name(x)); }

}  // namespace

TEST_CASE("elementary functions are within their bounds of the exact value") {
  Arguments a;
  CHECK(worst(4000, el::exp, REFERENCE(exp), [&] { return a.between(-708, 709); }) < 0.55);
  CHECK(worst(2000, el::exp, REFERENCE(exp), [&] { return a.between(-1, 1); }) < 0.55);
  CHECK(worst(1000, el::exp, REFERENCE(exp), [&] { return a.between(-745, -708); }) < 0.8);
  CHECK(worst(4000, el::log, REFERENCE(log), [&] { return std::fabs(a.of_size(-700, 700)); }) <
        0.8);
  CHECK(worst(4000, el::log, REFERENCE(log), [&] { return a.between(0.98, 1.02); }) < 0.8);
  CHECK(worst(200, el::log, REFERENCE(log), [&] { return a.between(0, 1e-308); }) < 0.8);
  CHECK(worst(2000, el::log10, REFERENCE(log10), [&] { return std::fabs(a.of_size(-700, 700)); }) <
        0.501);
  CHECK(worst(2000, el::log1p, REFERENCE(log1p), [&] { return a.between(-1, 3); }) < 1.1);
  CHECK(worst(2000, el::log1p, REFERENCE(log1p), [&] { return a.of_size(-40, -0.01); }) < 1.1);
  CHECK(worst(2000, el::expm1, REFERENCE(expm1), [&] { return a.between(-45, 45); }) < 2.1);
  CHECK(worst(4000, el::expm1, REFERENCE(expm1), [&] { return a.of_size(-40, 1); }) < 2.1);
  CHECK(worst(1000, el::tanh, REFERENCE(tanh), [&] { return a.of_size(-40, 3); }) < 3);
  CHECK(worst(1000, el::atanh, REFERENCE(atanh), [&] { return a.between(-1, 1); }) < 3);
}

TEST_CASE("powers are within half a unit and a little of the exact value") {
  Arguments a;
  double y = 0;
  const auto power = [&](double x) { return el::pow(x, y); };
  const auto reference = [&](const Exact& x) { return Exact(pow(x, Exact(y))); };
  CHECK(worst(3000, power, reference, [&] {
          y = a.between(-34, 34);
          return std::fabs(a.of_size(-20, 20));
        }) < 0.51);
  CHECK(worst(3000, power, reference, [&] {
          y = a.between(-60000, 60000);
          return a.between(0.99, 1.01);
        }) < 0.51);
  CHECK(el::pow(10, 22) == 1e22);
  CHECK(el::pow(-2, 3) == -8);
}

TEST_CASE("circular functions are rounded correctly but for ties") {
  Arguments a;
  CHECK(worst(500, el::sin, REFERENCE(sin), [&] { return a.between(-1e5, 1e5); }) < 0.501);
  CHECK(worst(500, el::cos, REFERENCE(cos), [&] { return a.between(-10, 10); }) < 0.501);
  CHECK(worst(200, el::cos, REFERENCE(cos), [&] { return a.between(1.57, 1.571); }) < 0.501);
  CHECK(worst(500, el::tan, REFERENCE(tan), [&] { return a.between(-10, 10); }) < 0.501);
  CHECK(worst(500, el::asin, REFERENCE(asin), [&] { return a.between(-1, 1); }) < 0.501);
  CHECK(worst(500, el::acos, REFERENCE(acos), [&] { return a.between(-1, 1); }) < 0.501);
  CHECK(worst(200, el::acos, REFERENCE(acos), [&] { return 1 - std::fabs(a.of_size(-36, -3)); }) <
        0.501);
  CHECK(worst(500, el::atan, REFERENCE(atan), [&] { return a.of_size(-20, 20); }) < 0.501);
}

TEST_CASE("elementary functions keep the rules of IEEE 754 at the ends of their domains") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(el::exp(0) == 1);
  CHECK(el::exp(-infinity) == 0);
  CHECK(el::exp(800) == infinity);
  CHECK(el::exp(-0x1.74910d52d3051p+9) == 0x1p-1074);
  CHECK(el::expm1(-infinity) == -1);
  CHECK(el::expm1(infinity) == infinity);
  CHECK(el::log(1) == 0);
  CHECK(el::log(0) == -infinity);
  CHECK(el::log(infinity) == infinity);
  CHECK(std::isnan(el::log(-1)));
  CHECK(std::isnan(el::log(nan)));
  CHECK(el::log1p(-1) == -infinity);
  CHECK(std::isnan(el::log1p(-2)));
  CHECK(el::log1p(infinity) == infinity);
  for (int i = -300; i <= 300; ++i) CHECK(el::log10(std::stod("1e" + std::to_string(i))) == i);
  CHECK(el::pow(nan, 0) == 1);
  CHECK(el::pow(1, nan) == 1);
  CHECK(el::pow(-1, infinity) == 1);
  CHECK(el::pow(0.5, infinity) == 0);
  CHECK(el::pow(0.5, -infinity) == infinity);
  CHECK(el::pow(-infinity, 3) == -infinity);
  CHECK(el::pow(-infinity, -3) == 0);
  CHECK(std::signbit(el::pow(-infinity, -3)));
  CHECK(el::pow(-infinity, 2) == infinity);
  CHECK(el::pow(0, -1) == infinity);
  CHECK(el::pow(-0.0, -1) == -infinity);
  CHECK(el::pow(-0.0, -2) == infinity);
  CHECK(el::pow(0, 2) == 0);
  CHECK(std::isnan(el::pow(-2, 0.5)));
  CHECK(el::pow(2, 1e300) == infinity);
  CHECK(el::pow(2, -1e300) == 0);
  CHECK(el::pow(2, 1e-300) == 1);
  CHECK(el::pow(2, -1074) == 0x1p-1074);
  CHECK(el::acos(1) == 0);
  CHECK(std::isnan(el::asin(1.1)));
  CHECK(std::isnan(el::sin(infinity)));
  CHECK(el::atanh(-1) == -infinity);
  CHECK(std::isnan(el::atanh(1.5)));
}

TEST_CASE("what is compiled into truce gets these functions under their names in C") {
  Arguments a;
  const auto differ = [&](auto of_c, auto ours, double low, double high) {
    int count = 0;
    for (int i = 0; i < 20000; ++i) {
      const double x = a.between(low, high);
      if (of_c(x) != ours(x)) ++count;
    }
    return count;
  };
  // The C library's would differ in a few of so many.
  CHECK(differ([](double x) { return std::log(x); }, el::log, 0.95, 1.05) == 0);
  CHECK(differ([](double x) { return std::expm1(x); }, el::expm1, -1, 1) == 0);
  CHECK(differ([](double x) { return std::tanh(x); }, el::tanh, -3, 3) == 0);
}
