#include "study/block_builder.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace truce::study {

BlockBuilder::BlockBuilder(const model::Model& model, const model::SimulatorSettings& settings)
    : columns_(model.columns.size()), controls_(settings.controls.size()) {
  if (settings.parameters == model::ParameterSource::from_priors) {
    drawn_ = static_cast<std::size_t>(
        std::ranges::count(model.parameters, true, &model::Parameter::drawn));
  }
}

void BlockBuilder::begin(std::uint64_t first, std::uint64_t count) {
  done_ = 0;
  block_ = {};
  block_.first = first;
  block_.status.assign(count, results::Status::completed);
  block_.columns.assign(columns_, std::vector<double>(count));
  block_.drawn.assign(drawn_, std::vector<double>(count));
  block_.controls.assign(controls_, std::vector<double>(count));
}

void BlockBuilder::add(const model::TrialRecord& record) {
  for (std::size_t c = 0; c < columns_; ++c) block_.columns[c][done_] = record.columns[c];
  for (std::size_t c = 0; c < controls_; ++c) block_.controls[c][done_] = record.controls[c];
  for (const model::Segment& segment : record.segments) {
    block_.segments.push_back({segment.timeline, segment.day, segment.value});
  }
  end(record.drawn);
}

void BlockBuilder::fail(const model::TrialError& error, const std::vector<double>& drawn) {
  block_.status[done_] = results::Status::failed;
  for (auto& column : block_.columns) column[done_] = std::numeric_limits<double>::quiet_NaN();
  block_.failures.push_back({block_.first + done_, error.what(), error.reason()});
  end(drawn);
}

void BlockBuilder::end(const std::vector<double>& drawn) {
  for (std::size_t p = 0; p < drawn_; ++p) block_.drawn[p][done_] = drawn[p];
  block_.segments_end.push_back(static_cast<std::uint32_t>(block_.segments.size()));
  ++done_;
}

results::Block BlockBuilder::take() {
  block_.status.resize(done_);
  for (auto& column : block_.columns) column.resize(done_);
  for (auto& column : block_.drawn) column.resize(done_);
  for (auto& column : block_.controls) column.resize(done_);
  std::erase_if(block_.chronicle, [&](const results::ChronicleRow& row) {
    return row.trial >= block_.first + done_;
  });
  return std::move(block_);
}

}  // namespace truce::study
