#pragma once

#include <string>
#include <string_view>

namespace truce::cli {

// A text as it has to stand in a table of each format, so that it shows as it is. Control
// characters, line ends among them, become blanks; but CSV (RFC 4180) keeps all, in quotes.
std::string in_markdown(std::string_view text);
std::string in_csv(std::string_view text);
std::string in_latex(std::string_view text);
std::string in_html(std::string_view text);

}  // namespace truce::cli
