#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "truce/export.hpp"
#include "truce/run.hpp"
#include "truce/scenario.hpp"

namespace truce {

/// A setting of the assumptions of which a study has many, and a run one.
struct Point {
  std::string variant;              ///< of a study; of a run empty
  std::vector<Parameter> settings;  ///< of a study those that it varies; of a run all. NaN: drawn
  std::uint64_t trials = 0;
};

/// Reads the file of a run or of a study; what a function returns is read by it. To be used by one
/// thread at a time. All functions throw Error if the file is damaged or has no such outcome, and
/// std::out_of_range for a point that is not there.
class TRUCE_API Results {
 public:
  static Results open(const std::filesystem::path& path);
  Results(Results&&) noexcept;
  Results& operator=(Results&&) noexcept;
  ~Results();

  [[nodiscard]] std::string title() const;
  [[nodiscard]] bool is_study() const;
  [[nodiscard]] std::vector<Outcome> outcomes() const;
  [[nodiscard]] const std::vector<Point>& points() const;
  /// [trial] as in Trials::column.
  [[nodiscard]] std::vector<double> column(const std::string& outcome, std::size_t point = 0) const;
  [[nodiscard]] std::vector<std::string> labels(const std::string& outcome) const;
  [[nodiscard]] Estimate estimate(const std::string& outcome, std::size_t point = 0) const;

 private:
  struct State;
  explicit Results(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace truce
