#include "scenario/schema/value_forms.hpp"

#include <string>
#include <utility>

namespace truce::scenario::forms {

namespace {

constexpr const char* range_pattern = "^-?[0-9]+\\.\\.-?[0-9]+$";

}  // namespace

Json array_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

Json any_of(std::initializer_list<Json> forms) {
  return {{"anyOf", Json::array_t(forms)}};
}

Json choice(std::span<const std::string_view> words) {
  Json all = Json::array();
  for (const std::string_view word : words) all.push_back(word);
  return {{"enum", std::move(all)}};
}

Json date() {
  return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
}

Json or_null(Json value) {
  return any_of({std::move(value), {{"type", "null"}}});
}

Json text() {
  return {{"type", {"string", "number", "boolean"}}};
}

Json name() {
  return {{"type", "string"}, {"pattern", path_pattern}};
}

Json number() {
  return {{"type", {"number", "string"}}};
}

Json expression(Purpose purpose) {
  if (purpose == Purpose::probability) {
    return any_of({{{"type", "number"}, {"minimum", 0}, {"maximum", 1}}, {{"type", "string"}}});
  }
  if (purpose == Purpose::condition) return {{"type", {"boolean", "string"}}};
  return number();
}

Json mapping_of(const Json& value, const char* pattern, std::span<const std::string_view> words) {
  if (words.empty()) {
    return {{"type", "object"},
            {"propertyNames", {{"pattern", pattern}}},
            {"additionalProperties", value}};
  }
  Json properties;
  for (const std::string_view word : words) properties[std::string(word)] = value;
  return {{"type", "object"},
          {"minProperties", 1},
          {"properties", properties},
          {"additionalProperties", false}};
}

Json list() {
  const Json range{{"type", "string"}, {"pattern", range_pattern}};
  const Json name_of_item{{"type", "string"}, {"pattern", plain_name_pattern}};
  return any_of({range, array_of(any_of({{{"type", "integer"}}, name_of_item, range}))});
}

Json timeline() {
  return any_of({number(),
                 {{"type", "object"},
                  {"minProperties", 1},
                  {"maxProperties", 1},
                  {"additionalProperties", number()}}});
}

}  // namespace truce::scenario::forms
