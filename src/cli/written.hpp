#pragma once

#include <filesystem>

#include "cli/json.hpp"

namespace truce::cli {

/// What verbs that write files tell of what they have written.
struct Telling {
  bool quiet = false;
  bool json = false;  ///< told in spite of `quiet`
};

/// Prints the name of the file or folder; as JSON {"written": NAME, "bytes": N} and what else is
/// `known`, for a folder with its "files", each with "name", "bytes" and, of CSV, its "rows" below
/// the line of names.
void print_written(const std::filesystem::path& path, const Telling& telling,
                   const Json& known = Json::object());

}  // namespace truce::cli
