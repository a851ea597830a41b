#include "study/detail/memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

namespace truce::study {

namespace {

namespace fs = std::filesystem;

/// The least limit of the control groups (version 2) that hold this process; infinite without one.
double limit_of_groups() {
  double least = std::numeric_limits<double>::infinity();
  std::ifstream groups("/proc/self/cgroup");
  std::string line;
  while (std::getline(groups, line)) {
    constexpr std::string_view unified = "0::/";
    if (!line.starts_with(unified)) continue;
    const fs::path root = "/sys/fs/cgroup";
    for (fs::path group = root / line.substr(unified.size());; group = group.parent_path()) {
      std::ifstream limit(group / "memory.max");  // "max" is no number
      if (double bytes = 0; limit >> bytes) least = std::min(least, bytes);
      if (group == root || !group.has_relative_path()) break;
    }
  }
  return least;
}

}  // namespace

double memory_for_trials() {
  double bytes =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
    bytes = std::min(bytes, static_cast<double>(limit.rlim_cur));
  }
  return std::min(bytes, limit_of_groups()) / 2;
}

}  // namespace truce::study
