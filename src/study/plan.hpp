#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "results/study_schema.hpp"
#include "scenario/compile.hpp"
#include "study/common_columns.hpp"
#include "study/description.hpp"

namespace truce::study {

/// A study that is ready to run: its variants compiled, its points laid out. Point number
/// v * rows + r is variant v at row r of the design, so that all points of a variant stand
/// together.
class Plan {
 public:
  /// Loads the scenario and its variants, and draws the design. All that is wrong is reported, in
  /// one pass; nothing is returned then. `keep` trials of each point keep their rows; all of them
  /// where it is not given.
  static std::optional<Plan> make(const Description& description, const std::string& command_line,
                                  scenario::Diagnostics& diagnostics,
                                  std::optional<std::uint64_t> keep = {});

  [[nodiscard]] const Description& description() const { return description_; }
  /// All points contained.
  [[nodiscard]] const results::StudySchema& schema() const { return schema_; }
  /// Of the same number in every variant.
  [[nodiscard]] std::size_t rows() const { return schema_.points.size() / variants_.size(); }
  /// Whether the variants of a row have the same number of trials, found as they are run.
  [[nodiscard]] bool rows_together() const {
    return schema_.precision && schema_.precision->of_difference();
  }

  /// Makes the models of the points at which given values, as of a grid, are met first, of a
  /// hundred of them at most, and reports at its place the first that makes none.
  void check_values(scenario::Diagnostics& diagnostics) const;
  /// Tries a few trials at three points of every variant, and warns of the first that fails.
  void rehearse(scenario::Diagnostics& diagnostics) const;
  /// Compiles the model of a point. Throws std::runtime_error with the first thing that is wrong.
  [[nodiscard]] model::Model model_of(std::size_t point) const;
  [[nodiscard]] const CommonColumns& columns_of(std::size_t variant) const {
    return variants_.at(variant).columns;
  }

 private:
  struct Variant {
    scenario::Scenario scenario;
    CommonColumns columns;
    std::vector<std::vector<double>> tables;  ///< observations, which each point must find again
  };

  void join_schemas(std::vector<scenario::Loaded> variants, const std::string& command_line,
                    std::optional<std::uint64_t> keep);
  void check_outcomes(scenario::Diagnostics& diagnostics) const;
  /// "variant 'as_written', p = 0.5".
  [[nodiscard]] std::string place_of(std::size_t point) const;
  /// Whether the trials of a point, or of a row that stops together, fit into the machine's memory.
  void check_memory(scenario::Diagnostics& diagnostics) const;

  Description description_;
  std::vector<Variant> variants_;
  results::StudySchema schema_;
};

}  // namespace truce::study
