#include "scenario/lists/name_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_set>

#include "scenario/check/checker.hpp"
#include "scenario/mapping_reader.hpp"

namespace truce::scenario {

namespace {

constexpr long long most_items = 100'000;

/// A whole number as it is put in: no leading zeros, at most 15 digits.
std::optional<long long> whole(std::string_view text) {
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool plain = !digits.empty() && digits.size() < 16 && (digits == "0" || digits[0] != '0');
  if (error != std::errc() || end != text.data() + text.size() || !plain) return std::nullopt;
  return value;
}

/// "1..20" of two numbers with something else between them, as 1-20, 1:20, 1 .. 20 or 1...20.
std::string range_meant(std::string_view text) {
  const auto first = text.find_first_of(" .:-", 1);
  const auto last = text.find_last_of(" .:-");
  if (first == text.npos || last == text.npos || last < first) return {};
  if (text.substr(first, last - first + 1).find_first_not_of(" .:-") != text.npos) return {};
  if (!whole(text.substr(0, first)) || !whole(text.substr(last + 1))) return {};
  if (text.substr(first, last - first + 1) == ".") return {};  // a decimal fraction
  return fmt::format("{}..{}", text.substr(0, first), text.substr(last + 1));
}

/// Reads the items of one list.
class ListReader {
 public:
  ListReader(const std::string& name, Diagnostics& diagnostics)
      : name_(name), diagnostics_(diagnostics) {}

  std::vector<std::string> read(const Node& value) {
    if (value.is_sequence()) {
      for (const Node& item : value.items) add(item);
      if (value.items.empty()) {
        error(value.position, fmt::format("the list {} is empty", shown(name_)),
              "nothing could be repeated for it");
      }
    } else if (value.is_scalar() && value.text.find("..") != std::string::npos) {
      add(value);
    } else {
      std::string suggestion = "write [north, south] or 1..20";
      if (value.is_scalar()) {
        const auto range = range_meant(value.text);
        suggestion = fmt::format("write {}", range.empty() ? "[" + value.text + "]" : range);
      } else if (value.is_null()) {
        suggestion = "write [north, south] or 1..20; inside { } a comma begins the next list";
      }
      error(value.position,
            fmt::format("the list {}: expected a list or a range, found {}", shown(name_),
                        described(value)),
            {}, suggestion);
    }
    if (items_.empty()) items_.push_back(is_name(name_) ? name_ : "item");
    return std::move(items_);
  }

 private:
  void add(const Node& item) {
    const std::string& text = item.text;
    const auto dots = text.find("..");
    if (!item.is_scalar()) {
      return error(item.position, fmt::format("the list {}: expected a name or a whole number, "
                                              "found {}",
                                              shown(name_), described(item)));
    }
    if (dots != std::string::npos) return add_range(item, dots);
    if (is_name(text) || whole(text)) {
      add(text, item.position);
      return;
    }
    const auto range = range_meant(text);
    error(item.position, fmt::format("{} is no name and no whole number", shown(text)),
          "items of lists are one or the other",
          range.empty() ? std::string() : fmt::format("write {}", range));
  }

  void add_range(const Node& item, std::size_t dots) {
    const auto from = whole(std::string_view(item.text).substr(0, dots));
    const auto to = whole(std::string_view(item.text).substr(dots + 2));
    if (!from || !to) {
      const auto meant = range_meant(item.text);
      return error(item.position, fmt::format("{} is no range", shown(item.text)),
                   "a range is A..B of whole numbers",
                   meant.empty() ? std::string() : fmt::format("write {}", meant));
    }
    if (*from > *to) {
      return error(item.position, fmt::format("the range {} runs backward", item.text), {},
                   fmt::format("write {}..{}", *to, *from));
    }
    if (*to - *from >= most_items) {
      return error(item.position,
                   fmt::format("the range {} has more than 100,000 numbers", item.text));
    }
    for (long long number = *from; number <= *to; ++number) {
      if (!add(fmt::format("{}", number), item.position)) return;
    }
  }

  bool add(std::string text, const Position& position) {
    if (!seen_.insert(text).second) {
      error(position,
            fmt::format("the item {} stands twice in the list {}", shown(text), shown(name_)));
      return false;
    }
    if (items_.size() == most_items) {
      error(position, fmt::format("the list {} has more than 100,000 items", shown(name_)));
      return false;
    }
    items_.push_back(std::move(text));
    return true;
  }

  void error(const Position& position, std::string problem, std::string why = {},
             std::string suggestion = {}) {
    diagnostics_.error(position, std::move(problem), std::move(why), std::move(suggestion));
  }

  const std::string& name_;
  Diagnostics& diagnostics_;
  std::vector<std::string> items_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

NameLists::NameLists(const Node& lists, Diagnostics& diagnostics) {
  if (!lists.is_mapping() && !lists.is_null()) {
    diagnostics.error(
        lists.position,
        fmt::format("'lists': expected a mapping of lists, found {}", described(lists)), {},
        "write {NAME: [north, south]} or {NAME: 1..20}");
  }
  std::size_t total = 0;
  for (const Node::Entry& entry : lists.entries) {
    auto items = ListReader(entry.key, diagnostics).read(entry.value);
    total += items.size();
    if (total > static_cast<std::size_t>(most_items)) {
      diagnostics.error(entry.key_position, "the lists have more than 100,000 items in all");
      items.resize(1);
      total = 0;
    }
    all_.emplace_back(entry.key, std::move(items));
  }
}

const std::vector<std::string>* NameLists::find(std::string_view name) const {
  const auto at = std::ranges::find_if(all_, [&](const auto& list) { return list.first == name; });
  if (at == all_.end()) return nullptr;
  if (!used(name)) used_.emplace_back(name);
  return &at->second;
}

bool NameLists::used(std::string_view name) const {
  return std::ranges::find(used_, name) != used_.end();
}

std::vector<std::string> NameLists::names() const {
  std::vector<std::string> names;
  for (const auto& [name, items] : all_) names.push_back(name);
  return names;
}

const std::string* item_of(const Bindings& bindings, std::string_view list) {
  for (auto at = bindings.rbegin(); at != bindings.rend(); ++at) {
    if (at->first == list) return &at->second;
  }
  return nullptr;
}

std::string to_string(const Bindings& bindings) {
  std::string text;
  for (const auto& [list, item] : bindings) {
    if (&item != item_of(bindings, list)) continue;
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", list, item);
  }
  return text;
}

}  // namespace truce::scenario
