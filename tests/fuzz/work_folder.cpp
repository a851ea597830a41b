#include "fuzz/work_folder.hpp"

#include <unistd.h>

#include <fstream>
#include <string>

namespace truce::fuzz {

namespace {

namespace fs = std::filesystem;

class WorkFolder {
 public:
  WorkFolder() {
    const fs::path root = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path_ = root / ("truce-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(path_);
    fs::current_path(path_);
    std::ofstream("small.yaml") << small_scenario;
    std::ofstream("table.csv") << "word,calm\n0.5,0.02\n0.9,0.03\n";
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::current_path("/", ignored);
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

const fs::path& work_folder() {
  static const WorkFolder folder;
  return folder.path();
}

}  // namespace truce::fuzz
