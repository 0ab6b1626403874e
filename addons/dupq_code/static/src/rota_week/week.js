import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

// Best first. Each has a shape of its own, see `CoverageShape`.
export const STATES = ["chosen", "known", "seen", "stranger"];
export const SHAPES = {
    chosen: "fresh",
    known: "single",
    seen: "stale",
    stranger: "nothing",
};
export const STATE_WORDS = {
    chosen: _t("Chosen"),
    known: _t("Belongs here"),
    seen: _t("Has been here"),
    stranger: _t("Stranger"),
};
export const STATE_MEANINGS = {
    chosen: _t("people there said yes to them"),
    known: _t("works in this service, or is a member of it"),
    seen: _t("came before, in the last year"),
    stranger: _t("has not been here in the last year"),
};

export function dayWords(day) {
    return deserializeDate(day).toLocaleString(luxon.DateTime.DATE_FULL);
}

/** The time on the clock of the service; a night says that it ends on another day. */
export function timeWords(shift) {
    const words = _t("%(start)s to %(stop)s", shift);
    return shift.over_night ? _t("%s the next day", words) : words;
}

function timesWords(times) {
    return times === 1 ? _t("Here once") : _t("Here %s times", times);
}

/** Who chose this worker and whether they know each other, in a sentence. */
export function standWords(shift) {
    if (shift.chosen.length) {
        return shift.chosen
            .map(({name, date}) =>
                _t("%(name)s said yes on %(date)s", {name, date: dayWords(date)})
            )
            .join("; ");
    }
    if (shift.times) {
        const last = dayWords(shift.last);
        const times = timesWords(shift.times);
        return _t("%(times)s, last on %(last)s", {times, last});
    }
    return shift.state === "known" ? _t("First time here for a year") : "";
}

/** What kind of shift it is, and why somebody was moved here. */
export function kindWords({kind, reason}) {
    return reason ? _t("%(kind)s: %(reason)s", {kind, reason}) : kind;
}

/** Who could come instead, and why they are the nearest. */
export function standInWords({name, state, times}) {
    const reasons = [STATE_WORDS[state].toString().toLowerCase()];
    if (times) {
        reasons.push(timesWords(times).toString().toLowerCase());
    }
    return _t("%(name)s is free: %(why)s", {name, why: reasons.join(", ")});
}

export function allShifts(days) {
    return days.flatMap((day) => day.shifts);
}

/** The answer to the question of the page, for a first glance. */
export function sumUp(days) {
    const shifts = allShifts(days);
    return {
        shifts: shifts.length,
        faces: new Set(shifts.map((shift) => shift.worker)).size,
        strangers: shifts.filter((shift) => shift.state === "stranger").length,
    };
}

/** Bars from 0 to 1 of the highest; nothing is drawn from nothing. */
export function toBars(values) {
    const most = Math.max(1, ...values);
    return values.map((value) => value / most);
}

export function percent(part, whole) {
    return whole ? Math.round((100 * part) / whole) : 0;
}
