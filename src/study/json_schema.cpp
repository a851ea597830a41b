#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "study/description.hpp"
#include "study/detail/study_keys.hpp"

namespace truce::study {

namespace {

using Json = nlohmann::ordered_json;

Json value_of(const scenario::Key& key) {
  using scenario::ValueKind;
  if (key.kind == ValueKind::version) return {{"const", study_version}};
  if (key.kind == ValueKind::value) return {{"type", "number"}};
  if (key.kind == ValueKind::list) return {{"type", "array"}, {"items", {{"type", "string"}}}};
  if (key.kind == ValueKind::pair) {
    return {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 2}, {"maxItems", 2}};
  }
  if (key.kind == ValueKind::choice) {
    Json words = Json::array();
    for (const auto word : key.choices) words.push_back(word);
    return {{"enum", words}};
  }
  if (key.name == "vary") {
    const Json assumption{
        {"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "number"}}}}}}};
    return {{"type", "object"}, {"additionalProperties", assumption}};
  }
  if (key.name == "fraction") return {{"enum", {"1/2", 1}}};
  if (key.name == "factors") {
    return {{"type", "object"}, {"additionalProperties", {{"type", {"string", "object"}}}}};
  }
  if (key.name == "variants") {
    return {{"type", "object"}, {"additionalProperties", {{"type", {"object", "null"}}}}};
  }
  return {{"type", {"string", "number", "boolean"}}};
}

Json mapping_of(const scenario::KeyTable& table) {
  Json required = Json::array();
  Json properties = Json::object();
  for (const scenario::Key& key : table.keys) {
    if (key.need == scenario::Need::must) required.push_back(key.name);
    Json value = key.table != nullptr ? mapping_of(*key.table) : value_of(key);
    value["description"] = key.summary;
    properties[std::string(key.name)] = std::move(value);
  }
  Json result{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) result["required"] = std::move(required);
  result["additionalProperties"] = false;
  return result;
}

}  // namespace

std::string json_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", fmt::format("truce study, version {} of the language", study_version)}};
  schema.update(mapping_of(keys::study));
  return schema.dump(2) + "\n";
}

}  // namespace truce::study
