import {expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {Outbox, Sender, judge, makeKey} from "@dupq_assessment/discussion/outbox";

function refusal(name, message) {
    const error = new RPCError();
    error.exceptionName = name;
    error.data = {message};
    return error;
}

/** A sender whose server answers with what is in `answers`, one for each try. */
function makeSender(answers = []) {
    const tried = [];
    const sent = [];
    const outbox = new Outbox("room");
    const sender = new Sender({
        outbox,
        send: async (item) => {
            tried.push(item.key);
            const answer = answers.shift();
            if (answer) {
                throw answer;
            }
        },
        onChange: () => {},
        onSent: (item) => sent.push(item.key),
        wait: 4000,
    });
    return {outbox, sender, tried, sent};
}

test("each thing sent has a key of its own", () => {
    const keys = new Set([...Array(100)].map(makeKey));
    expect(keys.size).toBe(100);
    expect(makeKey()).toMatch(/^[0-9a-f]{32}$/);
});

test("what is not sent yet survives a reload", () => {
    new Outbox("room").put({key: "a", words: "Fridays"});
    expect(new Outbox("room").all()).toEqual([{key: "a", words: "Fridays"}]);
    expect(new Outbox("another").all()).toEqual([]);
    new Outbox("room").put({key: "a", words: "Mondays"});
    expect(new Outbox("room").all()).toEqual([{key: "a", words: "Mondays"}]);
    new Outbox("room").remove("a");
    expect(new Outbox("room").all()).toEqual([]);
});

test("a browser that stores nothing keeps it as long as the page is open", () => {
    const refuse = () => {
        throw new Error("quota");
    };
    patchWithCleanup(browser, {
        localStorage: {getItem: refuse, setItem: refuse, removeItem: refuse},
    });
    const outbox = new Outbox("room");
    outbox.put({key: "a"});
    outbox.put({key: "b"});
    expect(outbox.all()).toEqual([{key: "a"}, {key: "b"}]);
    outbox.remove("a");
    expect(outbox.all()).toEqual([{key: "b"}]);
});

test("a lost connection, being signed out and a refusal are told apart", () => {
    expect(judge(new ConnectionLostError("/web"))).toBe("lost");
    expect(judge(refusal("odoo.http.SessionExpiredException"))).toBe("signed_out");
    expect(judge(refusal("odoo.exceptions.AccessError"))).toBe("refused");
    expect(judge(refusal("odoo.exceptions.ConcurrencyError"))).toBe("busy");
    expect(judge(refusal("psycopg2.errors.SerializationFailure"))).toBe("busy");
});

test("what could not be sent is sent again, in its order, until it is there", async () => {
    const lost = new ConnectionLostError("/web");
    const {outbox, sender, tried, sent} = makeSender([lost, lost]);
    await sender.add({key: "a"});
    expect(sender.state).toBe("lost");
    await sender.add({key: "b"});
    expect(sent).toEqual([]);
    expect(outbox.all().length).toBe(2);
    await advanceTime(4000);
    expect(sent).toEqual(["a", "b"]);
    expect(tried).toEqual(["a", "a", "a", "b"]);
    expect(sender.state).toBe("calm");
    expect(outbox.all()).toEqual([]);
});

test("what is refused stays with its reason and holds up nothing else", async () => {
    const no = refusal("odoo.exceptions.UserError", "It is completed.");
    const {outbox, sender, sent} = makeSender([no]);
    await sender.add({key: "a"});
    await sender.add({key: "b"});
    expect(sent).toEqual(["b"]);
    expect(outbox.all()).toEqual([{key: "a", refused: "It is completed."}]);
    await sender.retry("a");
    expect(sent).toEqual(["b", "a"]);
    expect(outbox.all()).toEqual([]);
});

test("what is taken away is not sent", async () => {
    const {outbox, sender, sent} = makeSender([
        refusal("odoo.exceptions.UserError", "No."),
    ]);
    await sender.add({key: "a"});
    sender.drop("a");
    await sender.flush();
    expect(sent).toEqual([]);
    expect(outbox.all()).toEqual([]);
});

test("what is changed while it is on its way is sent again", async () => {
    const outbox = new Outbox("room");
    const sent = [];
    const sender = new Sender({
        outbox,
        send: async (item) => {
            sent.push(item.number);
            if (item.number === 1) {
                outbox.put({key: "here", number: 2});
            }
        },
        onChange: () => {},
        onSent: () => {},
    });
    await sender.add({key: "here", number: 1});
    expect(outbox.all()).toEqual([{key: "here", number: 2}]);
    await sender.flush();
    expect(sent).toEqual([1, 2]);
    expect(outbox.all()).toEqual([]);
});
