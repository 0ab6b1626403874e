import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {Draft} from "../quick_visit/draft";

// How long to wait before trying again without a connection.
const AGAIN = 5000;

/**
 * Saves one text of several people: one request at a time, again after a lost
 * connection, and never over what somebody else has written meanwhile.
 *
 * `line` is what is shown: {text, seen, status, theirs, trouble}, where `seen` is the
 * text that the server last had. `send(text, seen)` resolves to {is_saved, text}.
 */
export class Saver {
    constructor(key, line, send) {
        this.draft = new Draft(key);
        this.line = line;
        this.send = send;
        this.running = null;
        this.timer = null;
        this.restore();
    }

    get isDirty() {
        return this.line.text !== this.line.seen;
    }

    /** What was typed here and never reached the server comes back. */
    restore() {
        const kept = this.draft.read();
        if (!kept || kept.text === this.line.text) {
            return this.draft.clear();
        }
        if (kept.seen !== this.line.seen) {
            this.line.theirs = this.line.seen;
        }
        this.line.text = kept.text;
        this.line.status = "kept";
    }

    typed(text) {
        this.line.text = text;
        this.line.status = this.isDirty ? "typed" : "saved";
        this.draft.write({text, seen: this.line.seen});
    }

    async save() {
        browser.clearTimeout(this.timer);
        if (this.running) {
            await this.running;
        }
        if (!this.isDirty || this.line.theirs !== null) {
            return;
        }
        this.running = this.request();
        await this.running;
        this.running = null;
    }

    async request() {
        const text = this.line.text;
        this.line.status = "saving";
        try {
            const answer = await this.send(text, this.line.seen);
            if (answer.is_saved) {
                this.line.seen = text;
                this.line.status = this.isDirty ? "typed" : "saved";
            } else {
                this.line.theirs = answer.text;
                this.line.status = "kept";
            }
            if (!this.isDirty) {
                this.draft.clear();
            }
        } catch (error) {
            this.line.status = "kept";
            if (error instanceof ConnectionLostError) {
                this.line.status = "offline";
                this.timer = browser.setTimeout(() => this.save(), AGAIN);
            } else {
                this.line.trouble = error.data?.message || error.message;
            }
        }
    }

    /** Settle what two people have written: "both", "mine" or "theirs". */
    settle(choice) {
        const {text, theirs} = this.line;
        const texts = {both: `${theirs}\n\n${text}`, mine: text, theirs};
        this.line.seen = theirs;
        this.line.theirs = null;
        this.typed(texts[choice]);
        return this.save();
    }

    stop() {
        browser.clearTimeout(this.timer);
    }
}

/** A text that is saved by a `Saver`. */
export function newLine(text) {
    return {text, seen: text, status: "saved", theirs: null, trouble: ""};
}
