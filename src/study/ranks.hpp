#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace truce::study {

/// Numbers and texts, which can be sent.
struct Message {
  std::vector<std::uint64_t> numbers = {};
  std::vector<std::string> texts = {};
};

/// What a rank could not do. It names the rank.
class RankError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The processes of a job, which have been started together with the same command: rank 0 hands
/// out work, the others do it. All of them see the same files.
class Ranks {
 public:
  virtual ~Ranks() = default;

  [[nodiscard]] virtual unsigned rank() const = 0;
  /// Those but rank 0.
  [[nodiscard]] virtual unsigned workers() const = 0;

  /// On rank 0: gives every rank that is free the next task, until there is none and all are done.
  /// `done` gets each with its answer, as they come. `tick` is called several times per second;
  /// where it returns false, no more is handed out, and what is in work is waited for. Throws
  /// RankError, once all that can be had is there, where a rank could not do its task.
  virtual void run(const std::function<std::optional<Message>()>& next,
                   const std::function<void(const Message& task, const Message& answer)>& done,
                   const std::function<bool()>& tick) = 0;

  /// On any other: does what rank 0 asks for, until there is nothing left.
  virtual void serve(const std::function<Message(const Message& task)>& worker) = 0;
};

/// The ranks of this job, of which this process is one; nothing where it was not started by mpirun
/// or the like. Ranks but 0 print nothing from then on. To be called once, and the result to be
/// destroyed before the process ends: then rank 0 sends the others home. Throws
/// std::runtime_error where the program is built without MPI and was started by mpirun.
std::unique_ptr<Ranks> join_ranks();

}  // namespace truce::study
