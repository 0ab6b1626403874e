import {deserializeDate, serializeDate, today} from "@web/core/l10n/dates";

// What the rows of the map can be.
export const ROWS = ["services", "regions", "companies"];
// Nobody has evidence from before this day.
const FIRST_DAY = "1990-01-01";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Today, as the server writes days. */
export function getToday() {
    return serializeDate(today());
}

/** The day that was asked for, if it is one that the map can be drawn for. */
export function cleanDay(text) {
    if (!DAY.test(text || "") || text < FIRST_DAY || !deserializeDate(text).isValid) {
        return false;
    }
    return text < getToday() ? text : false;
}

function cleanId(value) {
    const number = Number(value);
    return Number.isInteger(number) && number > 0 ? number : false;
}

/** A row is numbered as its record; 0 is what is in no region. */
function cleanRow(value) {
    return value === 0 || value === "0" ? 0 : cleanId(value);
}

/**
 * Where somebody is on the map: what is filtered and which place is open. Read from
 * the address or from what the screen kept; whatever makes no sense is left out.
 */
export function readWhere(kept = {}) {
    const show = kept.show === "gaps" ? "gaps" : "map";
    // Gaps are those of services.
    const rows = show === "map" && ROWS.includes(kept.rows) ? kept.rows : ROWS[0];
    return {
        as_of: cleanDay(kept.as_of),
        mode: kept.mode === "then" ? "then" : "today",
        region_id: cleanId(kept.region_id),
        perspective_id: cleanId(kept.perspective_id),
        rows,
        show,
        row_id: cleanRow(kept.row_id),
        area_id: cleanId(kept.area_id),
    };
}

/** The same for the address, without what is usual. */
export function toAddress(where) {
    const usual = readWhere();
    return Object.fromEntries(
        Object.entries(where).map(([key, value]) => [
            key,
            value === usual[key] ? undefined : value,
        ])
    );
}

/** What the server is asked for. */
export function toOptions({as_of, mode, region_id, perspective_id, rows}) {
    return {as_of, mode, region_id, perspective_id, rows};
}
