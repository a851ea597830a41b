#include "cli/keep_option.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace truce::cli {

void add_keep_option(CLI::App& verb, std::optional<std::uint64_t>& keep) {
  const auto take = [&keep](const std::string& text) {
    constexpr std::uint64_t most = base::most_trials;
    const auto number = text == "none" ? std::optional<std::uint64_t>(0) : base::whole_number(text);
    if (!number || *number > most) {
      throw CLI::ValidationError(
          "--keep", fmt::format("{} is neither a number of trials from 0 to {} nor 'none'",
                                base::shown(text), most));
    }
    keep = number;
  };
  verb.add_option_function<std::string>(
          "--keep", take,
          "rows of /trials: the first N of each point, or none; all else counts all trials")
      ->type_name("N");
}

}  // namespace truce::cli
