#include "results/point_results.hpp"

#include <span>
#include <utility>

#include "results/detail/point_data.hpp"

namespace truce::results {

PointResults::PointResults(const Schema& schema) : data_(std::make_unique<Data>(schema)) {}
PointResults::PointResults(PointResults&&) noexcept = default;
PointResults& PointResults::operator=(PointResults&&) noexcept = default;
PointResults::~PointResults() = default;

void PointResults::set_earlier_failures(std::vector<Failure> failures) {
  data_->failures = FailureCounts(std::move(failures));
}

void PointResults::append(const Block& block) {
  const StoredBlock values = stored(block, *data_->schema);
  for (std::size_t part = 0; part < data_->statistics->parts(); ++part) {
    data_->statistics->add(part, values);
  }
  const std::uint64_t before = rows_kept(*data_->schema, data_->trials);
  data_->trials += block.status.size();
  const auto rows = static_cast<std::ptrdiff_t>(rows_kept(*data_->schema, data_->trials) - before);
  for (std::size_t c = 0; c < values.columns.size(); ++c) {
    std::visit(
        [&]<class T>(const std::vector<T>& added) {
          if (!std::holds_alternative<std::vector<T>>(data_->columns[c])) {
            data_->columns[c] = std::vector<T>();
          }
          auto& column = std::get<std::vector<T>>(data_->columns[c]);
          column.insert(column.end(), added.begin(), added.begin() + rows);
        },
        values.columns[c]);
  }
  for (const FailedTrial& trial : block.failures) data_->failures.add(trial);
  for (const Status status : block.status) data_->failed += status == Status::failed;
  for (const Status status : std::span(block.status).first(static_cast<std::size_t>(rows))) {
    data_->status.push_back(static_cast<std::int8_t>(status));
  }
}

void PointResults::set_precision(const PrecisionReached& reached) {
  data_->reached = reached;
}

void PointResults::finish() {
  data_->results = data_->statistics->results(
      [&](std::size_t column, const auto& consumer) {
        consumer(std::get<std::vector<double>>(data_->columns[column]));
      },
      1);
  data_->statistics.reset();
}

std::uint64_t PointResults::trials() const {
  return data_->trials;
}

std::uint64_t PointResults::failed() const {
  return data_->failed;
}

}  // namespace truce::results
