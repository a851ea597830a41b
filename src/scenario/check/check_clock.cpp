#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

bool is_call(const Expression& e, std::string_view name) {
  return e.kind == Expression::Kind::call && e.text == name;
}

bool reads_clock(const Expression& e) {
  const bool itself =
      e.kind == Expression::Kind::name && (e.text == "time" || e.text.ends_with(".day"));
  return itself || is_call(e, "since") || std::ranges::any_of(e.children, reads_clock) ||
         std::ranges::any_of(e.arguments,
                             [](const auto& argument) { return reads_clock(argument.value); });
}

/// Whether what it says of a clock comes round again, as the day of the week does.
bool rounds_clock(const Expression& e) {
  const bool rounds = is_call(e, "floor") || is_call(e, "ceil") || is_call(e, "round");
  return (rounds && reads_clock(e)) || std::ranges::any_of(e.children, rounds_clock) ||
         std::ranges::any_of(e.arguments,
                             [](const auto& argument) { return rounds_clock(argument.value); });
}

/// The values of a condition over a clock, where it reads nothing but that and parameters.
class OverTime {
 public:
  explicit OverTime(const ParameterFolder& fold) : fold_(fold) {}

  std::optional<double> operator()(const Expression& e, double time) const {
    const auto of = [&](const Expression& part) { return (*this)(part, time); };
    if (e.kind == Expression::Kind::boolean) return e.value;
    if (e.kind == Expression::Kind::name && reads_clock(e)) return time;
    if (is_call(e, "since")) return time;
    if (e.kind == Expression::Kind::unary) {
      const auto x = of(e.children[0]);
      if (!x) return {};
      return e.text == "-" ? -*x : static_cast<double>(*x == 0);
    }
    if (e.kind == Expression::Kind::binary)
      return binary(e.text, of(e.children[0]), of(e.children[1]));
    if (e.kind == Expression::Kind::call) {
      if (e.arguments.size() != 1) return {};
      const auto x = of(e.arguments[0].value);
      if (!x) return {};
      if (e.text == "floor") return std::floor(*x);
      if (e.text == "ceil") return std::ceil(*x);
      if (e.text == "round") return std::floor(*x + 0.5);
      return {};
    }
    return fold_(e);
  }

 private:
  static std::optional<double> binary(std::string_view op, std::optional<double> a,
                                      std::optional<double> b) {
    if (!a || !b) return {};
    const auto truth = [](bool holds) { return static_cast<double>(holds); };
    if (op == "+") return *a + *b;
    if (op == "-") return *a - *b;
    if (op == "*") return *a * *b;
    if (op == "/") return *a / *b;
    if (op == "<") return truth(*a < *b);
    if (op == "<=") return truth(*a <= *b);
    if (op == ">") return truth(*a > *b);
    if (op == ">=") return truth(*a >= *b);
    if (op == "==") return truth(*a == *b);
    if (op == "!=") return truth(*a != *b);
    if (op == "and") return truth(*a != 0 && *b != 0);
    if (op == "or") return truth(*a != 0 || *b != 0);
    return {};
  }

  const ParameterFolder& fold_;
};

}  // namespace

// Clocks are read at ticks: what holds for a shorter time may never be seen to hold.
void Checker::check_clock(const Expression& condition) {
  if (!rounds_clock(condition)) return;
  const auto tick = fold_(scenario_.tick, 1);
  if (!tick || !(*tick > 0)) return;
  constexpr int steps = 64;   // of a tick
  constexpr int ticks = 200;  // what does not come round by then is not looked for
  const OverTime holds(fold_);
  int run = 0;
  bool whole = false;  // whether the run's beginning was seen
  int shortest = steps * ticks;
  for (int i = 0; i <= steps * ticks; ++i) {
    const auto now = holds(condition, *tick * i / steps);
    if (!now) return;
    if (*now != 0) {
      ++run;
      continue;
    }
    if (run > 0 && whole) shortest = std::min(shortest, run);
    run = 0;
    whole = true;
  }
  if (shortest >= steps) return;
  diagnostics_.warning(
      condition.position,
      fmt::format("this condition can hold for {:.2g} days, but clocks are read every {:.6g} days",
                  *tick * shortest / steps, *tick),
      "it may come to hold and cease to between two readings",
      "use a window, which opens and closes at its exact times: windows: {NAME: {from: 0, lasts: "
      "6 h, every: 1 day}}");
}

void Checker::check_clocks() {
  struct Conditions : Visitor {
    explicit Conditions(Checker& of) : checker(of) {}
    void expression(const Key& key, const Expression& value) override {
      if (key.purpose == Purpose::condition) checker.check_clock(value);
    }
    Checker& checker;
  } visitor(*this);
  walk(scenario_, visitor);
}

}  // namespace truce::scenario
