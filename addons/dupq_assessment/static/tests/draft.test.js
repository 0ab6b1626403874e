import {expect, mockDate, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {Draft} from "@dupq_assessment/quick_visit/draft";

test("a draft is kept until it is cleared", () => {
    const draft = new Draft("visit");
    expect(draft.read()).toBe(null);
    draft.write({heard: "More trips"});
    expect(new Draft("visit").read()).toEqual({heard: "More trips"});
    expect(new Draft("another").read()).toBe(null);
    draft.clear();
    expect(draft.read()).toBe(null);
});

test("a draft older than a week is forgotten", () => {
    mockDate("2026-03-01 12:00:00");
    const draft = new Draft("visit");
    draft.write({heard: "More trips"});
    mockDate("2026-03-07 12:00:00");
    expect(draft.read()).toEqual({heard: "More trips"});
    mockDate("2026-03-09 12:00:00");
    expect(draft.read()).toBe(null);
});

test("a browser that stores nothing keeps no draft and breaks nothing", () => {
    const refuse = () => {
        throw new Error("quota");
    };
    patchWithCleanup(browser, {
        localStorage: {getItem: refuse, setItem: refuse, removeItem: refuse},
    });
    const draft = new Draft("visit");
    draft.write({heard: "More trips"});
    expect(draft.read()).toBe(null);
    draft.clear();
});
