#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce::results {

/// Types of values in the file; numbers are little-endian, texts UTF-8 of variable length.
enum class StoredType : std::uint8_t { float64, int8, int32, int64, uint64, text };

std::string name_of(StoredType type);

/// The files that have a thing of the table.
enum class Files : std::uint8_t {
  all,
  all_by_point,  ///< with the axis `point` in front in those of studies
  runs,
  studies,
};

struct FileAttribute {
  std::string name;
  StoredType type = StoredType::text;
  std::string value = {};  ///< where it is always the same
  std::string when = {};   ///< those it describes always have it: none
  Files files = Files::all;
  bool list = false;          ///< of values, with one axis
  std::string since = "1.0";  ///< version of the format
};

struct FileVariable {
  std::string name;
  std::vector<std::string> axes;  ///< without the one that studies have in front
  StoredType type = StoredType::float64;
  std::vector<FileAttribute> attributes = {};
  Files files = Files::all;
  std::string when = {};      ///< its group always has it: none
  std::string since = "1.0";  ///< version of the format

  /// Whether it holds the values along the axis of its name.
  [[nodiscard]] bool is_coordinate() const { return axes.size() == 1 && axes.front() == name; }
};

struct FileGroup {
  std::string path;
  std::vector<FileVariable> variables;
  std::vector<FileAttribute> attributes = {};
  Files files = Files::all;
  std::string when = {};      ///< such files always have it: none
  std::string since = "1.0";  ///< version of the format
};

/// Attribute of all variables of reals, but coordinates.
inline constexpr const char* fill_value = "_FillValue";

/// All that a file of results can hold. Words in capitals (OUTCOME, NAME, SETTING) stand for names
/// of the scenario or study; a name without any goes before one with.
const std::vector<FileGroup>& file_table();

/// The table for people: at most `columns` wide, as long as names allow.
std::string file_table_text(std::size_t columns);
/// The same as JSON: {format, format_version, groups: [{path, since, in, when?, attributes,
/// variables: [{name, type, axes: {run, study}, ...}]}]}; `in` and `axes` name kinds of files.
std::string file_table_json();

}  // namespace truce::results
