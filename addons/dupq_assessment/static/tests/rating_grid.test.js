import {expect, press, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    levelOfKey,
    moveTo,
    shownCell,
    takeBack,
} from "@dupq_assessment/rating_grid/cells";
import {Waiting} from "@dupq_assessment/rating_grid/waiting";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();

const LEVELS = ["Rarely", "Sometimes", "Mostly"].map((name, index) => ({
    id: index + 31,
    name,
    position: index + 1,
    color: "",
}));
const ACTION = {
    type: "ir.actions.client",
    tag: "dupq_rating_grid",
    params: {assessment_id: 5},
};

function row(kind, id, reference, text) {
    const key = `${kind}-${id}`;
    return {
        key,
        kind,
        id,
        reference,
        text,
        polarity: kind === "statement" ? "good" : "",
        is_recognised: false,
        words: "",
    };
}

function grid(values = {}) {
    return {
        id: 5,
        name: "Mill, 2026",
        is_open: true,
        may_write: true,
        why_not: "",
        may_contest: true,
        levels: LEVELS,
        columns: [
            {id: 0, name: "All together", letter: ""},
            {id: 9, name: "Families", letter: "F", shape: "circle"},
        ],
        others: [],
        sections: [
            {
                key: "area-1",
                name: "Support",
                reference: "A1",
                rows: [
                    row("area", 1, "A1", "Support"),
                    row("statement", 7, "A1.G1", "People choose."),
                ],
            },
        ],
        cells: {},
        ...values,
    };
}

/** Mount the grid over a server that keeps what it is sent. */
async function mountGrid({answer, ...values} = {}) {
    browser.localStorage.clear();
    const saved = [];
    onRpc("dupq.assessment.grid", "get_grid", () => grid(values));
    onRpc("dupq.assessment.grid", "get_panel", ({args}) => ({
        row: args[1],
        evidence: null,
        may_add: false,
        voices: [],
        actions: [],
        dissents: [],
        changes: [],
    }));
    onRpc("dupq.assessment.grid", "save_cell", ({args}) => {
        const [, key, group, chosen] = args;
        saved.push([key, group, chosen]);
        const cell = {
            rating_id: 1,
            write_date: `${saved.length}`,
            number: 0,
            ...chosen,
        };
        return answer ? answer(cell) : {cell};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
    return saved;
}

const CELL = (key, column) => `[data-row='${key}'] [data-column='${column}']`;

test("a figure means the level of that name, else of that place", () => {
    expect(levelOfKey(LEVELS, "2").name).toBe("Sometimes");
    expect(levelOfKey(LEVELS, "9")).toBe(null);
    expect(levelOfKey(LEVELS, "x")).toBe(null);
    const numbers = [...Array(10).keys()].map((n) => ({
        name: `${n + 1}`,
        position: n + 1,
    }));
    expect(levelOfKey(numbers, "0").name).toBe("10");
    const fromNought = [...Array(11).keys()].map((n) => ({
        name: `${n}`,
        position: n + 1,
    }));
    expect(levelOfKey(fromNought, "0").name).toBe("0");
});

test("keys lead to the next cell and stop at the edge", () => {
    const size = {lines: 3, columns: 4};
    const at = {line: 1, column: 1};
    expect(moveTo(at, "ArrowDown", size)).toEqual({line: 2, column: 1});
    expect(moveTo({line: 2, column: 1}, "ArrowDown", size)).toBe(null);
    expect(moveTo(at, "Home", size)).toEqual({line: 1, column: 0});
    expect(moveTo(at, "End", size, true)).toEqual({line: 2, column: 3});
    expect(moveTo(at, "x", size)).toBe(null);
});

test("a cell shows what waits to be saved, and undoing brings back what was", () => {
    const saved = {level_id: 31, number: 2, is_carried: true};
    const cell = shownCell(saved, {values: {level_id: 32}});
    expect([cell.level_id, cell.number, cell.is_carried]).toEqual([32, 2, false]);
    expect(takeBack(shownCell(saved), {level_id: 32})).toEqual({level_id: 31});
});

test("arrows and figures rate, and Ctrl+Z takes the last back", async () => {
    const saved = await mountGrid();
    await contains(CELL("area-1", 0)).focus();
    await press("ArrowDown");
    await animationFrame();
    await press("ArrowRight");
    await animationFrame();
    expect(CELL("statement-7", 9)).toBeFocused();
    await press("3");
    await animationFrame();
    expect(`${CELL("statement-7", 9)} .o_dupq_grid_level`).toHaveText("Mostly");
    expect(saved).toEqual([["statement-7", 9, {level_id: 33}]]);
    await press(["ctrl", "z"]);
    await animationFrame();
    expect(`${CELL("statement-7", 9)} .o_dupq_grid_none`).toHaveCount(1);
    expect(saved.at(-1)).toEqual(["statement-7", 9, {level_id: false}]);
});

test("what somebody else has changed is shown, and is not written over", async () => {
    let isFirst = true;
    const theirs = {rating_id: 1, level_id: 31, number: 0, write_date: "x"};
    const saved = await mountGrid({
        answer: (cell) => {
            const conflict = isFirst;
            isFirst = false;
            return conflict ? {cell: theirs, conflict, by: "Ines"} : {cell};
        },
    });
    await contains(CELL("statement-7", 9)).focus();
    await press("3");
    await animationFrame();
    expect(`${CELL("statement-7", 9)} .o_dupq_grid_level`).toHaveText("Rarely");
    expect(".o_dupq_grid_conflict").toHaveText(
        /Ines has changed this meanwhile: Rarely/
    );
    await contains(".o_dupq_grid_conflict button:last").click();
    expect(`${CELL("statement-7", 9)} .o_dupq_grid_level`).toHaveText("Mostly");
    expect(saved).toHaveLength(2);
});

test("without a connection it is kept in this browser and sent again", async () => {
    browser.localStorage.clear();
    const told = [];
    const listeners = {
        saved: (key) => told.push(`saved ${key}`),
        refused: (key) => told.push(`refused ${key}`),
        lost: () => told.push("lost"),
    };
    let isLost = true;
    const save = async (key, {values, seen}) => {
        if (isLost) {
            throw new ConnectionLostError("/web");
        }
        return {cell: {...values, was: seen?.level_id}};
    };
    const first = new Waiting("kept", {}, save, listeners);
    first.add("statement-7|9", {level_id: 31}, {level_id: 30});
    first.add("statement-7|9", {number: 4}, {level_id: 99});
    await first.send();
    expect(told).toEqual(["lost"]);

    // The page is loaded again in the same browser, and there is a connection.
    const cells = {};
    const second = new Waiting("kept", cells, save, listeners);
    expect(cells["statement-7|9"]).toEqual({
        values: {level_id: 31, number: 4},
        seen: {level_id: 30},
    });
    isLost = false;
    await second.send();
    expect(told).toEqual(["lost", "saved statement-7|9"]);
    expect(second.count).toBe(0);
    expect(browser.localStorage.getItem("kept")).toBe(null);
});

test("what is refused is told once and does not hold up the rest", async () => {
    browser.localStorage.clear();
    const told = [];
    const save = async (key) => {
        if (key === "area-1|0") {
            throw new Error("It is completed.");
        }
        return {cell: {}};
    };
    const waiting = new Waiting("kept", {}, save, {
        saved: (key) => told.push(key),
        refused: (key, error) => told.push(error.message),
        lost: () => told.push("lost"),
    });
    waiting.add("area-1|0", {level_id: 31});
    waiting.add("area-2|0", {level_id: 31});
    await waiting.send();
    expect(told).toEqual(["It is completed.", "area-2|0"]);
});

test("who only reads is told why, and nothing is sent", async () => {
    const saved = await mountGrid({may_write: false, why_not: "It is completed."});
    expect(".o_dupq_grid_sentence").toHaveText("It is completed.");
    await contains(CELL("statement-7", 9)).focus();
    await press("2");
    await animationFrame();
    expect(saved).toHaveLength(0);
    expect("[role=grid]").toHaveAttribute("aria-readonly", "true");
});
