#include "results/detail/disk_reading.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_state.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/run_writer_state.hpp"

namespace truce::results {

void RunWriter::State::join(const std::filesystem::path& part) {
  catch_up();
  file_.guarded([&] {
    try {
      take_part(part);
    } catch (const hdf5::MachineError& error) {
      throw ResultsError(part, error.what(), Fault::machine);
    } catch (const hdf5::Error& error) {
      file_.require_disk();
      throw ResultsError(part, error.what());
    }
  });
}

void RunWriter::State::take_part(const std::filesystem::path& part) {
  const hdf5::Quiet quiet;
  const hdf5::Handle file = hdf5::open_file(part);
  const hdf5::Handle root = hdf5::open_group(file.id(), "/");
  const RunSummary run = read_root(root.id());
  const std::uint64_t first = range_.first + trials_;
  if (run.first != first || run.trials > range_.end - first) {
    throw hdf5::Error("is not the next part of the run: one before it is not there any more");
  }
  append(read_chronicle(root.id()));
  columns_->append_stored(root.id(), rows_kept(schema_, TrialRange{first, first + run.trials}));
  for (const PointFailures& point : read_failures(root.id())) {
    for (const Failure& failure : point.failures) failures_.add(failure);
  }
  RunStatistics added(schema_);
  read_state(root.id(), added);
  statistics_->add(added);
  trials_ += run.trials;
  failed_ += run.failed;
}

}  // namespace truce::results
