#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace truce::base {

/// The candidate nearest to `word` by edit distance (transpositions count once), if it is near
/// enough to be a likely misspelling; otherwise empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'x'?", or empty when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// The same with the first candidates listed, for where they are not to be seen: on a command line.
std::string name_hint(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace truce::base
