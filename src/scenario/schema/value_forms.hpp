#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "scenario/keys.hpp"

/// What values of the language may look like, in JSON Schema.
namespace truce::scenario::forms {

using Json = nlohmann::ordered_json;

inline constexpr const char* plain_name_pattern = "^[A-Za-z_][A-Za-z0-9_]*$";
// With items of lists: `aid_<zone>`.
inline constexpr const char* name_pattern =
    "^([A-Za-z_]|<[A-Za-z_][A-Za-z0-9_]*>)([A-Za-z0-9_]|<[A-Za-z_][A-Za-z0-9_]*>)*$";
inline constexpr const char* path_pattern =
    "^([A-Za-z_]|<[A-Za-z_][A-Za-z0-9_]*>)([A-Za-z0-9_]|<[A-Za-z_][A-Za-z0-9_]*>)*"
    "(\\.([A-Za-z_]|<[A-Za-z_][A-Za-z0-9_]*>)([A-Za-z0-9_]|<[A-Za-z_][A-Za-z0-9_]*>)*)*$";

Json text();
Json name();
Json date();
/// A number or an expression.
Json number();
Json expression(Purpose purpose);
Json choice(std::span<const std::string_view> words);
/// The items of one of the section `lists`.
Json list();
Json timeline();
Json array_of(Json item);
/// A mapping of any names, or, where there are words, of those only.
Json mapping_of(const Json& value, const char* pattern, std::span<const std::string_view> words);
Json any_of(std::initializer_list<Json> forms);
/// A section may be empty; in a derived file null deletes.
Json or_null(Json value);

}  // namespace truce::scenario::forms
