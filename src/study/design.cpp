#include "study/design.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/limits.hpp"

namespace truce::study {

const DesignForm& form_of(DesignKind kind) {
  const auto at = std::ranges::find(design_forms, kind, &DesignForm::kind);
  if (at == design_forms.end()) throw std::logic_error("a kind of design has no row");
  return *at;
}

const DesignForm* form_named(std::string_view name) {
  const auto at = std::ranges::find(design_forms, name, &DesignForm::name);
  return at == design_forms.end() ? nullptr : &*at;
}

std::string_view name_of(DesignKind kind) {
  return form_of(kind).name;
}

std::vector<std::string> design_names() {
  std::vector<std::string> names;
  for (const DesignForm& form : design_forms) names.emplace_back(form.name);
  return names;
}

bool is_sample(std::string_view name) {
  const DesignForm* form = form_named(name);
  return form != nullptr && form->sample;
}

Eigen::MatrixXd grid_points(const std::vector<std::vector<double>>& lists) {
  std::size_t rows = 1;
  for (const auto& list : lists) {
    if (list.empty()) throw std::invalid_argument("a list of values is empty");
    if (rows > base::most_points / list.size())
      throw std::invalid_argument("more than 10000000 points");
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
