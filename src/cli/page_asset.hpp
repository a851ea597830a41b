#pragma once

#include <string_view>

namespace truce::cli {

/// The page of `truce report` without its data, which belong in place of `data_place`; made from
/// the sources in page/ by their bundle.js.
std::string_view page_asset();
inline constexpr std::string_view data_place = "<!--truce:data-->";

}  // namespace truce::cli
