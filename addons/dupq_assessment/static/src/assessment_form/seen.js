/** Kinds of values that two people can write over each other. */
const WORDS = [
    "char",
    "text",
    "selection",
    "boolean",
    "integer",
    "float",
    "date",
    "many2one",
];
const UPDATE = 1;

/**
 * What stood on the screen before it was changed: for each changed field its value,
 * for each changed line of a list the same by the number of the line.
 *
 * @param {Object} record of the relational model
 * @param {Object} changes as they are sent to the server
 * @returns {Object}
 */
export function getSeen(record, changes) {
    const seen = {};
    for (const [name, value] of Object.entries(changes)) {
        const type = record.fields[name]?.type;
        if (WORDS.includes(type)) {
            seen[name] = toServer(type, record._values[name]);
        } else if (type === "one2many" && Array.isArray(value)) {
            const lines = getSeenLines(record.data[name], value);
            if (Object.keys(lines).length) {
                seen[name] = lines;
            }
        }
    }
    return seen;
}

function getSeenLines(list, commands) {
    const lines = {};
    for (const [command, id, values] of commands) {
        const line = list._cache?.[id];
        if (command === UPDATE && line) {
            lines[id] = getSeen(line, values);
        }
    }
    return lines;
}

function toServer(type, value) {
    if (type === "many2one") {
        return value ? (value.id ?? value[0] ?? value) : false;
    }
    if (type === "date") {
        return value ? value.toFormat("yyyy-MM-dd") : false;
    }
    return value ?? false;
}
