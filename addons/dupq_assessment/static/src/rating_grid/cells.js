/** The key of a cell: of which row, and by which group (0: all together). */
export function cellKey(rowKey, groupId) {
    return `${rowKey}|${groupId || 0}`;
}

/**
 * The level that a figure key means: the one with that name, else the one in that
 * place, with 0 for the tenth.
 */
export function levelOfKey(levels, key) {
    if (!/^\d$/.test(key)) {
        return null;
    }
    const place = Number(key) || 10;
    return (
        levels.find((level) => level.name === key) ||
        levels.find((level) => level.position === place) ||
        null
    );
}

/** All rows, one after the other, each with its section and its line. */
export function toLines(sections) {
    return sections
        .flatMap((section) => section.rows.map((row) => ({...row, section})))
        .map((row, line) => ({...row, line}));
}

const MOVES = {
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
};

/** Where a key leads in a sheet of so many lines and columns, or nowhere. */
export function moveTo({line, column}, key, {lines, columns}, isFar) {
    const move = MOVES[key];
    let to = null;
    if (move) {
        to = {line: line + move[0], column: column + move[1]};
    } else if (key === "Home") {
        to = {line: isFar ? 0 : line, column: 0};
    } else if (key === "End") {
        to = {line: isFar ? lines - 1 : line, column: columns - 1};
    }
    const isInside =
        to && to.line >= 0 && to.line < lines && to.column >= 0 && to.column < columns;
    return isInside ? to : null;
}

/** What a cell says: what is saved, and what was chosen and is not saved yet. */
export function shownCell(saved, waiting) {
    const empty = {level_id: false, status: "", number: 0, is_carried: false};
    const cell = {...empty, ...(saved || {})};
    return waiting ? {...cell, ...waiting.values, is_carried: false} : cell;
}

/** The values that bring a cell back to what it said. */
export function takeBack(cell, values) {
    return Object.fromEntries(Object.keys(values).map((name) => [name, cell[name]]));
}
