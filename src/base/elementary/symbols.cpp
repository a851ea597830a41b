#include "base/elementary.hpp"

/// The functions of elementary.hpp under their names in C, for libraries that are compiled into
/// truce. A program takes these before those of the C library; a shared library of truce keeps
/// them to itself.
namespace elementary = truce::base::elementary;

extern "C" {

double exp(double x) noexcept {
  return elementary::exp(x);
}
double expm1(double x) noexcept {
  return elementary::expm1(x);
}
double log(double x) noexcept {
  return elementary::log(x);
}
double log1p(double x) noexcept {
  return elementary::log1p(x);
}
double log10(double x) noexcept {
  return elementary::log10(x);
}
double pow(double x, double y) noexcept {
  return elementary::pow(x, y);
}
double sin(double x) noexcept {
  return elementary::sin(x);
}
double cos(double x) noexcept {
  return elementary::cos(x);
}
void sincos(double x, double* sine, double* cosine) noexcept {
  *sine = elementary::sin(x);
  *cosine = elementary::cos(x);
}
double tan(double x) noexcept {
  return elementary::tan(x);
}
double asin(double x) noexcept {
  return elementary::asin(x);
}
double acos(double x) noexcept {
  return elementary::acos(x);
}
double atan(double x) noexcept {
  return elementary::atan(x);
}
double tanh(double x) noexcept {
  return elementary::tanh(x);
}
double atanh(double x) noexcept {
  return elementary::atanh(x);
}

}  // extern "C"
