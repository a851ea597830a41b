#include "scenario/lists/text_filler.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"

namespace truce::scenario {

namespace {

constexpr int deepest_sum = 64;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == text.npos;
}

}  // namespace

void TextFiller::refuse(std::string problem, std::string why, std::string suggestion) {
  diagnostics_.error(position_, std::move(problem), std::move(why), std::move(suggestion));
  throw Refused{};
}

std::string TextFiller::filled(const Node& scalar, const Bindings& bindings, TextKind kind,
                               const Position& position, bool& sound) {
  position_ = position;
  try {
    if (kind == TextKind::expression) {
      if (const auto none = no_list_in(scalar.text, lists_)) {
        const auto advice = did_you_mean(std::string(*none), lists_.names());
        refuse(fmt::format("{} is no list", shown(std::string(*none))),
               "sum, any and all take a list's name first",
               advice.empty() ? "define it in 'lists'" : advice);
      }
    }
    Bindings inner = bindings;
    return fill(scalar.text, inner, kind, 0);
  } catch (const Refused&) {
    sound = false;
    return scalar.text;
  }
}

std::string TextFiller::filled_key(const std::string& key, const Bindings& bindings,
                                   const Position& position) {
  position_ = position;
  try {
    Bindings inner = bindings;
    return fill(key, inner, TextKind::reader, 0);
  } catch (const Refused&) {
    return key;
  }
}

std::string TextFiller::fill(std::string_view text, Bindings& bindings, TextKind kind, int depth) {
  if (depth > deepest_sum) refuse("sums over lists are nested deeper than 64 levels");
  std::string result;
  std::size_t at = 0;
  while (const auto mark = next_mark(text, at, lists_, kind)) {
    result += text.substr(at, mark->begin - at);
    result += mark->function.empty() ? placeholder(*mark, bindings, kind)
                                     : aggregate(*mark, bindings, depth);
    if (kind == TextKind::expression && result.size() > base::longest_expression) {
      refuse("with its lists written out the expression is longer than 65,536 bytes");
    }
    at = mark->end;
  }
  return result += text.substr(at);
}

std::string TextFiller::placeholder(const ListMark& mark, const Bindings& bindings, TextKind kind) {
  std::string written = fmt::format("<{}>", mark.list);
  if (const std::string* item = item_of(bindings, mark.list)) return *item;
  if (kind == TextKind::reader) return written;
  if (lists_.find(mark.list) != nullptr) {
    refuse(
        fmt::format("nothing repeats {} here", shown(written)),
        "no key above has it, and it stands in no list's item",
        fmt::format("write it in a key too, as in 'aid_{}:', or sum({}, ...)", written, mark.list));
  }
  const auto advice = did_you_mean(std::string(mark.list), lists_.names());
  refuse(fmt::format("{} stands for no list", shown(written)), {},
         advice.empty() ? "define it in 'lists'; in a comparison write blanks around '<' and '>'"
                        : advice);
}

std::string TextFiller::aggregate(const ListMark& mark, Bindings& bindings, int depth) {
  if (is_blank(mark.body)) {
    refuse(fmt::format("'{}({}, ...)' lacks what is repeated", mark.function, mark.list));
  }
  const bool of_function = mark.function == "min" || mark.function == "max";
  const std::string_view between = mark.function == "sum"   ? " + "
                                   : mark.function == "any" ? " or "
                                   : mark.function == "all" ? " and "
                                                            : ", ";
  const auto& items = *lists_.find(mark.list);
  const std::string_view body = mark.body.substr(mark.body.find_first_not_of(" \t\n"));
  std::string result = of_function && items.size() > 1 ? std::string(mark.function) + "(" : "(";
  for (std::size_t i = 0; i < items.size(); ++i) {
    bindings.emplace_back(mark.list, items[i]);
    const std::string copy = fill(body, bindings, TextKind::expression, depth + 1);
    bindings.pop_back();
    result += fmt::format("{}({})", i > 0 ? between : "", copy);
    if (result.size() > base::longest_expression) {
      refuse("with its lists written out the expression is longer than 65,536 bytes");
    }
  }
  return result + ")";
}

}  // namespace truce::scenario
