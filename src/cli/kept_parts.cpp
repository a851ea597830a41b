#include "cli/kept_parts.hpp"

#include <fmt/format.h>

#include "study/run_parts.hpp"

namespace truce::cli {

std::string kept_text(const std::filesystem::path& output, const std::string& what) {
  if (!study::keeps_parts(output)) return fmt::format("; no {} were finished", what);
  return fmt::format("; finished {} are kept in {}; the same command goes on from there", what,
                     study::parts_folder(output).string());
}

std::string told_with_kept(const results::ResultsError& error, const std::filesystem::path& output,
                           const std::string& what) {
  // Whatever is wrong with the input, nothing has been run.
  const bool kept = study::keeps_parts(output) && error.fault() == results::Fault::machine;
  return error.what() + (kept ? kept_text(output, what) : "");
}

}  // namespace truce::cli
