import {browser} from "@web/core/browser/browser";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

// What the server refuses for a reason that a second try does not change.
const REFUSALS = new Set(
    ["UserError", "ValidationError", "AccessError", "MissingError", "AccessDenied"].map(
        (name) => `odoo.exceptions.${name}`
    )
);
const SIGNED_OUT = "odoo.http.SessionExpiredException";

/** A name that no other thing ever sent has; works without https, too. */
export function makeKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is not at the server yet, kept in this browser; several tabs share it. */
export class Outbox {
    constructor(name) {
        this.name = name;
        // Where the browser stores nothing (private window, full disk).
        this.memory = [];
    }

    all() {
        try {
            return [
                ...JSON.parse(browser.localStorage.getItem(this.name) || "[]"),
                ...this.memory,
            ];
        } catch {
            return [...this.memory];
        }
    }

    /** What has the same key takes the place of what was there. */
    put(item) {
        this.write([...this.all().filter(({key}) => key !== item.key), item]);
    }

    remove(key) {
        this.write(this.all().filter((item) => item.key !== key));
    }

    write(items) {
        try {
            browser.localStorage.setItem(this.name, JSON.stringify(items));
            this.memory = [];
        } catch {
            this.memory = items;
        }
    }
}

/** lost, signed_out, busy (try again) or refused (for good). */
export function judge(error) {
    if (error instanceof ConnectionLostError) {
        return "lost";
    }
    if (error instanceof RPCError) {
        if (error.exceptionName === SIGNED_OUT) {
            return "signed_out";
        }
        return REFUSALS.has(error.exceptionName) ? "refused" : "busy";
    }
    return "busy";
}

/**
 * Sends what is in the outbox, one thing after the other, until all of it is there.
 * What the server refuses stays, with the reason, for the person to decide.
 */
export class Sender {
    constructor({outbox, send, onChange, onSent, wait = 4000}) {
        Object.assign(this, {outbox, send, onChange, onSent, wait});
        this.state = "calm";
        this.timer = null;
        this.isBusy = false;
        this.isAskedAgain = false;
    }

    add(item) {
        this.outbox.put(item);
        this.onChange();
        return this.flush();
    }

    retry(key) {
        const item = this.outbox.all().find((one) => one.key === key);
        if (item) {
            delete item.refused;
            return this.add(item);
        }
    }

    drop(key) {
        this.outbox.remove(key);
        this.onChange();
    }

    async flush() {
        if (this.isBusy) {
            this.isAskedAgain = true;
            return;
        }
        browser.clearTimeout(this.timer);
        this.isBusy = true;
        do {
            this.isAskedAgain = false;
            await this.sendAll();
        } while (this.isAskedAgain && this.state === "calm");
        this.isBusy = false;
        this.onChange();
    }

    async sendAll() {
        for (const item of this.outbox.all().filter(({refused}) => !refused)) {
            let answer;
            try {
                answer = await this.send(item);
            } catch (error) {
                const kind = judge(error);
                if (kind !== "refused") {
                    return this.waitFor(kind);
                }
                this.outbox.put({...item, refused: error.data?.message || ""});
                continue;
            }
            this.state = "calm";
            // Typed anew meanwhile under the same key: that is sent next.
            const now = this.outbox.all().find(({key}) => key === item.key);
            if (JSON.stringify(now) === JSON.stringify(item)) {
                this.outbox.remove(item.key);
            }
            this.onSent(item, answer);
        }
        this.state = "calm";
    }

    waitFor(kind) {
        this.state = kind;
        this.timer = browser.setTimeout(() => this.flush(), this.wait);
    }

    stop() {
        browser.clearTimeout(this.timer);
    }
}
