#!/usr/bin/python3
"""scenarios/neutral-a-b.yaml as a SimPy model, written from the language page in SimPy's own way:
processes that wait, a resource for the mediators, Python's random numbers. Its trials are other ones
than truce's; their distributions must agree.

Usage: neutral_simpy.py TRIALS [--seed N] [--csv FILE]"""

import argparse
import csv
import math
import random
import time

import simpy

WORD, CALM, HORIZON = 0.85, 0.02, 120
MEASURED = [("tolerate", 1), ("dispute", 2), ("hold", 1), ("suspend", 1), ("retaliate", 0.5),
            ("withdraw", 0.2)]
OUTCOMES = ["duration", "completed", "half_home", "least_trust", "guests_of_b.freed",
            "guests_of_b.returned", "guests_of_b.died", "guests_of_b.person_days",
            "guests_of_a.freed", "guests_of_a.person_days", "first.days", "second.days",
            "shots_by_a.occurred", "shots_by_b.occurred", "disputes.opened", "disputes.settled",
            "days_suspended"]
OTHER = {"a": "b", "b": "a"}
ANSWER = {"a_gives": "b_gives", "a_gives_the_rest": "b_gives_the_rest"}
ASKED = {answer: asked for asked, answer in ANSWER.items()}


def gamma(rng, mean, sd):
    return rng.gammavariate((mean / sd) ** 2, sd * sd / mean)


def choose(rng, pairs):
    return rng.choices([name for name, _ in pairs], [weight for _, weight in pairs])[0]


class Dispute:
    def __init__(self, env, subject):
        self.subject = subject
        self.done = env.event()  # with "settled", "dropped" or "closed"
        self.open = True


class Restraint:
    def __init__(self, env):
        self.lifted = env.event()


class Trial:
    def __init__(self, rng):
        self.rng = rng
        self.env = env = simpy.Environment()
        self.over = env.event()
        self.changed = env.event()
        self.unblocked = env.event()
        self.mediators = simpy.Resource(env, 1)
        self.trust = {"a": 0.5, "b": 0.5}
        self.least_trust = 0.5
        self.held = {"guests_of_b": 20, "remains": 2, "guests_of_a": 100}
        self.freed = {"guests_of_b": 0, "remains": 0, "guests_of_a": 0}
        self.person_days = {"guests_of_b": 0.0, "guests_of_a": 0.0}
        self.last_count = 0.0
        self.died = 0
        self.half_home = math.nan
        self.phase = None
        self.phase_days = {"first": 0.0, "second": 0.0}
        self.phase_began = 0.0
        self.talks_open = False
        self.talks_agreed = False
        self.excitation = {"a": (0.0, 0.0), "b": (0.0, 0.0)}  # at a time
        self.occurred = {"a": 0, "b": 0}
        self.answerable = {answer: 0 for answer in ASKED}
        self.disputes = {}
        self.holds = {}
        self.suspensions = {"a": 0, "b": 0}
        self.restraints = {}  # by tranche
        self.restrained = 0
        self.restrained_since = 0.0
        self.days_suspended = 0.0
        self.opened = self.settled = 0
        self.collapsed = False

    # The whole.

    def run(self):
        env = self.env
        for side in "ab":
            env.process(self.shots(side))
        env.process(self.mortality())
        env.process(self.agreement())
        env.process(self.talks())
        env.process(self.horizon())
        env.run(until=self.over)
        self.count()
        if self.restrained:
            self.days_suspended += env.now - self.restrained_since
        if self.phase:
            self.phase_days[self.phase] += env.now - self.phase_began
        self.wait_for_the_horizon()
        home = self.held["guests_of_b"] == 0 and not self.collapsed
        return [env.now, int(home), self.half_home, self.least_trust, self.freed["guests_of_b"],
                self.freed["remains"], self.died, self.person_days["guests_of_b"],
                self.freed["guests_of_a"], self.person_days["guests_of_a"],
                self.phase_days["first"], self.phase_days["second"], self.occurred["a"],
                self.occurred["b"], self.opened, self.settled, self.days_suspended]

    def wait_for_the_horizon(self):
        """After the ending all lapses, but who is still held lives on, or dies."""
        now = self.env.now
        while now < HORIZON:
            rate = 0.0005 * self.held["guests_of_b"]
            days = min(self.rng.expovariate(rate) if rate else math.inf, HORIZON - now)
            for cohort in self.person_days:
                self.person_days[cohort] += days * self.held[cohort]
            now += days
            if now < HORIZON:
                self.held["guests_of_b"] -= 1
                self.died += 1

    def finish(self):
        if not self.over.triggered:
            self.over.succeed()

    def horizon(self):
        yield self.env.timeout(HORIZON)
        self.finish()

    def collapse(self):
        self.collapsed = True
        self.finish()

    def change(self):
        changed, self.changed = self.changed, self.env.event()
        changed.succeed()

    def unblock(self):
        unblocked, self.unblocked = self.unblocked, self.env.event()
        unblocked.succeed()

    def count(self):
        days = self.env.now - self.last_count
        for cohort in self.person_days:
            self.person_days[cohort] += days * self.held[cohort]
        self.last_count = self.env.now

    def shift_trust(self, side, by):
        self.trust[side] = min(max(self.trust[side] + by, 0.0), 1.0)
        self.least_trust = min(self.least_trust, self.trust[side])
        self.change()

    # Phases and talks.

    def enter(self, phase):
        if self.phase:
            self.phase_days[self.phase] += self.env.now - self.phase_began
        self.phase, self.phase_began = phase, self.env.now
        self.change()

    def agreement(self):
        env = self.env
        self.enter("first")
        for day in (7, 14, 21, 28):
            env.process(self.dated("a_gives", day, 4))
        yield env.timeout(35)
        while not self.talks_agreed:
            if not (self.talks_open and self.rng.random() < 0.5):
                return self.collapse()
            yield env.timeout(7)
        self.enter("second")
        env.process(self.dated("a_gives_the_rest", 3, None))
        env.process(self.dated("a_gives_remains", 5, None))
        yield env.timeout(14)
        self.finish()

    def talks(self):
        env, rng = self.env, self.rng
        yield env.timeout(10)
        self.talks_open = True
        deadline = env.timeout(40)
        ratify = None  # positions last as long as the talks
        while True:
            meeting = env.timeout(gamma(rng, 5, 2))
            yield meeting | deadline
            if not meeting.processed:
                break
            if rng.random() >= 0.15 + 0.4 * min(self.trust.values()):
                continue
            ratified = env.timeout(1)
            yield ratified | deadline
            if not ratified.processed:
                break
            if ratify is None:
                ratify = (rng.random() < 0.9) & (rng.random() < 0.9)
            if ratify:
                self.talks_agreed = True
                break
        self.talks_open = False

    # Shots excite themselves: thinned (Ogata 1981). Deaths: exponential clocks have no memory.

    def intensity(self, side):
        jump, at = self.excitation[side]
        if self.phase is None:
            return 0.0
        return CALM * (1 - self.trust[side]) + jump * math.exp(-0.5 * (self.env.now - at))

    def shots(self, side):
        while True:
            bound = self.intensity(side)
            if bound == 0:
                yield self.changed
                continue
            shot = self.env.timeout(self.rng.expovariate(bound))
            yield shot | self.changed
            if shot.processed and self.rng.random() * bound < self.intensity(side):
                self.occur(side)

    def occur(self, side):
        self.occurred[side] += 1
        jump, at = self.excitation[side]
        self.excitation[side] = (jump * math.exp(-0.5 * (self.env.now - at)) + 0.2, self.env.now)
        self.shift_trust(OTHER[side], -0.1)
        self.respond(OTHER[side], "shots_by_" + side, None)

    def mortality(self):
        while True:
            rate = 0.0005 * self.held["guests_of_b"]
            if rate == 0:
                return
            death = self.env.timeout(self.rng.expovariate(rate))
            yield death | self.changed
            if death.processed and self.held["guests_of_b"] > 0:
                self.count()
                self.held["guests_of_b"] -= 1
                self.held["remains"] += 1
                self.died += 1

    # Tranches.

    def dated(self, duty, day, count):
        yield self.env.timeout(day)
        yield from self.tranche(duty, count)

    def blocked(self, duty):
        return (self.holds.get(duty, 0) or self.disputes.get(duty, 0) or self.suspensions[duty[0]]
                or self.disputes.get(ASKED.get(duty), 0))

    def cohort(self, duty):
        if duty == "a_gives_remains":
            return "remains"
        return "guests_of_b" if duty[0] == "a" else "guests_of_a"

    def tranche(self, duty, count):
        """From its falling due to its end; `count` None owes all who are held."""
        env, rng = self.env, self.rng
        watched = duty in ("a_gives", "b_gives")
        grace, takes = (1, 0.5) if watched else (0, 0)
        cohort = self.cohort(duty)
        own = object()
        while True:
            while self.blocked(duty):
                yield self.unblocked
            if count == 0 or self.held[cohort] == 0:
                return None  # void
            mode = self.decision(duty)
            late_by = rng.expovariate(1 / 2) if mode == "late" else 0
            if mode == "refuse":
                shortfall = self.owed(cohort, count)
                yield env.timeout(grace + takes)
                breached = self.seen(duty, True)
            elif late_by > grace:
                yield env.timeout(grace)
                breached = True
            else:
                yield env.timeout(late_by)
                if self.held[cohort] == 0:
                    return None
                share = rng.uniform(0.25, 0.75) if mode == "partial" else 1
                shortfall = self.perform(duty, count, share)
                yield env.timeout(takes)
                breached = self.seen(duty, shortfall > 0)
            if not breached:
                return self.fulfil(duty)
            dispute = self.breach(duty, own)
            if late_by > grace:
                performed = env.timeout(late_by - grace)
                if dispute:
                    yield performed | dispute.done
                else:
                    yield performed
                if performed.processed and self.held[cohort] == 0:
                    return None
                if performed.processed:
                    self.perform(duty, count, 1)
                    return self.remedy(duty, own, dispute)
            elif dispute:
                yield dispute.done
            else:
                return None
            if dispute.done.value != "settled":
                return None
            if late_by <= grace:
                count = shortfall
                if count == 0:
                    return self.fulfil(duty)

    def owed(self, cohort, count):
        return self.held[cohort] if count is None else min(count, self.held[cohort])

    def decision(self, duty):
        if duty == "b_gives_the_rest":
            return "comply"
        p = WORD if duty == "a_gives_remains" else WORD + (1 - WORD) * self.trust[duty[0]]
        if self.rng.random() < p:
            return "comply"
        if duty == "a_gives":
            return choose(self.rng, [("late", 3), ("partial", 1), ("refuse", 1)])
        if duty == "b_gives":
            return choose(self.rng, [("late", 3), ("refuse", 1)])
        return "refuse"

    def perform(self, duty, count, share):
        cohort = self.cohort(duty)
        owed = self.owed(cohort, count)
        freed = math.floor(share * owed + 1e-9)
        self.count()
        self.held[cohort] -= freed
        self.freed[cohort] += freed
        if duty in ANSWER:
            self.answerable[ANSWER[duty]] += freed
        if math.isnan(self.half_home) and self.freed["guests_of_b"] >= 10:
            self.half_home = self.env.now
        self.change()
        return owed - freed

    def seen(self, duty, deficient):
        if duty not in ("a_gives", "b_gives"):
            return deficient
        return self.rng.random() < (0.95 if deficient else 0.01)

    def answered(self, duty):
        answer = ANSWER.get(duty)
        if answer:
            count = math.floor(5 * self.answerable[answer] + 0.5)
            self.answerable[answer] = 0
            lag = self.rng.triangular(0.2, 2, 0.5) if answer == "b_gives" else 0
            self.env.process(self.dated(answer, lag, count))

    def fulfil(self, duty):
        self.shift_trust(OTHER[duty[0]], 0.03)
        self.answered(duty)

    def breach(self, duty, tranche):
        self.shift_trust(OTHER[duty[0]], -0.1)
        if duty != "b_gives_the_rest":
            return self.respond(OTHER[duty[0]], duty, tranche)
        return None

    def remedy(self, duty, tranche, dispute):
        if dispute and dispute.open:
            self.close(dispute, "closed")
        for restraint in self.restraints.pop(tranche, []):
            if not restraint.lifted.triggered:
                restraint.lifted.succeed()
        self.answered(duty)

    # Responses and mediation.

    def respond(self, party, subject, tranche):
        response = choose(self.rng, MEASURED)
        if response == "dispute":
            dispute = Dispute(self.env, subject)
            self.opened += 1
            self.disputes[subject] = self.disputes.get(subject, 0) + 1
            self.env.process(self.mediation(dispute))
            return dispute
        if response == "hold" and subject in ANSWER:
            self.env.process(self.restraint(self.holds, ANSWER[subject], 3, 0, tranche))
        elif response == "suspend":
            self.env.process(self.restraint(self.suspensions, party, 5, 2, tranche))
        elif response == "retaliate":
            self.occur(party)
        elif response == "withdraw":
            self.collapse()
        return None

    def restraint(self, counts, target, lasts, notice, tranche):
        restraint = Restraint(self.env)
        if tranche is not None:
            self.restraints.setdefault(tranche, []).append(restraint)
        if notice:
            yield self.env.timeout(notice) | restraint.lifted
            if restraint.lifted.triggered:
                return
        counts[target] = counts.get(target, 0) + 1
        if self.restrained == 0:
            self.restrained_since = self.env.now
        self.restrained += 1
        yield self.env.timeout(lasts) | restraint.lifted
        counts[target] -= 1
        self.restrained -= 1
        if self.restrained == 0:
            self.days_suspended += self.env.now - self.restrained_since
        self.unblock()

    def close(self, dispute, how):
        dispute.open = False
        self.disputes[dispute.subject] -= 1
        self.unblock()
        dispute.done.succeed(how)

    def mediation(self, dispute):
        while True:
            with self.mediators.request() as turn:
                yield turn | dispute.done
                if not dispute.open:
                    return
                yield self.env.timeout(gamma(self.rng, 4, 3)) | dispute.done
                if not dispute.open:
                    return
                if self.rng.random() < 0.7:
                    self.settled += 1
                    for side in "ab":
                        self.shift_trust(side, 0.05)
                    return self.close(dispute, "settled")
                unsettled = choose(self.rng, [("retry", 2), ("drop", 1), ("withdraw", 0.5)])
                if unsettled == "withdraw":
                    return self.collapse()
                if unsettled == "drop":
                    return self.close(dispute, "dropped")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("trials", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    start = time.perf_counter()
    rows = [Trial(rng).run() for _ in range(options.trials)]
    seconds = time.perf_counter() - start
    print(f"{1e9 * seconds / options.trials:.0f} ns/trial")
    if options.csv:
        with open(options.csv, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([OUTCOMES, *rows])


if __name__ == "__main__":
    main()
