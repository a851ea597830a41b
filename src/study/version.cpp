#include "study/version.hpp"

#include <fmt/format.h>

#include <boost/version.hpp>

#include "truce_revision.hpp"

namespace truce::study {

std::string program_version() {
  return TRUCE_VERSION;
}

std::string git_revision() {
  return TRUCE_GIT_REVISION;
}

std::string build_description() {
  return fmt::format("{} {}, {}, HDF5 {}, yaml-cpp {}, Boost {}.{}.{}, fmt {}.{}.{}",
                     TRUCE_COMPILER, __VERSION__, TRUCE_BUILD_TYPE, TRUCE_HDF5_VERSION,
                     TRUCE_YAML_CPP_VERSION, BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000,
                     BOOST_VERSION % 100, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                     FMT_VERSION % 100);
}

}  // namespace truce::study
