#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "study/ranks.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;

/// Whether a launcher of MPI has started this process: what OpenMPI, MPICH and Slurm tell theirs.
bool is_launched() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMI_RANK", "PMIX_RANK"}) {
    if (std::getenv(name) != nullptr) return true;
  }
  return false;
}

/// The module that knows MPI: beside the program where it was built, or where it was installed.
fs::path module_path() {
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& path :
       {folder / "truce_mpi.so", folder.parent_path() / TRUCE_LIBDIR / "truce" / "truce_mpi.so"}) {
    if (fs::exists(path, error)) return path;
  }
  return {};
}

void print_nothing() {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

}  // namespace

std::unique_ptr<Ranks> join_ranks() {
  // MPI takes longer to load than most programs to run: it is loaded where it is needed.
  if (!is_launched()) return nullptr;
  const fs::path path = module_path();
  if (path.empty()) {
    throw std::runtime_error(
        "started by mpirun, but built without MPI (libopenmpi-dev): each process would do all of "
        "the work; for shares of it see --shard");
  }
  // MPI's own modules look for its symbols among those of all.
  void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  using Make = Ranks* (*)();
  const auto make = reinterpret_cast<Make>(::dlsym(module, "truce_make_ranks"));
  if (make == nullptr) throw std::runtime_error(::dlerror());
  std::unique_ptr<Ranks> ranks(make());
  if (ranks->rank() > 0) print_nothing();
  return ranks;
}

}  // namespace truce::study
