#include <hdf5.h>

#include <cstdlib>
#include <new>
#include <thread>

#include "results/detail/hdf5.hpp"
#include "support/catch.hpp"

namespace {

thread_local bool no_memory = false;

}  // namespace

// Those of the whole runner, as C++ has it; elsewhere they do what they always do.
void* operator new(std::size_t size) {
  void* const found = no_memory ? nullptr : std::malloc(size > 0 ? size : 1);
  if (found == nullptr) throw std::bad_alloc();
  return found;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return no_memory ? nullptr : std::malloc(size > 0 ? size : 1);
}
void operator delete(void* at) noexcept {
  std::free(at);
}
void operator delete(void* at, std::size_t) noexcept {
  std::free(at);
}

TEST_CASE("An error that there is no memory to tell leaves no lock behind") {
  std::thread([] {
    no_memory = true;
    try {
      truce::results::hdf5::checked("open it", [] {
        return H5Fopen("there-is-no-such-file.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
      });
    } catch (const std::exception&) {  // of memory, or of the file
    }
    no_memory = false;
  }).join();
  // A thread that has ended with the lock of the library would leave this waiting for ever.
  CHECK(truce::results::hdf5::checked("make a space", [] { return H5Screate(H5S_SCALAR); }) > 0);
}
