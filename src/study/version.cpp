#include "study/version.hpp"

#include <fmt/format.h>

#include <boost/version.hpp>
#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

#include "truce_revision.hpp"

namespace truce::study {

std::string program_version() {
  return TRUCE_VERSION;
}

std::string git_revision() {
  return TRUCE_GIT_REVISION;
}

namespace {

// exp and log come from the C library, which chooses their code by the processor: with fused
// multiplication and addition (x86-64 since 2013) the last digit may be another one than without.
std::string elementary_functions() {
#if defined(__GLIBC__) && defined(__x86_64__)
  return fmt::format("glibc {} {} FMA", gnu_get_libc_version(),
                     __builtin_cpu_supports("fma") ? "with" : "without");
#else
  return "another C library or processor than glibc on x86-64";
#endif
}

}  // namespace

std::string build_description() {
  return fmt::format("{} {}, {}, HDF5 {}, yaml-cpp {}, Boost {}.{}.{}, fmt {}.{}.{}, {}",
                     TRUCE_COMPILER, __VERSION__, TRUCE_BUILD_TYPE, TRUCE_HDF5_VERSION,
                     TRUCE_YAML_CPP_VERSION, BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000,
                     BOOST_VERSION % 100, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                     FMT_VERSION % 100, elementary_functions());
}

}  // namespace truce::study
