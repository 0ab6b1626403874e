import {_t} from "@web/core/l10n/translation";

export const STATES = ["fresh", "single", "stale", "nothing"];
export const STATE_WORDS = {
    fresh: _t("Fresh"),
    single: _t("One source"),
    stale: _t("Over a year old"),
    nothing: _t("Nothing yet"),
};
export const STATE_MEANINGS = {
    fresh: _t("seen in the last twelve months, from two kinds of source or more"),
    single: _t("seen in the last twelve months, from one kind of source only"),
    stale: _t("there is something, but older than twelve months"),
    nothing: _t("nobody has shown anything"),
};
// Worst first; what each says when it is missing.
export const GAPS = ["nothing", "stale", "single", "managers"];
export const GAP_WORDS = {
    nothing: _t("Nothing at all"),
    stale: _t("Nothing fresh"),
    single: _t("One source only"),
    managers: _t("Only managers say so"),
};

/** Services, those of a region together; each knows on which line it stands. */
export function groupByRegion(services) {
    const regions = new Set(services.map((service) => service.region));
    let line = 0;
    return [...regions].map((region) => ({
        region,
        rows: services
            .filter((service) => service.region === region)
            .map((service) => ({...service, line: line++})),
    }));
}

/** One list for each kind of gap that there is, worst first. */
export function groupByGap(gaps) {
    return GAPS.map((kind) => ({
        kind,
        rows: gaps.filter((gap) => gap.gap === kind),
    })).filter((group) => group.rows.length);
}

/** The word for a place. Where bad is looked for, having seen none is no alarm. */
export function stateWord(place) {
    if (place.polarity === "bad" && place.state === "nothing") {
        return _t("Nothing seen");
    }
    return STATE_WORDS[place.state];
}

export function countWords(count) {
    return count === 1 ? _t("1 item") : _t("%s items", count);
}

/** The parts of a figure in words: "3 good, 1 not yet good". */
export function partsWords({good, not_yet, confidential}) {
    const parts = [];
    if (good) {
        parts.push(_t("%s good", good));
    }
    if (not_yet) {
        parts.push(_t("%s not yet good", not_yet));
    }
    if (confidential) {
        parts.push(_t("%s confidential", confidential));
    }
    return parts.join(", ");
}

/** The row, the area and the cell of a place; nothing if the map has no such place. */
export function findPlace(data, serviceId, areaId) {
    const row = data.services.find((service) => service.id === serviceId);
    const area = data.areas.find((candidate) => candidate.id === areaId);
    const cell = row && row.cells.find((candidate) => candidate.area_id === areaId);
    return area && cell ? {row, area, cell} : null;
}

/** The statement to begin with: the first good one for which the least is there. */
export function weakestStatement(statements) {
    const wanted = statements.filter((statement) => statement.polarity === "good");
    for (const state of ["nothing", "stale", "single"]) {
        const found = wanted.find((statement) => statement.state === state);
        if (found) {
            return found;
        }
    }
    return wanted[0];
}
