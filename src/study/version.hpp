#pragma once

#include <string>

namespace truce::study {

/// "0.1.0"
std::string program_version();
/// Commit that the program was built from, with "-modified" where the tree had changes; "unknown"
/// outside of a repository.
std::string git_revision();
/// Compiler, build type and versions of the libraries.
std::string build_description();

}  // namespace truce::study
