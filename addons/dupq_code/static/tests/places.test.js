import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
    GAPS,
    GAP_WORDS,
    STATES,
    STATE_MEANINGS,
    STATE_WORDS,
    countWords,
    findPlace,
    groupByGap,
    groupByRegion,
    partsWords,
    stateWord,
    weakestStatement,
} from "@dupq_code/coverage_map/places";
import {cleanDay, readWhere, toAddress, toOptions} from "@dupq_code/coverage_map/where";

describe.current.tags("headless");
beforeEach(allowTranslations);

test("every state and every gap has words of its own", () => {
    const words = STATES.map((state) => STATE_WORDS[state].toString());
    expect(new Set(words).size).toBe(4);
    expect(STATES.every((state) => STATE_MEANINGS[state])).toBe(true);
    expect(GAPS.every((gap) => GAP_WORDS[gap])).toBe(true);
});

test("not having seen what bad looks like is no alarm", () => {
    const word = (polarity) => stateWord({polarity, state: "nothing"}).toString();
    expect(word("good")).toBe("Nothing yet");
    expect(word("bad")).toBe("Nothing seen");
});

test("a figure says its parts, and leaves out those that are not there", () => {
    const parts = {good: 3, not_yet: 1, confidential: 5};
    expect(partsWords(parts)).toBe("3 good, 1 not yet good, 5 confidential");
    expect(partsWords({good: 0, not_yet: 0, confidential: 0})).toBe("");
    expect(countWords(1).toString()).toBe("1 item");
    expect(countWords(4).toString()).toBe("4 items");
});

test("services of a region stand together, lines are counted through", () => {
    const services = [
        {id: 1, region: "North"},
        {id: 2, region: "South"},
        {id: 3, region: "North"},
    ];
    const groups = groupByRegion(services);
    expect(groups.map((group) => group.region)).toEqual(["North", "South"]);
    expect(groups.map((group) => group.rows.map((row) => [row.id, row.line]))).toEqual([
        [
            [1, 0],
            [3, 1],
        ],
        [[2, 2]],
    ]);
});

test("gaps come worst first, and only kinds that there are", () => {
    const gaps = [{gap: "managers"}, {gap: "nothing"}, {gap: "managers"}];
    const groups = groupByGap(gaps);
    expect(groups.map((group) => [group.kind, group.rows.length])).toEqual([
        ["nothing", 1],
        ["managers", 2],
    ]);
});

test("a place that is not on the map is not found", () => {
    const data = {
        areas: [{id: 7}],
        services: [{id: 3, cells: [{area_id: 7, count: 2}]}],
    };
    expect(findPlace(data, 3, 7).cell.count).toBe(2);
    expect(findPlace(data, 4, 7)).toBe(null);
    expect(findPlace(data, 3, 8)).toBe(null);
});

test("evidence is first asked for where the least is there", () => {
    const found = weakestStatement([
        {id: 1, polarity: "good", state: "fresh"},
        {id: 2, polarity: "bad", state: "nothing"},
        {id: 3, polarity: "good", state: "single"},
        {id: 4, polarity: "good", state: "stale"},
    ]);
    expect(found.id).toBe(4);
});

test("what makes no sense in the address is left out", () => {
    mockDate("2026-06-15 12:00:00");
    expect(cleanDay("2026-03-31")).toBe("2026-03-31");
    for (const nonsense of ["2026-13-01", "0202-01-01", "soon", 7, "", undefined]) {
        expect(cleanDay(nonsense)).toBe(false);
    }
    expect(cleanDay("2026-06-15")).toBe(false, {message: "today is as usual"});
    expect(cleanDay("2027-01-01")).toBe(false, {message: "nobody knows yet"});
    const where = readWhere({region_id: "1 OR 1=1", mode: "x", service_id: -2});
    expect(where).toEqual(readWhere());
});

test("the address says no more than what was chosen", () => {
    mockDate("2026-06-15 12:00:00");
    const where = readWhere({as_of: "2026-03-31", mode: "then", region_id: 4});
    const address = JSON.parse(JSON.stringify(toAddress(where)));
    expect(address).toEqual({as_of: "2026-03-31", mode: "then", region_id: 4});
    expect(readWhere(address)).toEqual(where);
    expect(toOptions(where)).toEqual({
        as_of: "2026-03-31",
        mode: "then",
        region_id: 4,
        perspective_id: false,
    });
});
