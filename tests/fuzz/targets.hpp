#pragma once

#include <string_view>

namespace truce::fuzz {

/// Hand bytes to a reader of the program, as a user could. What is wrong with them may be refused
/// only by what the reader promises; a promise that does not hold ends the process.
void scenario(std::string_view text);  ///< checked, then three trials; read again as it is written
void expression(std::string_view text);  ///< as a level of a small scenario, in each unit
void study(std::string_view text);       ///< checked, with models of its first points
void record(std::string_view text);      ///< checked against a small scenario, then three trials
void csv(std::string_view text);         ///< a table, all of its columns as numbers
/// Edits of files of results, which are then read as a whole: see results.cpp.
void results(std::string_view edits);

/// Ends the process, with a word about the promise that does not hold.
void require(bool holds, const char* promise);

}  // namespace truce::fuzz
