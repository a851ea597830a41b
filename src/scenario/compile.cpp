#include "scenario/compile.hpp"

#include <fmt/format.h>

#include <type_traits>

#include "base/limits.hpp"
#include "scenario/compile/compiler.hpp"
#include "scenario/lists/repetition.hpp"
#include "scenario/observed.hpp"

namespace truce::scenario {

namespace {

/// Calls `visit` with each entry of each section, in the order of the sections.
template <class Visit>
void for_each_entry(const Scenario& scenario, Visit visit) {
  for_each_row<Scenario>([&](const auto& row) {
    if constexpr (requires { (scenario.*row.member).begin(); }) {
      for (const auto& entry : scenario.*row.member) visit(entry);
    } else if constexpr (requires { *(scenario.*row.member); }) {
      if (scenario.*row.member) visit(*(scenario.*row.member));
    }
  });
}

template <class T, class... Others>
constexpr bool is_one_of = (std::is_same_v<T, Others> || ...);

/// Entries that are not compiled in that order: texts and settings; what others name; and what
/// `compile_all` has a place of its own for.
template <class T>
constexpr bool has_its_own_place =
    is_one_of<T, char, std::string, Expression, model::Observe, model::AfterCollapse, Verifier,
              Parameter, Correlation, std::vector<Effect>, Formula, Outcome, Timeline>;

}  // namespace

Compiler::Compiler(const Scenario& scenario, const Overrides& overrides, Diagnostics& diagnostics)
    : scenario_(scenario),
      overrides_(overrides),
      diagnostics_(diagnostics),
      formulas_(scenario, diagnostics),
      binder_(model_, symbols_, formulas_, diagnostics) {}

std::optional<model::Model> Compiler::compile_all(Observed* observed) {
  declare_always();
  for_each_entry(scenario_, [this](const auto& written) {
    if constexpr (requires { this->declare(written); }) this->declare(written);
  });
  declare_signals();
  declare_endings();
  compile_parameters();
  const bool sound_parameters = !diagnostics_.has_errors();
  compile_correlations();
  set_time();
  binder_.share_what_depends_on_parameters();
  expect_initial_values();
  for_each_entry(scenario_, [this]<class Entry>(const Entry& written) {
    if constexpr (!has_its_own_place<Entry>) this->compile(written);
  });
  compile_upon();
  if (scenario_.begin) {
    model_.begin = compile_effects(*scenario_.begin, "begin");
    model_.begin_given = true;
  }
  model_.observe = scenario_.observe.value_or(model::Observe::horizon);
  model_.after_collapse = scenario_.on_collapse.value_or(model::AfterCollapse::end);
  compile_formulas();
  compile_outcomes();
  measure_always();
  compile_timelines();
  if (observed != nullptr) compile_facts(*observed);
  watchers_.finish(model_);
  model_.program.variables = model_.variables.size();
  // Also where that value has made an error elsewhere.
  if (sound_parameters) check_priors();
  if (diagnostics_.has_errors()) return std::nullopt;
  check_bounded_draws();
  check_negative_draws();
  return std::move(model_);
}

void Compiler::set_time() {
  constexpr double most_ticks = 10'000'000;
  const auto fixed_days = [&](const Expression& written, const Key& of) {
    const std::string key(of.name);
    Bound bound = binder_.bind(written, of.purpose, key, key);
    if (bound.known && !(*bound.known > 0)) {
      diagnostics_.error(written.position, fmt::format("'{}' is {} days", key, *bound.known),
                         "it must be longer than 0");
    } else if (!bound.known && !bound.inputs.empty()) {
      diagnostics_.error(written.position, fmt::format("'{}' depends on the state", key),
                         "it is fixed before the first trial", "use parameters only");
    }
    return bound;
  };
  if (!scenario_.horizon) return;  // reported by the reader
  const Bound horizon = fixed_days(*scenario_.horizon, key_of<&Scenario::horizon>());
  model_.horizon = horizon.expr;
  if (horizon.known && *horizon.known > base::longest_horizon) {
    diagnostics_.error(scenario_.horizon->position,
                       fmt::format("'horizon' is {} days", *horizon.known),
                       fmt::format("more than {}", base::longest_horizon));
  }
  if (!scenario_.tick) return;
  const Bound tick = fixed_days(*scenario_.tick, key_of<&Scenario::tick>());
  model_.tick = tick.expr;
  if (tick.known && horizon.known && *horizon.known > *tick.known * most_ticks) {
    diagnostics_.error(scenario_.tick->position, fmt::format("'tick' is {} days", *tick.known),
                       fmt::format("more than {} ticks to the horizon", most_ticks));
  }
}

model::Expr Compiler::expr(const std::optional<Expression>& written, Purpose purpose,
                           const std::string& stream, const std::string& key) {
  if (!written) return {};
  const Bound bound = binder_.bind(*written, purpose, stream, key);
  if (purpose == Purpose::duration || purpose == Purpose::share || purpose == Purpose::count) {
    positive_draws_.push_back({bound.expr, written->position, key});
  }
  return bound.expr;
}

model::Expr Compiler::expr(const std::optional<Expression>& written, const Key& key,
                           const std::string& stream) {
  return expr(written, key.purpose, stream, std::string(key.name));
}

Bound Compiler::reading(model::VariableId variable) const {
  Bound bound;
  bound.expr.result = static_cast<model::Register>(variable.index());
  bound.inputs = {variable};
  return bound;
}

std::optional<model::Model> compile(const Scenario& scenario, const Overrides& overrides,
                                    Diagnostics& diagnostics) {
  return Compiler(scenario, overrides, diagnostics).compile_all(nullptr);
}

std::optional<model::Model> compile(const Scenario& scenario, const Overrides& overrides,
                                    Observed& observed, Diagnostics& diagnostics) {
  auto model = Compiler(scenario, overrides, diagnostics).compile_all(&observed);
  if (model) check_observed(*model, observed, diagnostics);
  return diagnostics.has_errors() ? std::nullopt : std::move(model);
}

namespace {

template <class Compile>
std::optional<Loaded> loaded_from(Node document, Diagnostics& diagnostics, Compile compile) {
  if (document.is_null()) return std::nullopt;
  if (document.find("study") != nullptr && document.find("truce") == nullptr) {
    diagnostics.error(document.position, "this is a study, where a scenario is expected", {},
                      "run it with 'truce study'");
    return std::nullopt;
  }
  document = repeated(document, diagnostics);
  if (document.is_null()) return std::nullopt;
  Scenario scenario = read_scenario(std::move(document), diagnostics);
  check_structure(scenario, diagnostics);
  check_cautions(scenario, diagnostics);
  auto model = compile(scenario);
  if (!model) return std::nullopt;
  // What is kept of the text has all repetitions written out.
  std::erase_if(scenario.document.entries,
                [](const Node::Entry& entry) { return entry.key == "lists"; });
  return Loaded{std::move(scenario), std::move(*model)};
}

}  // namespace

std::optional<Loaded> load_merged(Node document, const Overrides& overrides,
                                  Diagnostics& diagnostics) {
  return loaded_from(std::move(document), diagnostics, [&](const Scenario& scenario) {
    return compile(scenario, overrides, diagnostics);
  });
}

std::optional<Loaded> load_observed(Node document, const Overrides& overrides, Observed& observed,
                                    Diagnostics& diagnostics) {
  return loaded_from(std::move(document), diagnostics, [&](const Scenario& scenario) {
    return compile(scenario, overrides, observed, diagnostics);
  });
}

std::optional<Loaded> load(const std::filesystem::path& path, const Overrides& overrides,
                           Diagnostics& diagnostics) {
  return load_merged(load_document(path, diagnostics), overrides, diagnostics);
}

std::optional<Loaded> load_text(const std::string& text, const std::string& file,
                                const Overrides& overrides, Diagnostics& diagnostics) {
  return load_merged(parse_file(text, file, diagnostics), overrides, diagnostics);
}

}  // namespace truce::scenario
