#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace truce::fuzz {

/// Makes inputs that nearly are what others are: pieces left out, doubled, exchanged, and words and
/// odd numbers put in. It sees nothing of what they reach, as libFuzzer does, and needs no clang.
/// The same seed makes the same ones.
class Mutator {
 public:
  /// None of the inputs is needed to be sound; there must be one at least, and one word.
  Mutator(std::vector<std::string> inputs, std::vector<std::string> words, std::uint32_t seed)
      : inputs_(std::move(inputs)), words_(std::move(words)), random_(seed) {}

  std::string next();

 private:
  struct Piece {
    std::size_t at = 0;
    std::size_t size = 0;
  };

  std::size_t below(std::size_t n);
  const std::string& one_of(const std::vector<std::string>& all) { return all[below(all.size())]; }
  /// A stretch of bytes, or of lines.
  Piece piece_of(const std::string& text);
  void change(std::string& text);

  std::vector<std::string> inputs_;
  std::vector<std::string> words_;
  std::mt19937 random_;
};

}  // namespace truce::fuzz
