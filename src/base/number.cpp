#include "base/number.hpp"

#include <charconv>
#include <cmath>

namespace truce::base {

namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || last != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<double> finite_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+') text.remove_prefix(1);
  const auto value = parsed<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  if (const auto value = parsed<std::uint64_t>(text)) return value;
  if (text.find_first_of("eE") == text.npos) return std::nullopt;
  constexpr double exact = 9007199254740992.0;  // 2^53: a double above may have been rounded
  const auto value = finite_number(text);
  if (!value || *value < 0 || *value > exact || *value != std::floor(*value)) return std::nullopt;
  return static_cast<std::uint64_t>(*value);
}

}  // namespace truce::base
