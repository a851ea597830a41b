#include <fmt/format.h>

#include <limits>

#include "scenario/expressions/folding.hpp"
#include "scenario/record/check_record.hpp"

namespace truce::scenario {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Values between two bounds, each of which may belong to them or not.
struct ValueRange {
  double low = -unbounded;
  double high = unbounded;
  bool above_low = false;   ///< `low` itself does not belong
  bool below_high = false;  ///< nor does `high`

  [[nodiscard]] bool empty() const {
    return low > high || (low == high && (above_low || below_high));
  }
  [[nodiscard]] ValueRange with(const ValueRange& other) const {
    ValueRange both = *this;
    if (other.low > low || (other.low == low && other.above_low)) {
      both.low = other.low;
      both.above_low = other.above_low;
    }
    if (other.high < high || (other.high == high && other.below_high)) {
      both.high = other.high;
      both.below_high = other.below_high;
    }
    return both;
  }
};

/// What a fact says of one name, from day to day.
struct NameBound {
  std::string name;
  ValueRange range;
  const Fact* fact;
};

std::optional<ValueRange> range_of(std::string_view op, double x) {
  if (op == "<") return ValueRange{.high = x, .below_high = true};
  if (op == "<=") return ValueRange{.high = x};
  if (op == ">") return ValueRange{.low = x, .above_low = true};
  if (op == ">=") return ValueRange{.low = x};
  if (op == "==") return ValueRange{.low = x, .high = x};
  return std::nullopt;
}

/// The same with its sides changed.
std::string_view turned(std::string_view op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  if (op == ">=") return "<=";
  return op;
}

/// Comparisons of names with numbers, all of which the condition asks for.
void add_bounds(const Expression& e, const Fact& fact, std::vector<NameBound>& bounds) {
  if (e.kind == Expression::Kind::name) {
    bounds.push_back({e.text, {.low = 0, .above_low = true}, &fact});
  } else if (e.kind == Expression::Kind::unary && e.text == "not" &&
             e.children[0].kind == Expression::Kind::name) {
    bounds.push_back({e.children[0].text, {.low = 0, .high = 0}, &fact});
  }
  if (e.kind != Expression::Kind::binary) return;
  const Expression& left = e.children[0];
  const Expression& right = e.children[1];
  if (e.text == "and") {
    add_bounds(left, fact, bounds);
    add_bounds(right, fact, bounds);
    return;
  }
  const bool name_first = left.kind == Expression::Kind::name;
  const Expression& name = name_first ? left : right;
  const auto x = constant_value(name_first ? right : left);
  if (name.kind != Expression::Kind::name || !x) return;
  if (const auto range = range_of(name_first ? std::string_view(e.text) : turned(e.text), *x)) {
    bounds.push_back({name.text, *range, &fact});
  }
}

std::string text_of(const ValueRange& range) {
  if (range.low == range.high) return fmt::format("{}", range.low);
  if (range.low == -unbounded) {
    return fmt::format("{} {}", range.below_high ? "below" : "at most", range.high);
  }
  if (range.high == unbounded) {
    return fmt::format("{} {}", range.above_low ? "above" : "at least", range.low);
  }
  return fmt::format("between {} and {}", range.low, range.high);
}

void check_conditions(const Record& record, Diagnostics& diagnostics) {
  std::vector<NameBound> bounds;
  for (const Fact& fact : record.known) {
    if (!fact.that) continue;
    const std::size_t first = bounds.size();
    add_bounds(*fact.that, fact, bounds);
    for (std::size_t i = first; i < bounds.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const NameBound& other = bounds[j];
        const bool together = other.fact->begin <= fact.end && fact.begin <= other.fact->end &&
                              other.name == bounds[i].name;
        if (!together || !other.range.with(bounds[i].range).empty()) continue;
        diagnostics.error(fact.that->position,
                          fmt::format("'{}' cannot be {} and {}", other.name, text_of(other.range),
                                      text_of(bounds[i].range)),
                          other.fact == &fact
                              ? "the condition contradicts itself"
                              : fmt::format("the fact of {} says the former, of the same time",
                                            line_of(other.fact->position)),
                          "correct one of them");
        return;
      }
    }
  }
}

void check_events(const Record& record, Diagnostics& diagnostics) {
  for (auto fact = record.known.begin(); fact != record.known.end(); ++fact) {
    if (fact->kind != FactKind::event) continue;
    for (auto other = record.known.begin(); other != fact; ++other) {
      if (other->kind != FactKind::event || other->event->text != fact->event->text) continue;
      const bool apart = other->end < fact->begin || fact->end < other->begin;
      const bool contradicts = other->which == fact->which  ? apart
                               : other->which < fact->which ? fact->end < other->begin
                                                            : other->end < fact->begin;
      if (!contradicts) continue;
      diagnostics.error(
          fact->position,
          fmt::format("occurrence {} of '{}' cannot be between day {} and day {}", fact->which,
                      fact->event->text, fact->begin, fact->end),
          fmt::format("occurrence {} is between day {} and day {}, by {}", other->which,
                      other->begin, other->end, line_of(other->position)),
          "correct one of them");
      return;
    }
  }
}

}  // namespace

void check_contradictions(const Record& record, Diagnostics& diagnostics) {
  check_conditions(record, diagnostics);
  check_events(record, diagnostics);
}

}  // namespace truce::scenario
