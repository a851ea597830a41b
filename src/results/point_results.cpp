#include "results/point_results.hpp"

#include <span>
#include <stdexcept>
#include <utility>

#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/group_trials.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/point_data.hpp"

namespace truce::results {

PointResults::PointResults(const Schema& schema, std::optional<TrialRange> stretch)
    : data_(std::make_unique<Data>(schema, stretch)) {}
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
  const std::uint64_t rows = data_->rows_of_next(block.status.size());
  data_->trials += block.status.size();
  for (std::size_t c = 0; c < values.columns.size(); ++c) data_->keep(c, values.columns[c], rows);
  data_->keep(values.status, rows);
  for (const FailedTrial& trial : block.failures) data_->failures.add(trial);
  for (const Status status : block.status) data_->failed += status == Status::failed;
}

void PointResults::Data::keep(std::size_t column, const StoredValues& values, std::uint64_t rows) {
  std::visit(
      [&]<class T>(const std::vector<T>& added) {
        StoredValues& kept = columns[column];
        if (!std::holds_alternative<std::vector<T>>(kept)) kept = std::vector<T>();
        auto& all = std::get<std::vector<T>>(kept);
        all.insert(all.end(), added.begin(), added.begin() + static_cast<std::ptrdiff_t>(rows));
      },
      values);
}

void PointResults::Data::keep(const std::vector<Status>& of_trials, std::uint64_t rows) {
  for (const Status of_trial : std::span(of_trials).first(rows)) {
    status.push_back(static_cast<std::int8_t>(of_trial));
  }
}

void PointResults::join(const std::filesystem::path& part) {
  const Schema& schema = *data_->schema;
  guarded(part, [&] {
    const hdf5::Handle file = hdf5::open_file(part);
    const hdf5::Handle root = hdf5::open_group(file.id(), "/");
    const RunSummary run = read_root(root.id());
    if (run.first != data_->first() + data_->trials) {
      throw std::logic_error("a part of a point is not the next one");
    }
    const std::uint64_t rows = data_->rows_of_next(run.trials);
    data_->trials += run.trials;
    data_->failed += run.failed;
    std::vector<hsize_t> shape = {rows};
    if (!is_kind_of_run(design_kind(root.id()))) shape.insert(shape.begin(), 1);
    for (std::size_t c = 0; c < schema.columns.size(); ++c) {
      data_->keep(c, read_stored(root.id(), schema.columns[c], shape), rows);
    }
    data_->keep(read_status(root.id(), shape), rows);
    RunStatistics added(schema);
    read_state(root.id(), added);
    data_->statistics->add(added);
    for (const PointFailures& point : read_failures(root.id())) {
      for (const Failure& failure : point.failures) data_->failures.add(failure);
    }
  });
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
  if (!data_->stretch) data_->statistics.reset();
}

std::uint64_t PointResults::trials() const {
  return data_->trials;
}

std::uint64_t PointResults::failed() const {
  return data_->failed;
}

}  // namespace truce::results
