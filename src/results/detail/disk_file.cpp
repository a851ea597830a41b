#include "results/detail/disk_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "base/uninterrupted.hpp"
#include "results/detail/disk_reading.hpp"

#if __has_include(<H5FDdevelop.h>)
#include <H5FDdevelop.h>
#endif

namespace truce::results {

namespace {

using hdf5::Handle;

using base::uninterrupted;

/// What the library hands to `open`, by way of the file's access properties.
struct DriverInfo {
  DiskStatus* status = nullptr;  ///< none: of a file to be read
  int descriptor = -1;  ///< of a file that is open already, if it is not to be opened by its name
};

/// Its first member makes it a file for the library.
struct DiskFile {
  H5FD_t base{};
  int descriptor = -1;
  haddr_t allocated = 0;
  haddr_t end = 0;
  DiskStatus* status = nullptr;
  struct Lost {
    haddr_t at;
    std::vector<char> bytes;
  };
  std::vector<Lost> lost;  ///< written after the first error, in order

  [[nodiscard]] bool sound() const { return status->error == 0; }
  [[nodiscard]] bool is_read_only() const { return status == nullptr; }
};

/// Makes an error number the cause of the error that the library will tell.
void push_cause(int error) {
  H5Epush2(H5E_DEFAULT, __FILE__, hdf5::the_disk, __LINE__, H5E_ERR_CLS, H5E_IO, H5E_READERROR,
           "%s", std::strerror(error));
}

DiskFile& disk(H5FD_t* file) {
  return *reinterpret_cast<DiskFile*>(file);
}
const DiskFile& disk(const H5FD_t* file) {
  return *reinterpret_cast<const DiskFile*>(file);
}

/// Repeats a system call on the rest of a transfer. Returns the bytes transferred, and puts the
/// error number where there is one into `error`.
template <class Call>
std::size_t transfer(int& error, std::size_t size, Call&& call) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t now = uninterrupted([&] { return call(done); });
    if (now < 0) error = errno;
    if (now <= 0) break;
    done += static_cast<std::size_t>(now);
  }
  return done;
}

H5FD_t* open_file(const char* name, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  const int how = info->status == nullptr ? O_RDONLY : O_RDWR | O_CREAT | O_EXCL;
  const int descriptor = info->descriptor >= 0
                             ? ::fcntl(info->descriptor, F_DUPFD_CLOEXEC, 0)
                             : uninterrupted([&] { return ::open(name, how | O_CLOEXEC, 0666); });
  struct stat state {};
  if (descriptor < 0 || (info->status == nullptr && ::fstat(descriptor, &state) != 0)) {
    push_cause(errno);
    if (info->status != nullptr) info->status->error = errno;
    if (descriptor >= 0) ::close(descriptor);
    return nullptr;
  }
  auto* file = new (std::nothrow) DiskFile;
  if (file == nullptr) {
    ::close(descriptor);
    return nullptr;
  }
  file->descriptor = descriptor;
  file->status = info->status;
  file->end = static_cast<haddr_t>(state.st_size);
  return &file->base;
}

herr_t close_file(H5FD_t* base) {
  const std::unique_ptr<DiskFile> file(&disk(base));
  const int error = base::closed(::close(file->descriptor));
  if (!file->is_read_only() && file->sound()) file->status->error = error;
  return 0;
}

herr_t query_features(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) {
  return disk(file).allocated;
}

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  disk(file).allocated = address;
  return 0;
}

haddr_t get_end(const H5FD_t* file, H5FD_mem_t) {
  return disk(file).end;
}

herr_t read_bytes(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* buffer) {
  DiskFile& file = disk(base);
  auto* bytes = static_cast<char*>(buffer);
  int error = 0;
  const std::size_t done = transfer(error, size, [&](std::size_t from) {
    return ::pread(file.descriptor, bytes + from, size - from, static_cast<off_t>(at + from));
  });
  if (error != 0 && file.is_read_only()) {
    push_cause(error);
    return -1;
  }
  if (error != 0 && file.sound()) file.status->error = error;
  std::memset(bytes + done, 0, size - done);  // beyond the end
  for (const DiskFile::Lost& lost : file.lost) {
    const haddr_t from = std::max(at, lost.at);
    const haddr_t to = std::min(at + size, lost.at + lost.bytes.size());
    if (from < to)
      std::memcpy(bytes + (from - at), lost.bytes.data() + (from - lost.at), to - from);
  }
  return 0;
}

herr_t write_bytes(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t at, std::size_t size,
                   const void* buffer) {
  DiskFile& file = disk(base);
  const auto* bytes = static_cast<const char*>(buffer);
  std::size_t done = 0;
  if (file.sound()) {
    done = transfer(file.status->error, size, [&](std::size_t from) {
      return ::pwrite(file.descriptor, bytes + from, size - from, static_cast<off_t>(at + from));
    });
    if (done < size && file.sound()) file.status->error = ENOSPC;
  }
  try {
    if (done < size) file.lost.push_back({at + done, {bytes + done, bytes + size}});
  } catch (const std::bad_alloc&) {
    return -1;
  }
  file.end = std::max(file.end, at + size);
  return 0;
}

herr_t fit_length(H5FD_t* base, hid_t, hbool_t) {
  DiskFile& file = disk(base);
  if (file.is_read_only()) return 0;
  const auto size = static_cast<off_t>(file.allocated);
  if (file.sound() && uninterrupted([&] { return ::ftruncate(file.descriptor, size); }) != 0) {
    file.status->error = errno;
  }
  file.end = file.allocated;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
#ifdef H5FD_CLASS_VERSION
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(512);  // the range for local use
#endif
  driver.name = "truce";
  driver.maxaddr = (haddr_t{1} << 62U) - 1;
  driver.fc_degree = H5F_CLOSE_SEMI;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query_features;
  driver.get_eoa = get_allocated;
  driver.set_eoa = set_allocated;
  driver.get_eof = get_end;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = fit_length;
  const H5FD_mem_t types[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(types), std::end(types), driver.fl_map);
  return driver;
}

/// The driver, registered for as long as the process lives: the library (1.10) still reads its
/// table of functions while it closes the last file, after giving up its own hold on it.
hid_t registered_driver() {
  static const H5FD_class_t driver = driver_class();
  static const hid_t id = hdf5::checked("register a driver", [] { return H5FDregister(&driver); });
  return id;
}

/// How a file is to be reached.
Handle access_by(const DriverInfo& info) {
  Handle access = hdf5::own("plan a file", H5Pclose, [] { return H5Pcreate(H5P_FILE_ACCESS); });
  hdf5::checked("plan a file",
                [&] { return H5Pset_driver(access.id(), registered_driver(), &info); });
  return access;
}

Handle create(const std::filesystem::path& path, const DriverInfo& info) {
  const Handle access = access_by(info);
  const Handle plan = hdf5::own("plan a file", H5Pclose, [] { return H5Pcreate(H5P_FILE_CREATE); });
  // Nothing in a file may depend on when it was written.
  hdf5::checked("plan a file", [&] { return H5Pset_obj_track_times(plan.id(), false); });
  hdf5::checked("plan a file", [&] {
    return H5Pset_link_creation_order(plan.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  });
  return hdf5::own("create the file", H5Fclose,
                   [&] { return H5Fcreate(path.c_str(), H5F_ACC_EXCL, plan.id(), access.id()); });
}

}  // namespace

Handle create_disk_file(const std::filesystem::path& path, DiskStatus& status) {
  return create(path, {&status});
}

Handle create_disk_file(int descriptor, DiskStatus& status) {
  return create("memory", {&status, descriptor});
}

Handle hdf5::open_disk_file(const std::filesystem::path& path) {
  const Handle access = access_by({});
  return hdf5::own("open it", H5Fclose,
                   [&] { return H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()); });
}

}  // namespace truce::results
