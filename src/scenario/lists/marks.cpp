#include "scenario/lists/marks.hpp"

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "scenario/text/letters.hpp"

namespace truce::scenario {

namespace {

constexpr std::array<std::string_view, 5> aggregates = {"sum", "any", "all", "min", "max"};

std::string_view name_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || !starts_name(text[at])) return {};
  std::size_t end = at;
  while (end < text.size() && continues_name(text[end])) ++end;
  return text.substr(at, end - at);
}

std::size_t past_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
  return at;
}

/// Offset of the parenthesis that closes what is open before `at`; npos where none does.
std::size_t closing(std::string_view text, std::size_t at) {
  std::size_t depth = 1;
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at;
    }
  }
  return text.npos;
}

struct Call {
  std::string_view function, first;  ///< its name and that which begins its arguments
  std::size_t behind = 0;            ///< offset behind `first` and blanks
};

/// The call of an aggregating function that begins at this offset, with a name as first argument.
std::optional<Call> call_at(std::string_view text, std::size_t at) {
  if (at > 0 && (continues_name(text[at - 1]) || text[at - 1] == '.')) return std::nullopt;
  Call call{.function = name_at(text, at), .first = {}};
  if (std::ranges::find(aggregates, call.function) == aggregates.end()) return std::nullopt;
  const std::size_t open = past_blanks(text, at + call.function.size());
  if (open >= text.size() || text[open] != '(') return std::nullopt;
  const std::size_t first = past_blanks(text, open + 1);
  call.first = name_at(text, first);
  if (call.first.empty()) return std::nullopt;
  call.behind = past_blanks(text, first + call.first.size());
  return call;
}

}  // namespace

std::optional<ListMark> next_mark(std::string_view text, std::size_t from, const NameLists& lists,
                                  TextKind kind) {
  if (text.size() > base::longest_expression) kind = TextKind::reader;  // the parser refuses it
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '<') {
      const std::string_view name = name_at(text, at + 1);
      const std::size_t end = at + 1 + name.size();
      if (!name.empty() && end < text.size() && text[end] == '>') {
        return ListMark{.begin = at, .end = end + 1, .list = name, .function = {}, .body = {}};
      }
    } else if (kind == TextKind::expression && starts_name(text[at])) {
      const auto call = call_at(text, at);
      if (!call || call->behind >= text.size() || text[call->behind] != ',' ||
          lists.find(call->first) == nullptr) {
        continue;
      }
      const std::size_t end = closing(text, call->behind + 1);
      if (end == text.npos) {  // the parser tells of it
        kind = TextKind::reader;
        continue;
      }
      return ListMark{.begin = at,
                      .end = end + 1,
                      .list = call->first,
                      .function = call->function,
                      .body = text.substr(call->behind + 1, end - call->behind - 1)};
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> no_list_in(std::string_view text, const NameLists& lists) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!starts_name(text[at])) continue;
    const auto call = call_at(text, at);
    const bool only_aggregates = call && call->function != "min" && call->function != "max";
    if (only_aggregates && lists.find(call->first) == nullptr) return call->first;
  }
  return std::nullopt;
}

}  // namespace truce::scenario
