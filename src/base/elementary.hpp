#pragma once

#include <string_view>

/// The elementary functions on which results depend, the same to the last bit on every processor,
/// with every compiler and at every optimisation: they use only additions, multiplications,
/// divisions and square roots, which IEEE 754 rounds correctly, and are compiled without
/// contraction. The C library's own differ by a unit here and there between processors and
/// versions. Libraries that are compiled into truce, such as Boost.Math, get these under their
/// names in C (symbols.cpp), and so does `std::exp` and its like in truce itself.
/// Errors in units of the last place are below 0.55 for exp (0.8 where the result is subnormal),
/// 0.8 for log, 0.51 for pow, 0.501 for log10 and circular functions, 1.1 for log1p, 2.1 for expm1
/// and 3 for tanh and atanh. What is outside a function's domain gives NaN, and ends of domains
/// what IEEE 754 says.
namespace truce::base::elementary {

/// Recorded in every result. It changes whenever a function gives another value.
inline constexpr std::string_view version = "truce elementary functions, v1";

double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double log10(double x);
double pow(double x, double y);

/// Angles in radians. Beyond |x| = 2^20 the error grows with |x|.
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double tanh(double x);
double atanh(double x);

}  // namespace truce::base::elementary
