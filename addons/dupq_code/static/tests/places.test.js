import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
    GAPS,
    GAP_WORDS,
    STATES,
    STATE_MEANINGS,
    STATE_WORDS,
    ROWS_WORDS,
    ROW_WORDS,
    countWords,
    findPlace,
    groupByGap,
    groupByRegion,
    partsWords,
    servicesOf,
    servicesWords,
    spreadParts,
    spreadWords,
    stateWord,
    weakestStatement,
} from "@dupq_code/coverage_map/places";
import {
    ROWS,
    cleanDay,
    readWhere,
    toAddress,
    toOptions,
} from "@dupq_code/coverage_map/where";

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

const SPREAD = {nothing: 2, stale: 0, single: 1, fresh: 3};

test("of several services the least is said, and of how many", () => {
    const word = (state, spread, polarity) =>
        stateWord({state, spread: {...SPREAD, ...spread}, polarity}).toString();
    expect(word("nothing", {})).toBe("2 of 6: nothing yet");
    expect(word("nothing", {}, "bad")).toBe("2 of 6: nothing seen");
    expect(word("stale", {nothing: 0, stale: 4})).toBe("4 of 8: over a year");
    expect(word("single", {nothing: 0})).toBe("1 of 4: one source");
    expect(word("fresh", {nothing: 0, single: 0})).toBe("All 3 fresh");
    const one = {nothing: 1, stale: 0, single: 0, fresh: 0};
    expect(word("nothing", one)).toBe("Nothing yet", {message: "one is that one"});
});

test("services are spread worst first, leaving out what there is none of", () => {
    expect(spreadParts(SPREAD)).toEqual([
        {state: "nothing", count: 2},
        {state: "single", count: 1},
        {state: "fresh", count: 3},
    ]);
    expect(spreadWords(SPREAD)).toBe("Nothing yet: 2, One source: 1, Fresh: 3");
});

test("the services of a region come with the one that shows least first", () => {
    const service = (id, state) => ({id, name: `S${id}`, cells: [{area_id: 7, state}]});
    const data = {
        services: [service(1, "fresh"), service(2, "nothing"), service(3, "single")],
    };
    const row = {service_ids: [1, 2]};
    expect(servicesOf(data, row, 7).map((each) => each.id)).toEqual([2, 1]);
});

test("a row says of how many services it is, and whether these are all", () => {
    const words = (ids, all) => servicesWords({service_ids: ids}, all).toString();
    expect(words([1], true)).toBe("1 service");
    expect(words([1, 2], true)).toBe("2 services");
    expect(words([1], false)).toBe("1 service of yours");
    expect(words([1, 2], false)).toBe("2 services of yours");
    expect(ROWS.every((kind) => ROWS_WORDS[kind] && ROW_WORDS[kind])).toBe(true);
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
        rows: "services",
        areas: [{id: 7}],
        services: [{id: 3, cells: [{area_id: 7, count: 2}]}],
        groups: [{id: 0, cells: [{area_id: 7, count: 5}]}],
    };
    expect(findPlace(data, 3, 7).cell.count).toBe(2);
    expect(findPlace(data, 4, 7)).toBe(null);
    expect(findPlace(data, 3, 8)).toBe(null);
    const regions = {...data, rows: "regions"};
    expect(findPlace(regions, 0, 7).cell.count).toBe(5);
    expect(findPlace(regions, 3, 7)).toBe(null);
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
    const where = readWhere({
        region_id: "1 OR 1=1",
        mode: "x",
        row_id: -2,
        rows: "people",
    });
    expect(where).toEqual(readWhere());
    expect(readWhere({row_id: "0"}).row_id).toBe(0, {message: "in no region"});
    expect(readWhere({row_id: ""}).row_id).toBe(false);
    expect(readWhere({rows: "regions"}).rows).toBe("regions");
    expect(readWhere({rows: "regions", show: "gaps"}).rows).toBe("services");
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
        rows: "services",
    });
});
