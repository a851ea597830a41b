#include "results/point_results.hpp"

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
  std::vector<StoredValues> stored(block.columns.size());
  for (std::size_t c = 0; c < stored.size(); ++c) {
    convert(data_->schema->columns[c], block, block.columns[c], stored[c]);
  }
  data_->statistics->add(block, stored);
  for (std::size_t c = 0; c < stored.size(); ++c) {
    std::visit(
        [&]<class T>(const std::vector<T>& values) {
          if (!std::holds_alternative<std::vector<T>>(data_->columns[c])) {
            data_->columns[c] = std::vector<T>();
          }
          auto& column = std::get<std::vector<T>>(data_->columns[c]);
          column.insert(column.end(), values.begin(), values.end());
        },
        stored[c]);
  }
  for (const FailedTrial& trial : block.failures) data_->failures.add(trial);
  for (const Status status : block.status) {
    data_->status.push_back(static_cast<std::int8_t>(status));
  }
}

void PointResults::set_precision(const PrecisionReached& reached) {
  data_->reached = reached;
}

void PointResults::finish() {
  data_->results = data_->statistics->results([&](std::size_t column, const auto& consumer) {
    consumer(std::get<std::vector<double>>(data_->columns[column]));
  });
  data_->failed = data_->statistics->failed();
  data_->statistics.reset();
}

std::uint64_t PointResults::trials() const {
  return data_->status.size();
}

std::uint64_t PointResults::failed() const {
  return data_->failed;
}

}  // namespace truce::results
