#include "base/date.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace truce::base {

bool has_form_of_date(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  const auto fits = [](char c, char of) { return of == '0' ? c >= '0' && c <= '9' : c == of; };
  return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), fits);
}

std::optional<std::int64_t> days_since_1970(std::string_view date) {
  if (!has_form_of_date(date)) return {};
  const auto number = [&](std::size_t from, std::size_t size) {
    int value = 0;
    std::from_chars(date.data() + from, date.data() + from + size, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!day.ok()) return {};
  return std::chrono::sys_days(day).time_since_epoch().count();
}

}  // namespace truce::base
