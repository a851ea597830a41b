#include "results/detail/group_state.hpp"

#include <numeric>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

void write_state(hid_t root, const RunStatistics& statistics) {
  ByteWriter writer;
  statistics.write(writer);
  const auto& bytes = writer.bytes();
  netcdf::Group group(root, "state");
  std::vector<std::int64_t> places(bytes.size());
  std::iota(places.begin(), places.end(), 0);
  group.coordinate<std::int64_t>("byte", places);
  group.variable<std::int8_t>("statistics", {"byte"},
                              std::vector<std::int8_t>(bytes.begin(), bytes.end()));
}

void read_state(hid_t root, RunStatistics& statistics) {
  const hdf5::Handle group = hdf5::open_group(root, "state");
  const auto stored = hdf5::read<std::int8_t>(group.id(), "statistics");
  const std::vector<std::uint8_t> bytes(stored.begin(), stored.end());
  try {
    ByteReader reader(bytes);
    statistics.read(reader);
  } catch (const std::range_error& error) {
    throw hdf5::Error(error.what());
  }
}

}  // namespace truce::results
