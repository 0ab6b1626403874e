import {expect, test} from "@odoo/hoot";
import {SavingQueue} from "@dupq_commissioning/panel_screen/saving_queue";
import {
    countDone,
    countToScore,
    findNext,
    locate,
    withAnswer,
} from "@dupq_commissioning/scoring_desk/round";

function desk(values = {}) {
    return {
        bids: [{id: 7}, {id: 8}],
        criteria: [{id: 1}, {id: 2}, {id: 3}],
        done: [],
        blank: [],
        ...values,
    };
}

test("a round goes bid by bid and question by question", () => {
    expect(locate(desk(), 0)).toEqual([0, 0]);
    expect(locate(desk(), 2)).toEqual([0, 2]);
    expect(locate(desk(), 3)).toEqual([1, 0]);
    expect(locate({}, 0)).toEqual([0, 0]);
});

test("what the bidder left blank needs no score", () => {
    const half = desk({
        blank: [
            [7, 2],
            [8, 1],
        ],
        done: [
            [7, 1],
            [7, 2],
        ],
    });
    expect(countToScore(half)).toBe(4);
    expect(countToScore(half, 7)).toBe(2);
    expect(countDone(half)).toBe(1);
    expect(countDone(half, 8)).toBe(0);
});

test("the next answer is the first open one, once round", () => {
    const open = desk({done: [[7, 1]], blank: [[7, 2]]});
    expect(findNext(open, -1)).toBe(2);
    expect(findNext(open, 2)).toBe(3);
    expect(findNext(open, 5)).toBe(2);
    const all = [7, 8].flatMap((bid) => [1, 2, 3].map((criterion) => [bid, criterion]));
    expect(findNext(desk({done: all}), 0)).toBe(undefined);
    expect(findNext(desk({done: all.slice(0, 5)}), 5)).toBe(5);
});

test("an answer counts once, or no longer", () => {
    const done = withAnswer([[7, 1]], 7, 1, true);
    expect(done).toEqual([[7, 1]]);
    expect(withAnswer(done, 8, 1, true)).toEqual([
        [7, 1],
        [8, 1],
    ]);
    expect(withAnswer(done, 7, 1, false)).toEqual([]);
});

test("what is saved goes one after the other, past a failure", async () => {
    const queue = new SavingQueue();
    const first = queue.add(async () => {
        expect.step("first");
        throw new Error("offline");
    });
    const second = queue.add(async () => expect.step("second"));
    await expect(first).rejects.toThrow("offline");
    await second;
    expect.verifySteps(["first", "second"]);
});
