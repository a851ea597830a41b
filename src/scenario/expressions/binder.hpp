#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/expressions/formulas.hpp"
#include "scenario/expressions/symbols.hpp"
#include "scenario/keys.hpp"
#include "scenario/syntax.hpp"

namespace truce::scenario {

/// An expression with its names resolved.
struct Bound {
  model::Expr expr;
  Type type = Type::number;
  bool integer = false;
  bool reads_clock = false;
  std::optional<double> known{};          ///< see Symbol::known
  std::vector<model::VariableId> inputs;  ///< without parameters, which are fixed within a trial
};

/// Turns syntax trees into code of a model's program. Reports unknown names and functions, wrong
/// arity and types, distributions where they may not stand, and known values out of range.
class Binder {
 public:
  Binder(model::Model& model, const Symbols& symbols, const Formulas& formulas,
         Diagnostics& diagnostics)
      : model_(model), symbols_(symbols), formulas_(formulas), diagnostics_(diagnostics) {}

  /// `stream` names the stream that it draws from, e.g. "release_civilians.takes"; `key` is the key
  /// in the file, for messages.
  Bound bind(const Expression& expression, Purpose purpose, const std::string& stream,
             const std::string& key);
  Bound constant(double value);
  /// Whether a distribution stands in the expression.
  [[nodiscard]] static bool draws_somewhere(const Expression& e);
  /// From now on what depends on parameters alone is computed once per trial, when these are set;
  /// the expressions bound before are evaluated while they are being set.
  void share_what_depends_on_parameters() { shares_ = true; }

  /// On whose behalf expressions are evaluated: which of `tranche.*` and `incident.*` they may
  /// read.
  struct Behalf {
    bool tranche = false, incident = false;
  };
  /// Lets expressions read them as long as the result lives.
  class [[nodiscard]] OnBehalf {
   public:
    OnBehalf(Binder& binder, Behalf of) : binder_(binder), before_(binder.behalf_) {
      binder.behalf_ = of;
    }
    ~OnBehalf() { binder_.behalf_ = before_; }
    OnBehalf(const OnBehalf&) = delete;
    OnBehalf& operator=(const OnBehalf&) = delete;

   private:
    Binder& binder_;
    Behalf before_;
  };

  /// Formulas, also those within others, in the expressions of that stream or of those whose names
  /// go on with a dot; each once, in the order of their use.
  [[nodiscard]] std::vector<std::string> formulas_in(const std::string& stream) const;

  /// What the entity draws comes from the streams of that name. Before any stream is named.
  void name_stream(const std::string& entity, const std::string& stream);
  /// The stream of this name; a collision of keys is reported at `position`.
  model::StreamId stream(const std::string& name, const Position& position);

 private:
  struct Operand {
    model::Register reg = 0;
    Type type = Type::number;
    bool integer = false;
    bool fixed = false;  ///< a constant: `known` never changes
    std::optional<double> known{};
    bool failed = false;  ///< reported already
  };

  Operand compile(const Expression& e);
  Operand compile_name(const Expression& e);
  Operand compile_formula(const Expression& e, const Formulas::Entry& used);
  bool may_read(const Expression& e, const Symbol& symbol);
  Operand fail_on_product(const Expression& e, const Operand& left);
  Operand compile_call(const Expression& e);
  Operand compile_if(const Expression& e);
  Operand compile_since(const Expression& e);
  Operand compile_distribution(const Expression& e, engine::Family family);
  Operand compile_truncated(const Expression& e);
  Operand compile_empirical(const Expression& e);
  std::optional<model::Sampler> sampler_of(const Expression& e, engine::Family family);
  template <class Take>
  bool take_elicited(const Expression& e, Take&& take);
  std::optional<model::Sampler> table_of(const Expression& e);
  Operand emit(model::Op op, const std::vector<Operand>& operands, Type type, bool integer);
  Operand linear(model::Op op, const Operand& left, const Operand& right, Operand result);
  Operand shared(const model::Instruction& instruction, Operand result);
  Operand draw(const Expression& e, model::Sampler sampler, bool integer);
  Operand fixed(double value, Type type = Type::number);
  bool expect(const Expression& e, const Operand& operand, Type type);
  bool may_draw(const Expression& e);
  Operand fail(const Expression& e, std::string problem, std::string why = {},
               std::string suggestion = {});
  void check_known(const Expression& e, const Bound& bound, Purpose purpose,
                   const std::string& key);
  /// What may be meant by a name that is unknown.
  [[nodiscard]] std::string advice_for_name(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> readable_names() const;
  model::Register temporary();

  model::Model& model_;
  const Symbols& symbols_;
  const Formulas& formulas_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, std::string> streams_;  ///< by entity, where it has another
  std::unordered_map<std::string, model::StreamId> stream_ids_;
  std::unordered_map<std::uint64_t, std::string> stream_keys_;
  std::unordered_map<std::uint64_t, model::Register> constants_;
  std::vector<model::Register> temporaries_;
  bool shares_ = false;
  std::map<std::tuple<model::Op, model::Register, model::Register, model::Register>,
           model::Register>
      shared_;

  std::map<std::string, std::vector<std::string>> formulas_in_;  ///< by stream

  // Of the expression being compiled.
  Purpose purpose_ = Purpose::number;
  Behalf behalf_;
  const Expression* formula_use_ = nullptr;  ///< the outermost formula that is being put in
  std::string stream_name_;
  std::size_t temporaries_used_ = 0;
  std::size_t draws_ = 0;
  bool reads_clock_ = false;
  std::vector<model::VariableId> inputs_;
};

}  // namespace truce::scenario
