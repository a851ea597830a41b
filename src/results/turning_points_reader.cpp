#include "results/turning_points_reader.hpp"

#include "results/detail/group_turning_points.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/open_results.hpp"

namespace truce::results {

std::optional<TurningPoints> turning_points_in(const std::filesystem::path& file) {
  return guarded(file, [&] {
    const hdf5::Handle opened = hdf5::open_file(file);
    const hdf5::Handle root = hdf5::open_group(opened.id(), "/");
    return read_turning_points(root.id());
  });
}

}  // namespace truce::results
