#include <mpi.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "study/ranks.hpp"

namespace truce::study {

namespace {

enum Tag : int { to_worker = 1, to_root = 2 };
enum class Kind : std::uint64_t { ready, answer, error, task, end };

/// How long to wait before looking again: MPI itself would take a whole processor for it.
constexpr auto pause_between_looks = std::chrono::microseconds(200);

std::vector<std::uint64_t> packed(Kind kind, const Message& message) {
  std::vector<std::uint64_t> words = {static_cast<std::uint64_t>(kind), message.numbers.size(),
                                      message.texts.size()};
  words.insert(words.end(), message.numbers.begin(), message.numbers.end());
  for (const std::string& text : message.texts) {
    words.push_back(text.size());
    const std::size_t at = words.size();
    words.resize(at + (text.size() + 7) / 8);
    std::memcpy(words.data() + at, text.data(), text.size());
  }
  return words;
}

std::pair<Kind, Message> unpacked(const std::vector<std::uint64_t>& words) {
  Message message;
  std::size_t at = 3;
  for (std::uint64_t i = 0; i < words.at(1); ++i) message.numbers.push_back(words.at(at++));
  for (std::uint64_t i = 0; i < words.at(2); ++i) {
    std::string text(words.at(at++), ' ');
    std::memcpy(text.data(), words.data() + at, text.size());
    at += (text.size() + 7) / 8;
    message.texts.push_back(std::move(text));
  }
  return {static_cast<Kind>(words.at(0)), std::move(message)};
}

void send(int rank, Tag tag, Kind kind, const Message& message = {}) {
  const auto words = packed(kind, message);
  MPI_Send(words.data(), static_cast<int>(words.size()), MPI_UINT64_T, rank, tag, MPI_COMM_WORLD);
}

struct Received {
  int rank = 0;
  Kind kind = Kind::ready;
  Message message;
};

/// What has come, if anything.
std::optional<Received> receive(int from, Tag tag) {
  int there = 0;
  MPI_Status status;
  MPI_Iprobe(from, tag, MPI_COMM_WORLD, &there, &status);
  if (there == 0) return {};
  int count = 0;
  MPI_Get_count(&status, MPI_UINT64_T, &count);
  std::vector<std::uint64_t> words(static_cast<std::size_t>(count));
  MPI_Recv(words.data(), count, MPI_UINT64_T, status.MPI_SOURCE, tag, MPI_COMM_WORLD,
           MPI_STATUS_IGNORE);
  auto [kind, message] = unpacked(words);
  return Received{status.MPI_SOURCE, kind, std::move(message)};
}

std::string host_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

class MpiRanks : public Ranks {
 public:
  MpiRanks() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    free_.resize(static_cast<std::size_t>(size_), false);
  }
  ~MpiRanks() override {
    if (rank_ == 0) {
      for (int rank = 1; rank < size_; ++rank) send(rank, to_worker, Kind::end);
    } else if (!sent_home_) {
      serve([](const Message&) -> Message {
        throw std::runtime_error("it could not begin; what it had to say, it says when run alone");
      });
    }
    // Answers that nobody waits for any more.
    for (int home = rank_ == 0 ? 0 : size_; home + 1 < size_;) {
      const auto last = receive(MPI_ANY_SOURCE, to_root);
      if (!last) {
        std::this_thread::sleep_for(pause_between_looks);
      } else if (last->kind == Kind::end) {
        ++home;
      }
    }
    MPI_Finalize();
  }
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;

  [[nodiscard]] unsigned rank() const override { return static_cast<unsigned>(rank_); }
  [[nodiscard]] unsigned workers() const override { return static_cast<unsigned>(size_ - 1); }

  void run(const std::function<std::optional<Message>()>& next,
           const std::function<void(const Message&, const Message&)>& done,
           const std::function<bool()>& tick) override {
    using Clock = std::chrono::steady_clock;
    std::vector<std::optional<Message>> tasks(static_cast<std::size_t>(size_));
    std::size_t busy = 0;
    bool more = true;
    std::string error;
    auto next_tick = Clock::now();
    while (more || busy > 0) {
      bool idle = true;
      while (auto received = receive(MPI_ANY_SOURCE, to_root)) {
        idle = false;
        const auto rank = static_cast<std::size_t>(received->rank);
        free_[rank] = true;
        if (!tasks[rank]) continue;
        --busy;
        const Message task = *std::exchange(tasks[rank], std::nullopt);
        if (received->kind == Kind::answer) {
          done(task, received->message);
        } else if (error.empty()) {
          error = received->message.texts.at(0);
          more = false;
        }
      }
      for (std::size_t rank = 1; more && rank < tasks.size(); ++rank) {
        if (!free_[rank]) continue;
        tasks[rank] = next();
        more = tasks[rank].has_value();
        if (!more) break;
        free_[rank] = false;
        ++busy;
        send(static_cast<int>(rank), to_worker, Kind::task, *tasks[rank]);
      }
      if (const auto now = Clock::now(); now >= next_tick) {
        more = tick() && more;
        next_tick = now + std::chrono::milliseconds(100);
      }
      if (idle) std::this_thread::sleep_for(pause_between_looks);
    }
    if (!error.empty()) throw RankError(error);
  }

  void serve(const std::function<Message(const Message&)>& worker) override {
    send(0, to_root, Kind::ready);
    while (true) {
      const auto received = receive(0, to_worker);
      if (!received) {
        std::this_thread::sleep_for(pause_between_looks);
        continue;
      }
      if (received->kind == Kind::end) break;
      const auto fail = [&](const std::string& reason) {
        send(0, to_root, Kind::error,
             {.texts = {"rank " + std::to_string(rank_) + " on " + host_name() + ": " + reason}});
      };
      try {
        send(0, to_root, Kind::answer, worker(received->message));
      } catch (const std::bad_alloc&) {
        fail("there is not enough memory");
      } catch (const std::exception& error) {
        fail(error.what());
      }
    }
    sent_home_ = true;
    send(0, to_root, Kind::end);
  }

 private:
  int rank_ = 0;
  int size_ = 1;
  std::vector<bool> free_;  ///< on rank 0: those that wait for a task
  bool sent_home_ = false;
};

}  // namespace

}  // namespace truce::study

extern "C" __attribute__((visibility("default"))) truce::study::Ranks* truce_make_ranks() {
  return new truce::study::MpiRanks;
}
