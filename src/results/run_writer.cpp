#include "results/run_writer.hpp"

#include "results/detail/run_writer_state.hpp"

namespace truce::results {

RunWriter::RunWriter(const std::filesystem::path& path, const Schema& schema,
                     OverwritePolicy policy, unsigned threads, std::optional<TrialRange> part,
                     std::optional<std::uint64_t> at_least)
    : state_(std::make_unique<State>(path, schema, policy, threads, part, at_least)) {}

RunWriter::RunWriter(RunWriter&&) noexcept = default;
RunWriter& RunWriter::operator=(RunWriter&&) noexcept = default;
RunWriter::~RunWriter() = default;

void RunWriter::take(Block block) {
  state_->take(std::move(block));
}

void RunWriter::take(const TurningPoints& points) {
  state_->take(points);
}

bool RunWriter::help() {
  return state_->help();
}

void RunWriter::append(const Block& block) {
  take(block);
  while (help()) {
  }
}

void RunWriter::join(const std::filesystem::path& part) {
  state_->join(part);
}

void RunWriter::finish(Completion completion, const std::filesystem::path& name) {
  state_->finish(completion, name);
}

std::vector<std::uint8_t> RunWriter::image() const {
  return state_->image();
}

std::uint64_t RunWriter::trials() const {
  return state_->trials();
}

std::uint64_t RunWriter::failed() const {
  return state_->failed();
}

}  // namespace truce::results
