import {expect, press, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();

const ACTION = {type: "ir.actions.client", tag: "dupq_coverage_map"};
const CELLS = [
    {area_id: 1, state: "fresh", count: 8, good: 2, not_yet: 1, confidential: 5},
    {area_id: 2, state: "nothing", count: 0, good: 0, not_yet: 0, confidential: 0},
].map((cell) => ({...cell, gaps: cell.count ? [] : ["nothing"]}));

const NOTHING = [{...CELLS[1], area_id: 1}, CELLS[1]];
const SPREAD = {nothing: 1, stale: 0, single: 0, fresh: 1};
const GROUPS = {
    services: [],
    regions: [
        {
            id: 7,
            name: "North",
            region: "",
            service_ids: [11, 12],
            cells: CELLS.map((cell) => ({...cell, state: "nothing", spread: SPREAD})),
        },
    ],
};

function map(options) {
    return {
        as_of: options.as_of || "2026-03-31",
        mode: options.mode,
        rows: options.rows,
        row_kinds: ["services", "regions"],
        sees_all: true,
        areas: [
            {id: 1, name: "Support", number: 1},
            {id: 2, name: "Ordinary life", number: 2},
        ],
        regions: [{id: 7, name: "North"}],
        perspectives: [{id: 9, name: "Families"}],
        services: [
            {id: 11, name: "Mill", region: "North", cells: CELLS},
            {id: 12, name: "Pond", region: "North", cells: NOTHING},
        ],
        groups: GROUPS[options.rows],
        totals: [8, 0],
    };
}

function statements(areaId) {
    const cell = CELLS.find((candidate) => candidate.area_id === areaId);
    const text = "People pick staff.";
    return [{...cell, id: 21, reference: "A1.G4", text, polarity: "good"}];
}

const ITEMS = {
    items: [1, 2, 3].map((id) => ({
        id,
        name: `Item ${id}`,
        date: "2026-03-01",
        polarity: "good",
        source: "Job",
        perspective: "Families",
        service: "Mill",
    })),
    confidential: 5,
    more: 0,
    domain: [["service_id", "=", 11]],
};

async function mountMap() {
    onRpc("has_access", () => true);
    onRpc("dupq.evidence.map", "get_map", ({args}) => {
        const {as_of, mode, region_id, perspective_id} = args[0];
        expect.step(`map ${[as_of, mode, region_id, perspective_id]}`);
        return map(args[0]);
    });
    onRpc("dupq.evidence.map", "get_statements", ({args}) => statements(args[1]));
    onRpc("dupq.evidence.map", "get_items", () => ITEMS);
    onRpc("dupq.evidence.map", "get_advice", () => ["Write it down."]);
    onRpc("dupq.evidence.map", "get_gaps", () => [
        {
            service_id: 11,
            service: "Mill",
            area_id: 2,
            area: "Ordinary life",
            gap: "nothing",
            advice: ["Write it down."],
        },
    ]);
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
}

/** What the screen asks to be opened from now on. */
function listen() {
    const opened = [];
    getService("action").doAction = (request) => opened.push(request);
    return opened;
}

test("a cell is told by a word, a shape and its figure, not by colour alone", async () => {
    await mountMap();
    const cell = "[data-place='11-1']";
    expect(`${cell} .o_dupq_cell_word`).toHaveText("Fresh");
    expect(`${cell} .o_dupq_cell_count`).toHaveText("8");
    expect(`${cell} svg path`).toHaveCount(1);
    expect(`${cell} .visually-hidden:first`).toHaveText("Mill, 1. Support:");
    expect(`${cell} .visually-hidden:last`).toHaveText(
        "2 good, 1 not yet good, 5 confidential"
    );
    expect.verifySteps(["map false,today,false,false"]);
});

test("a figure shows as many rows as it counts, confidential ones without more", async () => {
    await mountMap();
    await contains("[data-place='11-1']").click();
    await contains(".o_dupq_figure[data-statement='21']").click();
    expect(".o_dupq_item").toHaveCount(8);
    expect(".o_dupq_item_confidential").toHaveCount(5);
    expect(".o_dupq_item_confidential:first").toHaveText("Confidential item");
    const opened = listen();
    await contains(".o_dupq_open_list").click();
    expect(opened[0].domain).toEqual([["service_id", "=", 11]]);
    expect.verifySteps(["map false,today,false,false"]);
});

test("a gap says what could be added, and adds it there", async () => {
    await mountMap();
    await contains("[data-place='11-2']").click();
    expect(".o_dupq_advice li").toHaveText("Write it down.");
    const opened = listen();
    await contains(".o_dupq_add_first").click();
    expect(opened[0].context.default_service_id).toBe(11);
    expect(opened[0].context.default_statement_ids).toEqual([21]);
    expect.verifySteps(["map false,today,false,false"]);
});

test("the gaps list opens the cell of each gap", async () => {
    await mountMap();
    await contains("[data-show=gaps]").click();
    expect(".o_dupq_gaps[data-gap=nothing] h2").toHaveText("Nothing at all(1)");
    await contains(".o_dupq_gap").click();
    expect(".o_dupq_place h2").toHaveText("Mill\n2. Ordinary life");
    expect.verifySteps(["map false,today,false,false", "map false,today,false,false"]);
});

test("each filter asks the server, and leaving and coming back keeps them", async () => {
    await mountMap();
    await contains("select[name=region_id]").select("7");
    await contains("select[name=perspective_id]").select("9");
    await contains("[data-mode=then]").click();
    expect.verifySteps([
        "map false,today,false,false",
        "map false,today,7,false",
        "map false,today,7,9",
        "map false,then,7,9",
    ]);
    await getService("action").doAction(ACTION);
    expect.verifySteps(["map false,today,false,false"]);
    await contains(".o_back_button, .breadcrumb-item a").click();
    expect.verifySteps(["map false,then,7,9"]);
});

test("a region shows its lowest and its spread, and leads on to its services", async () => {
    await mountMap();
    await contains("select[name=rows]").select("regions");
    const cell = "[data-place='7-1']";
    expect(`${cell} .o_dupq_cell_word`).toHaveText("1 of 2: nothing yet");
    expect(`${cell} .o_dupq_cell_spread`).toHaveText("1\n1");
    expect(`${cell} .o_dupq_cell_count`).toHaveText("8");
    expect(`${cell} .visually-hidden:last`).toHaveText("Nothing yet: 1, Fresh: 1");
    expect(".o_dupq_map_services").toHaveText("2 services");
    await contains(cell).click();
    expect(".o_dupq_place_services h3").toHaveText("2 services");
    expect(".o_dupq_add, .o_dupq_advice").toHaveCount(0);
    await contains(".o_dupq_figure[data-statement=all]").click();
    expect(".o_dupq_item").toHaveCount(8);
    expect(".o_dupq_item .o_dupq_detail:first").toHaveText(/Mill$/);
    await contains(".o_dupq_place_service:last .o_dupq_link").click();
    expect(".o_dupq_place h2").toHaveText("Mill\n1. Support");
    expect("select[name=rows]").toHaveValue("services");
    expect.verifySteps([
        "map false,today,false,false",
        "map false,today,false,false",
        "map false,today,false,false",
    ]);
});

test("gaps are those of services, whatever the rows were", async () => {
    await mountMap();
    await contains("select[name=rows]").select("regions");
    await contains("[data-place='7-1']").click();
    await contains("[data-show=gaps]").click();
    expect(".o_dupq_place").toHaveCount(0);
    expect("select[name=rows]").toHaveCount(0);
    await contains(".o_dupq_gap").click();
    expect(".o_dupq_place h2").toHaveText("Mill\n2. Ordinary life");
    await contains("[data-show=map]").click();
    expect("select[name=rows]").toHaveValue("services");
    expect.verifySteps(Array(4).fill("map false,today,false,false"));
});

test("arrows go from cell to cell, escape closes and goes back to the cell", async () => {
    await mountMap();
    await contains("[data-place='11-1']").focus();
    await press("ArrowRight");
    expect("[data-place='11-2']").toBeFocused();
    await press("Enter");
    await animationFrame();
    expect(".o_dupq_place h2").toBeFocused();
    await press("Escape");
    await animationFrame();
    expect(".o_dupq_place").toHaveCount(0);
    expect("[data-place='11-2']").toBeFocused();
    expect.verifySteps(["map false,today,false,false"]);
});

test("who has no part in the ledger is told so in a sentence", async () => {
    onRpc("has_access", () => false);
    onRpc("dupq.evidence.map", "get_map", () => expect.step("asked in vain"));
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
    expect(".o_dupq_map_empty h1").toHaveText(
        "This map is for those who work in a service"
    );
    expect.verifySteps([]);
});
