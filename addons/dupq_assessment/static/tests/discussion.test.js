import {expect, test} from "@odoo/hoot";
import {keyDown, press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import {WebClient} from "@web/webclient/webclient";
import {
    connectionWords,
    describeSpeakers,
    mergeItems,
    silentWords,
    speakerWords,
} from "@dupq_assessment/discussion/talk";

defineMailModels();

const MODEL = "dupq.assessment.discussion";
const GROUPS = [
    {id: 1, name: "People"},
    {id: 2, name: "Families"},
    {id: 3, name: "Board"},
];

function question(id, words) {
    return {
        id,
        reference: `A1.Q${id}`,
        text: `${words} In full?`,
        easy_read: words,
        picture: "ear",
        area: "Support",
        area_reference: "A1",
    };
}

function makeServer(values = {}) {
    const server = {
        items: [],
        isLost: false,
        saved: [],
        discussion: {
            session: {
                id: 7,
                name: "Lunch",
                assessment: "2026",
                place: "",
                is_open: true,
            },
            questions: [question(11, "First?"), question(12, "Second?")],
            groups: GROUPS,
            ...values,
        },
        news: () => ({
            stamp: String(server.items.length),
            attendance: [
                {group_id: 1, number: 3},
                {group_id: 2, number: 2},
            ],
            counts: server.items
                .filter(({kind}) => kind === "voice")
                .map(({question_id, group_id}) => [question_id, group_id, 1]),
            items: [...server.items],
        }),
    };
    const check = () => {
        if (server.isLost) {
            throw new ConnectionLostError("/web");
        }
    };
    onRpc(MODEL, "get_discussion", () => ({
        ...server.discussion,
        news: server.news(),
    }));
    onRpc(MODEL, "get_news", ({args}) => {
        check();
        const news = server.news();
        return args[1] === news.stamp ? {stamp: news.stamp} : news;
    });
    onRpc(MODEL, "save", ({args}) => {
        check();
        server.saved.push(args[1]);
        if (!server.items.some(({key}) => key === args[1].key)) {
            server.items.unshift({id: server.items.length, ...args[1]});
        }
        return server.news();
    });
    return server;
}

async function openRoom(values) {
    const server = makeServer(values);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "dupq_assessment.discussion",
        params: {session_id: 7},
    });
    return server;
}

const CHIP = ".o_dupq_room_chip";
const BOX = ".o_dupq_room_words textarea";

test("who has spoken is told by words, on this question and on all", () => {
    allowTranslations();
    const news = {
        attendance: [
            {group_id: 1, number: 3},
            {group_id: 2, number: 2},
        ],
        counts: [
            [11, 1, 2],
            [12, 3, 1],
        ],
        items: [],
    };
    const unsent = [{kind: "voice", key: "a", question_id: 11, group_id: 2}];
    const [people, families, board] = describeSpeakers({
        groups: GROUPS,
        news,
        unsent,
        questionId: 11,
    });
    expect(String(speakerWords(people))).toBe("2 voices");
    expect(String(speakerWords(families))).toBe("1 voice");
    expect(String(speakerWords(board))).toBe("not yet on this");
    expect(String(silentWords([people, families, board]))).toBe(
        "Not heard yet on this question: Board"
    );
    expect(String(speakerWords({onQuestion: 0, inAll: 0}))).toBe("not heard yet");
    expect(silentWords([])).toBe("");
});

test("what the server knows already is not counted or shown twice", () => {
    const item = {kind: "voice", key: "a", question_id: 11, group_id: 1};
    const news = {attendance: [], counts: [[11, 1, 1]], items: [item]};
    const [people] = describeSpeakers({
        groups: GROUPS,
        news,
        unsent: [item],
        questionId: 11,
    });
    expect(people.onQuestion).toBe(1);
    expect(mergeItems([item], [item])).toEqual([item]);
});

test("a lost connection is told in a plain sentence, with what is waiting", () => {
    allowTranslations();
    expect(connectionWords("calm", 3)).toBe("");
    expect(connectionWords("lost", 1)).toMatch(/connection is lost.*1 is waiting/);
    expect(String(connectionWords("signed_out", 0))).toMatch(/sign in again/);
});

test("a quote is kept by Enter, and the question stays", async () => {
    const server = await openRoom();
    expect("h1").toHaveText("First?");
    await contains(`${CHIP}:contains(Families) input`, {visible: false}).click();
    await contains(".o_dupq_room_face:contains(Not good yet) input", {
        visible: false,
    }).click();
    await contains(BOX).edit("Nobody calls us", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect(server.saved.length).toBe(1);
    const {key, ...values} = server.saved[0];
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(values).toEqual({
        kind: "voice",
        group_id: 2,
        words: "Nobody calls us",
        feeling: "not_yet",
        consent: "",
        question_id: 11,
    });
    await animationFrame();
    expect(BOX).toHaveValue("");
    expect("h1").toHaveText("First?");
    expect(`${CHIP}:contains(Families) small`).toHaveText("1 voice");
    expect(".o_dupq_room_silence").toHaveText("Not heard yet on this question: People");
    expect(".o_dupq_room_said li").toHaveCount(1);
});

test("words without a group wait until somebody says whose they are", async () => {
    const server = await openRoom();
    await contains(BOX).edit("Nobody calls us", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect(server.saved).toEqual([]);
    expect(BOX).toHaveValue("Nobody calls us");
    expect(".o_dupq_room_message").toHaveText(/Choose who says it/);
});

test("a note says whether it works", async () => {
    const server = await openRoom();
    await contains("button:contains(We note)").click();
    await contains(".o_dupq_room_face:contains(Not working) input", {
        visible: false,
    }).click();
    await contains(BOX).edit("No calls", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect(server.saved[0].text).toBe("No calls");
    expect(server.saved[0].is_working).toBe("not_working");
});

test("arrow keys go from question to question, but not while typing", async () => {
    await openRoom();
    await keyDown("ArrowRight");
    await animationFrame();
    expect("h1").toHaveText("Second?");
    await keyDown("ArrowRight");
    await animationFrame();
    expect("h1").toHaveText("Second?");
    await contains(BOX).click();
    await keyDown("ArrowLeft");
    await animationFrame();
    expect("h1").toHaveText("Second?");
    await keyDown("PageUp");
    await animationFrame();
    expect("h1").toHaveText("First?");
});

test("half a sentence waits with its question", async () => {
    await openRoom();
    await contains(BOX).edit("Half a", {confirm: false});
    await keyDown("PageDown");
    await animationFrame();
    expect(BOX).toHaveValue("");
    await keyDown("PageUp");
    await animationFrame();
    expect(BOX).toHaveValue("Half a");
});

test("what is kept without a connection is sent once when it is back", async () => {
    const server = await openRoom();
    await contains(`${CHIP}:contains(People) input`, {visible: false}).click();
    server.isLost = true;
    await contains(BOX).edit("I like Fridays", {confirm: false});
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect(".o_dupq_room_connection").toHaveText(/1 is waiting/);
    expect(".o_dupq_room_said li").toHaveText(/Waiting to be sent/);
    expect(`${CHIP}:contains(People) small`).toHaveText("1 voice");
    server.isLost = false;
    await advanceTime(5000);
    await animationFrame();
    expect(server.saved.length).toBe(1);
    expect(".o_dupq_room_connection").toHaveCount(0);
    expect(".o_dupq_room_unsent").toHaveCount(0);
});

test("what others write appears", async () => {
    const server = await openRoom();
    server.items.unshift({
        kind: "note",
        id: 1,
        key: "theirs",
        question_id: 11,
        text: "From the other table",
        is_working: false,
        author: "Ada",
    });
    await advanceTime(5000);
    await animationFrame();
    expect(queryAllTexts(".o_dupq_room_said li")[0]).toMatch(/other table/);
});

test("who reads along cannot write", async () => {
    await openRoom({
        session: {id: 7, name: "Lunch", assessment: "", place: "", is_open: false},
    });
    expect(BOX).toHaveCount(0);
    expect(".o_dupq_room_readonly").toHaveCount(1);
});

test("without a discussion one is chosen", async () => {
    onRpc(MODEL, "get_discussion", () => ({
        session: false,
        sessions: [
            {
                id: 7,
                name: "Lunch",
                date: "2026-03-01 12:00:00",
                place: "",
                is_mine: true,
            },
        ],
    }));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "dupq_assessment.discussion",
    });
    expect(".o_dupq_room_choices button").toHaveText(/Lunch/);
});
