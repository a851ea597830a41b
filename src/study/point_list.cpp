#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "truce/study/design.hpp"

namespace truce::study {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    fields.push_back(trimmed(line.substr(at, end - at)));
    at = end + 1;
  }
  return fields;
}

[[noreturn]] void refuse(std::size_t line, const std::string& why) {
  throw std::invalid_argument(fmt::format("line {}: {}", line, why));
}

}  // namespace

PointList read_point_list(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  PointList list;
  std::vector<double> values;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (trimmed(line).empty()) continue;
    const auto fields = fields_of(line);
    if (list.names.empty()) {
      for (const std::string_view field : fields) {
        if (field.empty()) refuse(number, "a name is missing");
        if (std::ranges::find(list.names, field) != list.names.end()) {
          refuse(number, fmt::format("the name '{}' stands there twice", field));
        }
        list.names.emplace_back(field);
      }
      continue;
    }
    if (fields.size() != list.names.size()) {
      refuse(number, fmt::format("{} values for {} names", fields.size(), list.names.size()));
    }
    for (const std::string_view field : fields) {
      double value = 0;
      const auto [last, error] = std::from_chars(field.data(), field.data() + field.size(), value);
      if (error != std::errc() || last != field.data() + field.size() || !std::isfinite(value)) {
        refuse(number, fmt::format("'{}' is no finite number", field.substr(0, 60)));
      }
      values.push_back(value);
    }
  }
  if (values.empty()) throw std::invalid_argument("there are no points");
  const auto width = static_cast<Eigen::Index>(list.names.size());
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  list.values = Eigen::Map<const RowMajor>(values.data(),
                                           static_cast<Eigen::Index>(values.size()) / width, width);
  return list;
}

}  // namespace truce::study
