import {expect, test} from "@odoo/hoot";
import {keyDown, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {
    percent,
    standInWords,
    standWords,
    sumUp,
    toBars,
} from "@dupq_code/rota_week/week";

defineMailModels();

const ACTION = {type: "ir.actions.client", tag: "dupq_rota_week"};
const SHIFT = {
    id: 1,
    model: "dupq.shift",
    start: "09:00",
    stop: "17:00",
    over_night: false,
    worker: "Ada",
    is_agency: false,
    kind: "",
    person: "Jane",
    state: "chosen",
    chosen: [{name: "Jane", date: "2026-04-26"}],
    times: 3,
    last: "2026-11-20",
    stand_in: false,
};
const STRANGER = {
    ...SHIFT,
    id: 2,
    worker: "AG-1",
    is_agency: true,
    state: "stranger",
    chosen: [],
    times: 0,
    last: false,
    stand_in: {id: 5, name: "Ada", state: "chosen", times: 3},
};

function week(options) {
    const days = [...Array(7).keys()].map((number) => ({
        date: `2026-11-${23 + number}`,
        shifts: [],
    }));
    days[0].shifts = [SHIFT, {...SHIFT, id: 3}];
    days[5].shifts = [STRANGER];
    return {
        week: "2026-11-23",
        service: {id: 11, name: "Mill"},
        services: [
            {id: 11, name: "Mill"},
            {id: 12, name: "Pond"},
        ],
        person: options.person_id ? {id: 7, name: "Jane"} : false,
        people: [
            {id: 7, name: "Jane"},
            {id: 8, name: "P-2"},
        ],
        days,
        faces: [...Array(12).keys()].map((number) => ({
            week: "2026-11-23",
            count: number,
        })),
        months: [{month: "2026-10-01", hours: 100, chosen: 62, matched: 30}],
    };
}

async function openPage() {
    onRpc("dupq.rota.week", "get_week", ({args}) => {
        expect.step(args[0]);
        return week(args[0]);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
    await animationFrame();
}

test("who stands how to people is said in a sentence", () => {
    allowTranslations();
    expect(standWords(SHIFT)).toInclude("Jane said yes on");
    expect(standWords({...SHIFT, chosen: [], times: 1})).toInclude("Here once");
    expect(standWords(STRANGER)).toBe("");
    expect(standInWords(STRANGER.stand_in)).toInclude(
        "Ada is free: chosen, here 3 times"
    );
});

test("the sum of a week counts faces and strangers once", () => {
    expect(sumUp(week({}).days)).toEqual({shifts: 3, faces: 2, strangers: 1});
});

test("bars and shares", () => {
    expect(toBars([0, 2, 4])).toEqual([0, 0.5, 1]);
    expect(toBars([0, 0])).toEqual([0, 0]);
    expect(percent(1, 3)).toBe(33);
    expect(percent(1, 0)).toBe(0);
});

test("the page says first whether a stranger is about to arrive", async () => {
    await openPage();
    expect(".o_dupq_week_answer").toHaveText(
        /A stranger is about to arrive for one shift/
    );
    expect(queryAllTexts(".o_dupq_week_shift .o_dupq_week_state")).toEqual([
        "Chosen",
        "Chosen",
        "Stranger",
    ]);
    expect(".o_dupq_week_stranger .o_dupq_week_stand_in").toHaveText(/Ada is free/);
    expect.verifySteps([{service_id: false, person_id: false, week: false}]);
});

test("a person, a service and a week are chosen and asked for", async () => {
    await openPage();
    await contains("select[name=person_id]").select("7");
    await contains("[data-week=after]").click();
    await contains("select[name=service_id]").select("12");
    expect.verifySteps([
        {service_id: false, person_id: false, week: false},
        {service_id: false, person_id: 7, week: false},
        {service_id: false, person_id: 7, week: "2026-11-30"},
        {service_id: 12, person_id: false, week: "2026-11-30"},
    ]);
});

test("arrows go from shift to shift and from day to day", async () => {
    await openPage();
    const shifts = [...document.querySelectorAll(".o_dupq_week_shift")];
    shifts[0].focus();
    await keyDown("ArrowDown");
    expect(document.activeElement).toBe(shifts[1]);
    await keyDown("ArrowRight");
    expect(document.activeElement).toBe(shifts[2]);
    await keyDown("ArrowLeft");
    expect(document.activeElement).toBe(shifts[0]);
    expect(queryFirst(".o_dupq_week_faces")).toHaveAttribute("role", "img");
    expect.verifySteps([{service_id: false, person_id: false, week: false}]);
});
