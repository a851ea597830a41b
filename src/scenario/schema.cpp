#include "scenario/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/description.hpp"
#include "scenario/record.hpp"
#include "scenario/schema/value_forms.hpp"

namespace truce::scenario {

namespace {

using forms::Json;

/// Whether a mapping stands alone, or is merged over that of a base, which may hold what it lacks.
enum class Form { whole, derived };

/// Whether the names of entries are new ones, which have no dots.
bool declares_names(const Key& key) {
  const bool of_record =
      key.table == &Room<RecordedOutcome>::table || key.table == &Room<Series>::table;
  return key.table != nullptr && !of_record;
}

/// Defines every table once for each form in which it is used.
class Definitions {
 public:
  Json reference(const KeyTable& table, Form form) {
    const std::string id = id_of(table, form);
    if (!all_.contains(id)) {
      all_[id] = nullptr;  // keeps its place while what it uses is defined
      all_[id] = definition(table, form);
    }
    return {{"$ref", "#/definitions/" + id}};
  }

  [[nodiscard]] const Json& all() const { return all_; }

 private:
  static std::string id_of(const KeyTable& table, Form form);
  Json definition(const KeyTable& table, Form form);
  Json mapping(const KeyTable& table, Form form);
  Json property(const Key& key, Form form);
  Json value(const Key& key, Form form);

  Json all_ = Json::object();
};

std::string Definitions::id_of(const KeyTable& table, Form form) {
  std::string id = &table == &Room<Scenario>::table ? "scenario" : std::string(table.what);
  std::ranges::replace(id, ' ', '_');
  return form == Form::derived ? "derived_" + id : id;
}

Json Definitions::definition(const KeyTable& table, Form form) {
  Json whole = mapping(table, form);
  if (table.plain.empty()) return whole;
  return forms::any_of({value(*table.find(table.plain), form), std::move(whole)});
}

Json Definitions::mapping(const KeyTable& table, Form form) {
  Json required = Json::array();
  Json properties = Json::object();
  for (const Key& key : table.keys) {
    if (key.need == Need::must && form == Form::whole) required.push_back(key.name);
    properties[std::string(key.name)] = property(key, form);
  }
  if (&table == &Room<Scenario>::table) {
    properties["extends"] = {
        {"description",
         "path of a base scenario, relative to this file, or a list: each is laid over those "
         "before it"},
        {"anyOf", {{{"type", "string"}}, forms::array_of({{"type", "string"}})}}};
  }
  Json result{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) result["required"] = std::move(required);
  result["additionalProperties"] = false;
  if (table.others) {
    Json other = reference(*table.others, form);
    result["additionalProperties"] =
        form == Form::derived ? forms::or_null(std::move(other)) : other;
  }
  if (!table.one_of.empty() && form == Form::whole) {
    for (const std::string_view kind : table.one_of) {
      result["oneOf"].push_back({{"required", {kind}}});
    }
  }
  return result;
}

Json Definitions::property(const Key& key, Form form) {
  // What stands beside a $ref is not read, so descriptions go around it.
  Json described{{"description", key.summary}};
  const bool section = key.kind == ValueKind::list || key.kind == ValueKind::lists ||
                       key.kind == ValueKind::effects ||
                       (key.kind == ValueKind::entries && key.choices.empty());
  if (form == Form::derived || section) {
    described.update(forms::or_null(value(key, form)));
  } else if (key.kind == ValueKind::mapping) {
    described["allOf"] = Json::array({value(key, form)});
  } else {
    described.update(value(key, form));
  }
  return described;
}

Json Definitions::value(const Key& key, Form form) {
  switch (key.kind) {
    case ValueKind::text:
      return forms::text();
    case ValueKind::name:
      return forms::name();
    case ValueKind::names:
      return forms::any_of({forms::name(), forms::array_of(forms::name())});
    case ValueKind::pair: {
      Json pair = forms::array_of(key.refers == Refers::nothing ? forms::number() : forms::name());
      pair.update({{"minItems", 2}, {"maxItems", 2}});
      return pair;
    }
    case ValueKind::name_by_party:
      return forms::any_of(
          {forms::name(), forms::mapping_of(forms::name(), forms::name_pattern, {})});
    case ValueKind::value:
      return forms::expression(key.purpose);
    case ValueKind::flag:
      return {{"type", "boolean"}};
    case ValueKind::date:
      return forms::date();
    case ValueKind::texts:
      return forms::any_of({forms::text(), forms::array_of(forms::text())});
    case ValueKind::version:
      return {{"const", key.name == "record" ? record_version : language_version}};
    case ValueKind::mapping:
      return reference(*key.table, form);
    case ValueKind::entries: {
      Json each = key.table ? reference(*key.table, form) : forms::number();
      if (form == Form::derived) each = forms::or_null(std::move(each));
      return forms::mapping_of(
          each, declares_names(key) ? forms::name_pattern : forms::path_pattern, key.choices);
    }
    case ValueKind::lists: {
      Json each = forms::list();
      if (form == Form::derived) each = forms::or_null(std::move(each));
      return forms::mapping_of(each, forms::plain_name_pattern, {});
    }
    case ValueKind::list:  // a list is replaced, not merged
      return forms::array_of(key.table ? reference(*key.table, Form::whole) : forms::timeline());
    case ValueKind::effects:
      return forms::array_of(reference(*key.table, Form::whole));
    case ValueKind::choice:
      return forms::choice(key.choices);
  }
  return true;
}

}  // namespace

std::string json_schema() {
  Definitions definitions;
  const Json whole = definitions.reference(Room<Scenario>::table, Form::whole);
  const Json derived = definitions.reference(Room<Scenario>::table, Form::derived);
  const Json schema{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"title", fmt::format("truce scenario, version {} of the language", language_version)},
      {"type", "object"},
      // Where there are lists, an entry may be laid over a repeated one.
      {"if", forms::any_of({{{"required", {"extends"}}}, {{"required", {"lists"}}}})},
      {"then", derived},
      {"else", whole},
      {"definitions", definitions.all()}};
  return schema.dump(2) + "\n";
}

std::string record_json_schema() {
  Definitions definitions;
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", fmt::format("truce record, version {}", record_version)}};
  schema.update(definitions.reference(Room<Record>::table, Form::whole));
  // What stands beside a $ref is not read, as in `property`.
  schema["allOf"] = Json::array({{{"$ref", schema["$ref"]}}});
  schema.erase("$ref");
  schema["definitions"] = definitions.all();
  return schema.dump(2) + "\n";
}

}  // namespace truce::scenario
