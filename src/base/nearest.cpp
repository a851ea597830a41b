#include "base/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace truce::base {

namespace {

/// No name is longer; it also bounds the work that a hostile file can ask for.
constexpr std::size_t longest_word = 64;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Optimal string alignment: the least number of insertions, deletions, substitutions and swaps of
/// neighbours, upper and lower case being the same; any number above `limit` if it is more than
/// that. Both words have at most `longest_word` letters.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  using Row = std::array<std::size_t, longest_word + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1])) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    // No row's least is below the least before it, swaps included.
    if (least > limit) return limit + 1;
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::string* best = nullptr;
  // Exclusive: only a distance below counts.
  std::size_t bound = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    if (candidate.empty() || candidate.size() > longest_word) continue;
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer - shorter >= bound) continue;
    const std::size_t found = distance(word, candidate, bound - 1);
    // Words that share no letter are not near, however short.
    if (found >= bound || found >= longer) continue;
    best = &candidate;
    bound = found;
    if (found == 0) break;
  }
  return best ? *best : std::string();
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near.empty() ? std::string() : "did you mean '" + near + "'?";
}

std::string name_hint(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t most_listed = 12;
  std::string hint = did_you_mean(word, candidates);
  if (candidates.empty() || (!hint.empty() && candidates.size() == 1)) return hint;
  hint += hint.empty() ? "there are " : " There are ";
  if (candidates.size() == 1) hint = "there is only ";
  for (std::size_t i = 0; i < candidates.size() && i < most_listed; ++i) {
    hint += (i == 0 ? "" : ", ") + candidates[i];
  }
  if (candidates.size() > most_listed) {
    hint += " and " + std::to_string(candidates.size() - most_listed) + " more";
  }
  return hint;
}

}  // namespace truce::base
