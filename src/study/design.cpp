#include "study/design.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace truce::study {

namespace {

constexpr std::array<std::string_view, 7> names = {
    "grid", "list", "one_at_a_time", "latin_hypercube", "sobol", "saltelli", "morris"};
constexpr std::size_t most_rows = 10'000'000;

}  // namespace

std::string_view name_of(DesignKind kind) {
  return names.at(static_cast<std::size_t>(kind));
}

std::optional<DesignKind> design_named(std::string_view name) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<DesignKind>(at - names.begin());
}

std::vector<std::string> design_names() {
  return {names.begin(), names.end()};
}

Eigen::MatrixXd grid_points(const std::vector<std::vector<double>>& lists) {
  std::size_t rows = 1;
  for (const auto& list : lists) {
    if (list.empty()) throw std::invalid_argument("a list of values is empty");
    if (rows > most_rows / list.size()) throw std::invalid_argument("more than 10000000 points");
    rows *= list.size();
  }
  Eigen::MatrixXd points(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(lists.size()));
  std::size_t repeat = rows;
  for (std::size_t j = 0; j < lists.size(); ++j) {
    repeat /= lists[j].size();
    for (std::size_t row = 0; row < rows; ++row) {
      points(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(j)) =
          lists[j][row / repeat % lists[j].size()];
    }
  }
  return points;
}

Eigen::MatrixXd one_at_a_time_points(const std::vector<double>& base,
                                     const std::vector<std::vector<double>>& lists) {
  if (base.size() != lists.size()) throw std::invalid_argument("as many lists as base values");
  const auto width = static_cast<Eigen::Index>(base.size());
  const Eigen::RowVectorXd first = Eigen::Map<const Eigen::RowVectorXd>(base.data(), width);
  std::vector<Eigen::RowVectorXd> rows = {first};
  for (std::size_t j = 0; j < lists.size(); ++j) {
    for (const double value : lists[j]) {
      if (value == base[j]) continue;
      Eigen::RowVectorXd row = first;
      row(static_cast<Eigen::Index>(j)) = value;
      rows.push_back(std::move(row));
    }
  }
  Eigen::MatrixXd points(static_cast<Eigen::Index>(rows.size()), width);
  for (std::size_t i = 0; i < rows.size(); ++i) points.row(static_cast<Eigen::Index>(i)) = rows[i];
  return points;
}

}  // namespace truce::study
