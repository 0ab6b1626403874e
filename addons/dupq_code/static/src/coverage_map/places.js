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
// What the rows can be, and what one of them is.
export const ROWS_WORDS = {
    services: _t("Services"),
    regions: _t("Regions"),
    companies: _t("Companies"),
};
export const ROW_WORDS = {
    services: _t("Service"),
    regions: _t("Region"),
    companies: _t("Company"),
};
// Worst first; what each says when it is missing.
export const GAPS = ["nothing", "stale", "single", "managers"];
export const GAP_WORDS = {
    nothing: _t("Nothing at all"),
    stale: _t("Nothing fresh"),
    single: _t("One source only"),
    managers: _t("Only managers say so"),
};

/** The rows of the map, as they were chosen. */
export function getRows(data) {
    return data.rows === "services" ? data.services : data.groups;
}

/** Rows, those of a region together; each knows on which line it stands. */
export function groupByRegion(rows) {
    const regions = new Set(rows.map((row) => row.region));
    let line = 0;
    return [...regions].map((region) => ({
        region,
        rows: rows
            .filter((row) => row.region === region)
            .map((row) => ({...row, line: line++})),
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
    const isCalm = place.polarity === "bad" && place.state === "nothing";
    const all = place.spread ? countServices(place.spread) : 0;
    if (all > 1) {
        return lowestWord(place, all, isCalm);
    }
    return isCalm ? _t("Nothing seen") : STATE_WORDS[place.state];
}

/** How many services are spread over what they can show. */
function countServices(spread) {
    return STATES.reduce((sum, state) => sum + spread[state], 0);
}

/** What is said of several services: the least that one can show, and how many so. */
function lowestWord({state, spread}, all, isCalm) {
    const count = spread[state];
    if (state === "fresh") {
        return _t("All %s fresh", all);
    }
    if (state === "single") {
        return _t("%(count)s of %(all)s: one source", {count, all});
    }
    if (state === "stale") {
        return _t("%(count)s of %(all)s: over a year", {count, all});
    }
    return isCalm
        ? _t("%(count)s of %(all)s: nothing seen", {count, all})
        : _t("%(count)s of %(all)s: nothing yet", {count, all});
}

/** How the services of a row are spread, worst first, without what there is none of. */
export function spreadParts(spread) {
    return [...STATES]
        .reverse()
        .filter((state) => spread[state])
        .map((state) => ({state, count: spread[state]}));
}

/** The same in words: "Nothing yet: 2, Fresh: 3". */
export function spreadWords(spread) {
    return spreadParts(spread)
        .map(({state, count}) => `${STATE_WORDS[state]}: ${count}`)
        .join(", ");
}

/** How many services a row is made of. */
export function servicesWords(row, seesAll) {
    const count = row.service_ids.length;
    if (!seesAll) {
        return count === 1
            ? _t("1 service of yours")
            : _t("%s services of yours", count);
    }
    return count === 1 ? _t("1 service") : _t("%s services", count);
}

/** The services of a row for one area, those that show least first. */
export function servicesOf(data, row, areaId) {
    const place = (service) => ({
        id: service.id,
        name: service.name,
        ...service.cells.find((cell) => cell.area_id === areaId),
    });
    return data.services
        .filter((service) => row.service_ids.includes(service.id))
        .map(place)
        .sort((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state));
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
export function findPlace(data, rowId, areaId) {
    const row = getRows(data).find((candidate) => candidate.id === rowId);
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
