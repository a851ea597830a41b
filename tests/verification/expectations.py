"""What an expert of ceasefires expects of the plan: variants, and claims on their outcomes."""

import dataclasses

PLAN, OPENING = "cairo-three-phase.yaml", "cairo-opening.yaml"
ALL_FOR_ALL, RECOVERY = "alternatives/all-for-all.yaml", "alternatives/recovery.yaml"

# How the page calls an outcome.
NAMES = {
    "hostages_freed": "hostages freed", "hostage_days": "days in captivity",
    "deaths": "deaths of hostages", "civilian_harm": "civilian harm",
    "second_phase": "second phase, %", "all_three_phases": "three phases, %",
    "first_phase_kept": "first phase kept, %", "aid_days": "days of full aid",
    "hamas_complies": "compliance of Hamas, %", "israel_complies": "compliance of Israel, %",
    "days_a_dispute": "days a dispute", "settled": "disputes settled, %",
    "conditions_met": "aid and movement as agreed, %", "breaks": "breaks in 330 days of truce",
    "nobody_left": "broken without a side leaving, %",
    "relapsed": "relapse, %", "quarrels": "quarrels a day", "flares": "flare-ups a day",
    "expired": "ran out less broken, %", "broken": "broken within a term, %",
    "israel_left": "Israel left, %", "hamas_left": "Hamas left, %",
    "first_phase_given": "persons given in the first phase, %",
    "military.freed": "soldiers freed", "female_soldiers.freed": "female soldiers freed", "prisoners.freed": "prisoners freed",
    "extended": "days of extension", "ran_its_course": "ran its course, %",
    "less_than_ratified": "ran its course less chance of ratification, %",
    "worth": "its share of the hostages freed, %",
    "worth to Israel": "that of what it costs Israel alone, %",
    "worth to Hamas": "that of what it costs Hamas alone, %",
    "if_kept": "second phase if the first was kept less if not, %",
    "if_second_deal": "second phase of second agreements less that of first ones, %",
    "if_kept_at_term": "the same of those that reached the term, %"}
SHARES = {"second_phase", "all_three_phases", "first_phase_kept", "first_phase_given", "relapsed",
          "broken", "nobody_left", "israel_left", "hamas_left"}
# Ratios of two sums over the trials: what is summed above, and below.
RATIOS = {
    "hamas_complies": ("hamas_sum", "first_days"),
    "israel_complies": ("israel_sum", "first_days"),
    "conditions_met": ("conditions_sum", "first_days"),
    "breaks": ("broken_in_330", "active_sum"),
    "days_a_dispute": ("dispute_days", "disputes.opened"),
    "settled": ("disputes.settled", "disputes.opened"),
    "quarrels": ("quarrel_sum", "days_sum"),
    "flares": ("flare_ups", "active_sum")}
# Outcomes that the scenario does not have.
SUMS = {
    "hamas_sum": {"integral": "if(civilians_first.active, hamas_complies, 0)"},
    "israel_sum": {"integral": "if(civilians_first.active, israel_complies, 0)"},
    "conditions_sum": {"integral": "if(civilians_first.active, conditions_met, 0)"},
    "first_days": {"integral": "if(civilians_first.active, 1, 0)"},
    "dispute_days": {"integral": "disputes.open"},
    "quarrel_sum": {"value": "quarrel_over_hostages.occurred + quarrel_over_terms.occurred"},
    "days_sum": {"integral": "if(active and held > 0, 1, 0)"},
    "active_sum": {"integral": "if(active, 1, 0)"},
    "extended": {"integral": "if(civilians_first.active and civilians_first.day >= 42 or "
                             "women_and_remains.active and women_and_remains.day >= 42, 1, 0)"},
    "ran_out": {"value": "expired >= 1"},
    "broken": {"value": "collapsed >= 1 and expired == 0"},
    "broken_in_330": {"value": "if(collapsed >= 1 and expired == 0, 330, 0)"},
    "nobody_left": {"value": "collapsed >= 1 and expired == 0 and hamas_gone + israel_gone == 0"}}


def parameters(**values):
    return {"parameters": values}


IN_FULL = {"hamas_compliance": 1, "israel_compliance": 1, "quarrel_rate": 0, "fire_rate": 0,
           "spoiler_rate": 0}
NO_WORTH = {"israel_guarantee_worth": 0, "hamas_guarantee_worth": 0}
NOT_GIVEN = {"effects": [], "breach": None}
# Overlays by name; a text is the path of a scenario that builds on the plan.
VARIANTS = {
    "as written": {},
    "guarantor 0.2": parameters(engagement=0.2),
    "guarantor 0.95": parameters(engagement=0.95),
    "detection 0.5": parameters(detection=0.5, false_alarms=0),
    "detection 1": parameters(detection=1, false_alarms=0),
    "mediation in 1 day": parameters(mediation_days=1),
    "neither Qatar nor Egypt": parameters(qatar_access=0, egypt_access=0),
    "hotline": "overlays/hotline.yaml",
    "monitored zones": "overlays/ceasefire-zones.yaml",
    "corridors": "overlays/corridors.yaml",
    "better verification": "overlays/better-verification.yaml",
    "stronger guarantees": "overlays/stronger-guarantees.yaml",
    "more time": "overlays/more-time.yaml",
    "positions that do not differ": parameters(positions_differ=0),
    "guarantor 0.2, no worth": parameters(engagement=0.2, **NO_WORTH),
    "guarantor 0.95, no worth": parameters(engagement=0.95, **NO_WORTH),
    "guarantor 0.2, no worth to Israel": parameters(engagement=0.2, israel_guarantee_worth=0),
    "guarantor 0.95, no worth to Israel": parameters(engagement=0.95, israel_guarantee_worth=0),
    "guarantor 0.2, no worth to Hamas": parameters(engagement=0.2, hamas_guarantee_worth=0),
    "guarantor 0.95, no worth to Hamas": parameters(engagement=0.95, hamas_guarantee_worth=0),
    "Hamas complies at 0.3": parameters(hamas_compliance=0.3, remains_compliance=0.3),
    "Israel complies at 0.3": parameters(israel_compliance=0.3, conditions_compliance=0.3),
    "a week for nothing": parameters(week_costs=0),
    "a week for 20": parameters(week_costs=20),
    "a week for 70": parameters(week_costs=70),
    "nobody leaves": parameters(leaving=0),
    "no prisoners": parameters(prisoners_per_civilian=0),
    "3 prisoners": parameters(prisoners_per_civilian=3),
    "no prisoners for soldiers": parameters(prisoners_per_soldier=0),
    "10 prisoners": parameters(prisoners_per_civilian=10),
    "60 prisoners": parameters(prisoners_per_civilian=60),
    "100 prisoners": parameters(prisoners_per_civilian=100),
    "no aid": {"phases": {"civilians_first": {"obligations": {
        "expand_aid": NOT_GIVEN, "ease_movement": NOT_GIVEN}}}},
    "trust fixed": parameters(trust_moves=0),
    "all kept": parameters(**IN_FULL),
    "all kept, trust fixed": parameters(**IN_FULL, trust_moves=0),
    "stakes do not matter": parameters(stakes_matter=0),
    "front-loaded": "alternatives/front-loaded.yaml"}
REDRAWN = {"positions": "redrawn"}
ALL = {"all for all": {}, "all for all, redrawn": {"talks": {"all_for_all": REDRAWN}}}
TO_DAY_240 = {"horizon": 240, "triggers": {"nothing_agreed": None}}
OPENINGS = {
    "opening to day 240": TO_DAY_240,
    "opening to day 240, redrawn": {**TO_DAY_240, "talks": {
        "cairo": REDRAWN, "talks_on_second": REDRAWN, "talks_on_third": REDRAWN}}}
# Of the opening: one in which agreements come, so that each of its parameters acts.
EASY = {"opening_agrees": 0.9, "opening_ratified": 0.9, "round_agrees": 0.9, "ratification": 0.98,
        "fire_rate": 0.01, "quarrel_rate": 0.03, "relapse_rate": 0.002}
RECOVERIES = {
    "recovery as written": {},
    "recovery succeeds": parameters(governance_kept=1, borders_opened=1, security_kept=1, pledges_paid=1),
    "recovery fails": parameters(governance_kept=0, borders_opened=0, security_kept=0, pledges_paid=0)}
# Of the opening: whether the second phase began under the second agreement of a trial.
SECOND = {
    "levels": {"under_second": 0},
    "triggers": {"under_second_agreement": {
        "upon": "women_and_remains.started", "while": "civilians_first.started == 2",
        "do": [{"set": {"under_second": 1}}]}},
    "outcomes": {"under_second": {"value": "under_second"},
                 "deals": {"value": "civilians_first.started"}}}


@dataclasses.dataclass
class Row:
    """`claims`, by outcome: `< 0`, `not > 0` of the whole interval; `about 92` within 5 %; `told` where
    nothing is expected."""
    expectation: str
    because: str
    one: str
    other: str  # '' where the outcome of `one` itself is meant
    claims: dict


LESS = {"hostage_days": "< 0", "deaths": "< 0", "civilian_harm": "< 0"}
ROWS = [
    Row("A stronger guarantor saves lives and days",
        "leaving costs more, and flare-ups are contained sooner",
        "guarantor 0.95", "guarantor 0.2",
        {"hostages_freed": "> 0", **LESS, "second_phase": "> 0"}),
    Row("Also where nothing makes leaving dearer",
        "it mediates, and contains flare-ups",
        "guarantor 0.95, no worth", "guarantor 0.2, no worth",
        {"hostages_freed": "> 0", **LESS, "second_phase": "> 0"}),
    Row("Most of what it does goes by what it makes leaving cost",
        "what holds a side holds all that it does: performing, talks, ratification",
        "guarantor 0.95", "guarantor 0.2",
        {"worth": "> 50", "worth to Israel": "> 0", "worth to Hamas": "> 0"}),
    Row("So do stronger guarantees",
        "the guarantor is engaged throughout; nothing else is different",
        "stronger guarantees", "as written",
        {"hostages_freed": "> 0", **LESS, "broken": "< 0"}),
    Row("More time frees more, and is time to break",
        "talks have longer, each week is paid for in persons, and what lasts longer may break longer",
        "more time", "as written",
        {"hostages_freed": "> 0", **LESS, "second_phase": "> 0", "broken": "told"}),
    Row("Better detection without false alarms does not cost anything",
        "what is found is mended, what would be found is done; what is missing harms, seen or not",
        "detection 1", "detection 0.5",
        {"hostages_freed": "> 0", **LESS, "first_phase_kept": "> 0", "aid_days": "> 0"}),
    Row("So with better verification",
        "false alarms are fewer, too",
        "better verification", "as written",
        {"hostage_days": "< 0", "deaths": "not > 0", "civilian_harm": "not > 0",
         "first_phase_kept": "> 0"}),
    Row("Quicker mediation helps",
        "a grave quarrel holds up batches until it is settled",
        "mediation in 1 day", "as written",
        {**LESS, "first_phase_kept": "> 0", "days_a_dispute": "< 0"}),
    Row("A hotline helps",
        "fewer incidents flare up, and not for so long",
        "hotline", "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Monitored zones help",
        "what falls in them is less grave, so that it flares up and is answered less",
        "monitored zones", "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Corridors help",
        "aid comes sooner, goes on in a flare-up, and is less quarrelled about",
        "corridors", "as written",
        {"hostages_freed": "> 0", **LESS, "hamas_complies": "> 0", "aid_days": "> 0"}),
    Row("More prisoners for a civilian bind the side that receives them, and strain the other",
        "it expects more, and the bargain is better to it",
        "60 prisoners", "10 prisoners",
        {"hamas_complies": "> 1", "israel_complies": "< -1", "hostages_freed": "told"}),
    Row("For no prisoners nobody comes",
        "below the least ratio nobody is given; what is not given in return ends the agreement",
        "no prisoners", "as written",
        {"hostages_freed": "< -30", "hamas_complies": "< -50", "broken": "> 50"}),
    Row("At the lowest ratio of the record far fewer come",
        "the side that holds them gets next to nothing",
        "3 prisoners", "as written",
        {"hostages_freed": "< -5", "hamas_complies": "< -5", "first_phase_given": "< -5"}),
    Row("For no prisoners no soldier comes before the last phase",
        "each kind of hostage has its price; in the last phase it is the withdrawal",
        "no prisoners for soldiers", "as written",
        {"female_soldiers.freed": "< -1", "hostages_freed": "< -1"}),
    Row("Nor do a hundred serve the agreement",
        "to the side that pays it is dear",
        "100 prisoners", "as written", {"hostages_freed": "< 0", "israel_complies": "< -1"}),
    Row("A side that hardly ever performs is not borne ...",
        "leaving is the likelier, the more persons are missing and the more often",
        "Hamas complies at 0.3", "as written",
        {"broken": "> 20", "israel_left": "> 20", "hostages_freed": "< -10"}),
    Row("... whichever side it is",
        "the same rule holds for both",
        "Israel complies at 0.3", "as written",
        {"broken": "> 20", "hamas_left": "> 20", "hostages_freed": "< -5"}),
    Row("Where nobody ever leaves, more come home",
        "there is one way less to fail; most agreements still run out",
        "nobody leaves", "as written", {"broken": "< -5", "hostages_freed": "> 0"}),
    Row("Time is not to be had for nothing ...",
        "the side to which nobody would come for it refuses",
        "a week for nothing", "as written", {"extended": "< 0", "hostages_freed": "< 0"}),
    Row("... nor is a dear week often agreed",
        "the side that would give so many refuses; where it agrees, who was paid for it is home",
        "a week for 20", "as written",
        {"extended": "< 0", "hostages_freed": "told", "second_phase": "told", "prisoners.freed": "> 0"}),
    Row("At the price of November 2023 hardly any week is bought",
        "then it was women and children, at 3 prisoners each; here it is men",
        "a week for 70", "as written", {"extended": "< 0", "hostages_freed": "told"}),
    Row("Positions that last keep talks from agreeing in the end",
        "who is far apart stays so, however many rounds there are",
        "as written", "positions that do not differ", {"second_phase": "< 0"}),
    Row("Without aid fewer are freed",
        "relief is what one side would lose by leaving",
        "no aid", "as written",
        {"hostages_freed": "< 0", "hamas_complies": "< 0", "civilian_harm": "> 0"}),
    Row("Without mediators fewer are freed, disputes are longer, and fewer of them settle",
        "what the sides cannot say to each other goes by others, and slowly",
        "neither Qatar nor Egypt", "as written",
        {"hostages_freed": "< 0", "days_a_dispute": "> 0", "settled": "< 0", "deaths": "> 0"}),
    Row("Where all is kept, trust that moves frees more",
        "each side comes to believe in what is still to come",
        "all kept", "all kept, trust fixed", {"hostages_freed": "> 3", "second_phase": "> 3"}),
    Row("So it does as it goes, by less",
        "quarrels, fire and what is missing take back part of what persons and steps have given",
        "as written", "trust fixed", {"hostages_freed": "> 0", "all_three_phases": "> 0.5"}),
    Row("Stakes matter",
        "the side that has got most of what it wanted is less bound",
        "as written", "stakes do not matter",
        {"second_phase": "< 0", "israel_complies": "< 0", "hamas_complies": "told"}),
    Row("The second phase comes after a first that was kept",
        "what was kept raises trust and lowers opposition; what is owed is a grievance",
        "as written", "", {"if_kept": "> 10", "if_kept_at_term": "> 0"}),
    Row("Front-loading saves days in captivity",
        "all civilians are home in the first week",
        "front-loaded", "as written",
        {"hostage_days": "< 0", "deaths": "told", "hostages_freed": "told"}),
    Row("Its price is paid in the later phases",
        "one side has got what it wanted most, the other holds less",
        "front-loaded", "as written",
        {"military.freed": "< 0", "second_phase": "< 0", "all_three_phases": "< 0",
         "israel_complies": "< 0", "hamas_complies": "< 0", "civilian_harm": "> 0"}),
    Row("Agreements that fail run out; few are broken within their term",
        "flare-ups are contained, disputes are settled",
        "as written", "",
        {"expired": "> 0", "second_phase": "told", "all_three_phases": "told"}),
    Row("Each side performs about as in the record",
        "record: 31 of 31 due steps of people, 6 of 9 of aid; strain is 1 on day 0, and not for long",
        "as written", "",
        {"hamas_complies": "about 97", "israel_complies": "about 97", "conditions_met": "about 65"}),
    Row("Agreements break about as seldom as in the record",
        "record: none in 330 days of truce; half a break by Jeffreys' prior",
        "as written", "", {"breaks": "< 1", "broken": "told", "nobody_left": "told"}),
    Row("Quarrels come about every eight days, and nearly all of them settle",
        "record: 13 disputes of 2023 to 2025, of which 12 ended",
        "as written", "", {"quarrels": "about 0.125", "settled": "about 92"}),
    Row("Flare-ups are as rare as in the record",
        "record: three in 330 days of truce of 2023 to 2025",
        "as written", "", {"flares": "about 0.0091"}),
    Row("All for all comes through less often than both sides would ratify it",
        "who refuses goes on refusing, and what is ratified has to be performed",
        "all for all", "", {"ran_its_course": "told", "less_than_ratified": "< 0"}),
    Row("Were positions drawn anew each time, it would free more",
        "a refusal is then no more than bad luck",
        "all for all, redrawn", "all for all", {"hostages_freed": "> 0"}),
    Row("Both from their opening on and to day 240: all for all against phases",
        "who comes comes at once; but fewer agreements are made, and war goes on while they talk",
        "all for all", "opening to day 240",
        {"hostages_freed": "told", "hostage_days": "< 0", "civilian_harm": "told"}),
    Row("The same with positions drawn anew",
        "the comparison should not hang on how positions are drawn",
        "all for all, redrawn", "opening to day 240, redrawn",
        {"hostages_freed": "told", "hostage_days": "< 0", "civilian_harm": "told"}),
    Row("A later agreement is worse",
        "trust is no higher, what was not given is a grievance, the price has risen",
        "opening", "", {"if_second_deal": "< 0"}),
    Row("A recovery that succeeds keeps the war away",
        "governance, borders, reconstruction and security lower the risk; all phases have run their course",
        "recovery succeeds", "recovery fails", {"relapsed": "< 0", "civilian_harm": "< 0"}),
    Row("So does one as far as it is likely",
        "at the values in the file, after a complete agreement",
        "recovery as written", "recovery fails", {"relapsed": "< 0", "civilian_harm": "< 0"})]

# What was set to the record is read back, which is no test of the plan.
INPUTS = {"Each side performs about as in the record",
          "Agreements break about as seldom as in the record",
          "Quarrels come about every eight days, and nearly all of them settle",
          "Flare-ups are as rare as in the record"}
