#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/hazard.hpp"
#include "engine/random.hpp"
#include "engine/tabulated_quantile.hpp"
#include "model/simulator.hpp"

namespace truce::benchmark {

/// scenarios/neutral-a-b.yaml written by hand: one scenario, no interpreter, no expressions, and
/// nothing of the model's code. It draws at the same streams, so that its trials are those of truce
/// to the last bit. It is how fast a program for this one scenario is, and a second reading of what
/// the language means.
class NeutralByHand {
 public:
  explicit NeutralByHand(std::uint64_t seed);

  void run(std::uint64_t trial, model::TrialRecord& record);

 private:
  enum Side : std::uint8_t { A, B };
  enum Duty : std::uint8_t { a_gives, b_gives, a_rest, a_remains, b_rest, no_duty };
  /// What a dispute or a response is about: a duty, or shots by one side.
  enum Subject : std::uint8_t { shots_by_a = 5, shots_by_b = 6 };
  enum Ending : std::uint8_t { horizon, collapsed, completed, incomplete };
  enum Cause : std::uint8_t { none, no_second_phase = 7 };
  enum class Stage : std::uint8_t {
    free,
    falls_due,
    waits,
    freed,
    underway,
    late,
    seen,
    overdue,
    closed
  };
  enum class Kind : std::uint8_t {
    horizon,
    limit,
    shots,
    death,
    talks,
    deadline,
    open_talks,
    due,
    tranche,
    mediation,
    restraint
  };

  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  static constexpr double counting = 1e-9;  ///< what counting forgives
  static constexpr double word = 0.85;
  // Slots that are always there; the others come after them.
  static constexpr std::uint32_t horizon_slot = 0, limit_slot = 1, shots_slot = 2, death_slot = 4,
                                 talks_slot = 5, deadline_slot = 6, first_free = 7;
  static constexpr std::uint32_t nothing = ~0U;
  static constexpr std::size_t subjects = 7;
  static constexpr std::size_t duties = 5;

  struct Stream {
    engine::StreamKey key{};
    engine::StreamState stream;
  };
  struct BreachStreams {
    Stream response, takes, settles, unsettled;
  };
  struct DutyStreams {
    Stream comply, otherwise, late_by, share, lag, verification;
  };
  struct Pending {
    double time = 0;
    std::uint64_t order = 0;
    std::uint32_t subject = 0;
    Kind kind = Kind::horizon;
  };
  struct Tranche {
    double count = 0, share = 1, shortfall = 0, missing = 0, to_answer = 0, perform_at = 0;
    std::uint64_t order = 0;
    std::uint64_t serial = 0;
    std::uint32_t slot = nothing, dispute = nothing;
    Duty duty = no_duty;
    Stage stage = Stage::free;
    bool all = false, of_rest = false;
    bool full = false, is_void = false, done = false, made_up = false;
  };
  struct Dispute {
    std::uint32_t tranche = nothing, slot = nothing;
    std::uint8_t subject = 0;
    bool open = false;
  };
  struct Restraint {
    std::uint64_t tranche = 0;
    double lasts = 0;
    std::uint32_t slot = nothing;
    std::uint8_t target = 0;
    bool used = false, active = false, is_hold = false;
  };
  /// An integral, a first time or a trough over the course of a trial.
  struct Measure {
    double value = 0, since = 0, total = 0;
    bool touched = true, read = false;
  };
  struct Timeline {
    double value = 0;
    std::uint32_t segment = nothing;
    bool touched = true;
  };

  double uniform(Stream& stream) { return random_.uniform(stream.key, stream.stream); }
  bool chance(double p, Stream& stream) { return uniform(stream) < p; }
  template <std::size_t N>
  std::size_t choose(const std::array<double, N>& weights, Stream& stream) {
    double sum = 0;
    for (const double w : weights) sum += w;
    double left = uniform(stream) * sum;
    std::size_t last = 0;
    for (std::size_t i = 0; i < N; ++i) {
      if (weights[i] == 0) continue;
      last = i;
      if (left < weights[i]) break;
      left -= weights[i];
    }
    return last;
  }

  void reset(std::uint64_t trial);
  std::uint32_t schedule(Kind kind, double time, std::uint32_t subject = 0);
  void schedule_fixed(std::uint32_t slot, Kind kind, double time, std::uint64_t rank,
                      std::uint32_t subject = 0);
  void cancel(std::uint32_t& slot);
  [[nodiscard]] std::uint32_t first() const;

  void dispatch(const Pending& event);
  void settle();
  void refresh(engine::HazardTimer& timer, std::uint32_t slot, Kind kind, std::uint32_t subject,
               double running, double rate, double decay);
  void read_measures();
  static void integrate(Measure& measure, double value, double now);
  void record_timeline(std::uint32_t index, double value);
  void write(model::TrialRecord& record) const;

  void shift_trust(Side side, double by);
  void begin_first();
  void begin_second();
  void leave_phase();
  void rule_on_phase();
  void collapse(std::uint8_t cause);
  void end(Ending ending);
  void lapse();

  double& held(Duty duty);
  std::uint32_t new_tranche(Duty duty);
  [[nodiscard]] bool blocked(Duty duty) const;
  void step_tranche(std::uint32_t id);
  void fall_due(std::uint32_t id);
  void wait(std::uint32_t id);
  void release_waiting();
  void start(std::uint32_t id);
  void decide(std::uint32_t id);
  void perform(std::uint32_t id);
  void see(std::uint32_t id);
  void fulfil(std::uint32_t id);
  void breach(std::uint32_t id);
  void remedy(std::uint32_t id);
  void close(std::uint32_t id);
  void miss(Tranche& tranche, double amount);
  void done(Tranche& tranche);
  void make_up(Duty duty);
  void join_answers(Tranche& tranche);
  void answer(Duty duty);

  void occur(Side by);
  void respond(Side party, std::uint8_t subject, std::uint32_t tranche);
  void restrain(bool is_hold, std::uint8_t target, double lasts, double notice,
                std::uint64_t tranche);
  void activate(std::uint32_t id);
  void lift(std::uint32_t id);
  void open_dispute(std::uint8_t subject, std::uint32_t tranche);
  void mediate();
  void conclude(std::uint32_t id);
  void settle_dispute(std::uint32_t id);
  void close_dispute(std::uint32_t id);

  void schedule_round();
  void step_talks();

  std::uint64_t seed_;
  engine::TrialRandom random_{0, 0};
  std::array<BreachStreams, subjects> subject_streams_;
  std::array<DutyStreams, duties> duty_streams_;
  std::array<Stream, 2> shots_streams_;
  Stream death_stream_, extend_stream_, rounds_stream_, agree_stream_;
  std::array<Stream, 2> ratify_streams_;
  engine::TabulatedQuantile mediation_takes_, rounds_, lag_;

  std::vector<Pending> pending_;
  std::uint64_t scheduled_ = 0;
  std::uint64_t events_ = 0;
  double now_ = 0;
  std::uint32_t day_ = 0;
  double ended_at_ = 0;
  bool stopped_ = false, over_ = false, collapsing_ = false, collapsed_ = false,
       talks_begin_ = false;
  bool look_at_waiting_ = false;
  Ending ending_ = horizon;
  std::uint8_t cause_ = none;
  int phase_ = 0;  ///< 1: first, 2: second, 0: none
  bool second_reached_ = false;

  std::array<double, 2> trust_{};
  double living_b_ = 0, remains_b_ = 0, freed_b_ = 0, returned_b_ = 0, died_b_ = 0;
  double living_a_ = 0, freed_a_ = 0;
  std::array<engine::HazardTimer, 3> timers_;  ///< shots by a, shots by b, deaths
  std::array<double, 2> occurred_{};

  std::vector<Tranche> tranches_;
  std::vector<std::uint32_t> waiting_;
  std::uint64_t due_order_ = 0, serial_ = 0;
  std::array<double, duties> answerable_{}, performed_{}, fulfilled_{}, breached_{};
  std::array<int, duties> disputes_on_{}, holds_{};
  std::array<int, 2> suspensions_{};
  std::vector<Dispute> disputes_;
  std::vector<std::uint32_t> queue_;
  int teams_busy_ = 0;
  double opened_ = 0, settled_ = 0;
  std::vector<Restraint> restraints_;
  int active_restraints_ = 0;
  double restrained_ = 0;
  std::array<double, duties> delivered_{}, missing_{};
  std::array<int, duties> short_of_{};
  int not_done_ = 0;
  bool lapsed_ = false;
  std::array<double, 2> positions_{};  ///< at ratification; nan: not drawn since the opening
  bool talks_open_ = false, ratifying_ = false;
  int talks_agreed_ = 0;

  Measure half_home_, least_trust_, person_days_b_, person_days_a_, first_days_, second_days_,
      suspended_;
  std::array<Timeline, 4> timelines_;
  std::vector<model::Segment> segments_;
};

}  // namespace truce::benchmark
