#include "fuzz/mutator.hpp"

#include <algorithm>
#include <array>

namespace truce::fuzz {

namespace {

constexpr std::size_t longest = 6000;

/// What readers may not expect.
constexpr std::array odd = {"0",    "-1",    "1e308",      "-1e-320",     "nan",   ".inf", "~",
                            "[]",   "{}",    "1e999",      "4294967296",  "null",  "'",    "\"",
                            "\t",   "\r\n",  "\xC3\xA9",   "\xFF",        "&a",    "*a",   "<<: *a",
                            "- ",   ": ",    "9999999999", "1 / 0",       "(((((", "#",    "|\n",
                            "true", "%YAML", "---\n",      "!!binary x ", "1 day", "1 %",  ","};

}  // namespace

std::size_t Mutator::below(std::size_t n) {
  return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
}

Mutator::Piece Mutator::piece_of(const std::string& text) {
  const std::size_t at = below(text.size() + 1);
  if (below(2) == 0) return {at, below(std::min<std::size_t>(text.size() - at, 40) + 1)};
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  std::size_t end = line;
  for (std::size_t lines = 1 + below(4); lines > 0 && end < text.size(); --lines) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  return {line, end - line};
}

void Mutator::change(std::string& text) {
  const Piece piece = piece_of(text);
  switch (below(6)) {
    case 0:
      text.erase(piece.at, piece.size);
      return;
    case 1:
      text.insert(below(text.size() + 1), text.substr(piece.at, piece.size));
      return;
    case 2:
      text.replace(piece.at, piece.size, one_of(words_));
      return;
    case 3:
      text.replace(piece.at, piece.size, odd[below(odd.size())]);
      return;
    case 4: {
      const std::string& other = one_of(inputs_);
      const Piece of_other = piece_of(other);
      text.replace(piece.at, piece.size, other.substr(of_other.at, of_other.size));
      return;
    }
    default:
      if (!text.empty()) text[below(text.size())] = static_cast<char>(below(256));
  }
}

std::string Mutator::next() {
  std::string text = one_of(inputs_);
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(text);
  if (text.size() > longest) text.resize(longest);
  return text;
}

}  // namespace truce::fuzz
