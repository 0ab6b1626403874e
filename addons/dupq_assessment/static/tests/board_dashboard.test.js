import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();

const ACTION = {type: "ir.actions.client", tag: "dupq_board_dashboard"};

function open(name) {
    return {type: "ir.actions.act_window", name, res_model: "dupq.action"};
}

function dashboard(values = {}) {
    return {
        company: "A provider",
        as_of: "1 March 2026",
        region_id: false,
        regions: [{id: 7, name: "North"}],
        areas: [{id: 1, reference: "A1", name: "Support"}],
        figures: [
            {
                key: "overdue",
                label: "Overdue actions",
                value: 3,
                detail: "of 5",
                action: open("overdue"),
            },
        ],
        rows: [
            {
                id: 11,
                name: "Mill",
                part_of: "North",
                assessed: "May 2026",
                cells: [
                    {
                        area_id: 1,
                        tone: "low",
                        word: "Getting better",
                        action: open("cell"),
                    },
                ],
                overdue: {value: 3, action: open("row overdue")},
                unread: {value: 0, action: open("row unread")},
                visit: {is_late: true, word: "Never", action: open("visits")},
            },
        ],
        coverage: [
            {
                key: "nothing",
                label: "Nothing yet",
                counts: [{area_id: 1, value: 9, action: open("coverage")}],
            },
        ],
        questions: [
            {
                area: "A1 Support",
                places: "Mill",
                texts: ["Who chose?"],
                action: open("question"),
            },
        ],
        quotes: [
            {
                id: 5,
                words: "I choose",
                who: "People",
                where: "Mill",
                is_hard: false,
                action: open("quote"),
            },
        ],
        ...values,
    };
}

async function mountBoard(values) {
    onRpc("dupq.board.dashboard", "get_dashboard", ({kwargs}) => {
        expect.step(`load ${kwargs.region_id}`);
        return dashboard(values);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
}

test("a rating is told by a word and a shape, not by colour alone", async () => {
    await mountBoard();
    const cell = ".o_dupq_board_cell button";
    expect(cell).toHaveText("Getting better");
    expect(`${cell} svg path`).toHaveCount(1);
    expect(cell).toHaveAttribute("aria-label", "Mill, A1 Support: Getting better");
    expect.verifySteps(["load false"]);
});

test("every figure opens what the server gave with it", async () => {
    const opened = [];
    await mountBoard();
    const action = getService("action");
    const doAction = action.doAction;
    action.doAction = (request) => opened.push(request.name);
    for (const button of document.querySelectorAll(".o_dupq_board_page button")) {
        await contains(button).click();
    }
    action.doAction = doAction;
    expect(opened).toEqual([
        "overdue",
        "cell",
        "row overdue",
        "row unread",
        "visits",
        "coverage",
        "question",
        "quote",
    ]);
    expect.verifySteps(["load false"]);
});

test("choosing a region asks for that region", async () => {
    await mountBoard();
    await contains(".o_dupq_board_region").select("7");
    expect.verifySteps(["load false", "load 7"]);
});

test("without a service the page says how to begin", async () => {
    await mountBoard({rows: []});
    expect(".o_view_nocontent .btn-primary").toHaveText("Open services");
    expect(".o_dupq_board_page").toHaveCount(0);
    expect.verifySteps(["load false"]);
});

test("without a rating the page says what will come", async () => {
    const data = dashboard();
    data.rows[0].cells = [{area_id: 1, tone: "none", word: ""}];
    await mountBoard(data);
    expect(".alert-info").toHaveCount(1);
    expect(".o_dupq_board_cell button").toHaveCount(0);
    expect.verifySteps(["load false"]);
});
