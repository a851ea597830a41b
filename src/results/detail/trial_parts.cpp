#include "results/detail/trial_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truce::results {

void order_parts(std::vector<TrialPart>& parts, std::uint64_t trials,
                 const std::filesystem::path& path, const std::string& of) {
  std::ranges::stable_sort(parts, {}, [](const TrialPart& part) { return part.trials.first; });
  std::uint64_t next = 0;
  for (std::size_t i = 0; i <= parts.size(); ++i) {
    const std::uint64_t first = i < parts.size() ? parts[i].trials.first : trials;
    if (first < next) {
      throw ResultsError(parts[i].path,
                         fmt::format("has trial {}{}, as {} has: they are shares by different "
                                     "numbers of --shard K/N, or the same one",
                                     first, of, parts[i - 1].path.string()));
    }
    if (first > next) {
      const bool stopped = i > 0 && parts[i - 1].completion == Completion::interrupted;
      throw ResultsError(
          path, fmt::format("no shard has trials {} to {} of {}{}{}", next, first - 1, trials, of,
                            stopped ? fmt::format("; {} was interrupted: give its command again",
                                                  parts[i - 1].path.string())
                                    : ""));
    }
    if (i < parts.size()) next = parts[i].trials.end;
  }
}

}  // namespace truce::results
