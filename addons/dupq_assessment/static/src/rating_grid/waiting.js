import {ConnectionLostError} from "@web/core/network/rpc";
import {Draft} from "../quick_visit/draft";

/**
 * What was chosen and is not saved yet: sent one after the other, kept in this browser
 * while there is no connection, and sent again once there is.
 */
export class Waiting {
    /**
     * @param key where it is kept in this browser
     * @param cells {cell key: {values, seen}}, reactive
     * @param save (cell key, waiting) => the server's answer
     * @param told {saved, refused, lost}: called with what became of it
     */
    constructor(key, cells, save, told) {
        this.draft = new Draft(key);
        this.cells = cells;
        this.save = save;
        this.told = told;
        this.isBusy = false;
        Object.assign(cells, this.draft.read() || {});
    }

    get count() {
        return Object.keys(this.cells).length;
    }

    /** Keep what was chosen; what the client had seen stays that of the first choice. */
    add(key, values, seen) {
        const before = this.cells[key];
        this.cells[key] = {
            values: {...(before?.values || {}), ...values},
            seen: before ? before.seen : seen || null,
        };
        this.keep();
    }

    keep() {
        if (this.count) {
            this.draft.write(this.cells);
        } else {
            this.draft.clear();
        }
    }

    async send() {
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        try {
            for (let key; (key = Object.keys(this.cells)[0]);) {
                await this.sendOne(key);
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.told.lost();
        } finally {
            this.isBusy = false;
        }
    }

    async sendOne(key) {
        const sent = this.cells[key];
        const values = {...sent.values};
        try {
            const answer = await this.save(key, {values, seen: sent.seen});
            const now = this.cells[key];
            const isNewer =
                now && JSON.stringify(now.values) !== JSON.stringify(values);
            if (isNewer && !answer.conflict) {
                now.seen = answer.cell;
            } else {
                delete this.cells[key];
            }
            this.keep();
            this.told.saved(key, answer, values);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                throw error;
            }
            delete this.cells[key];
            this.keep();
            this.told.refused(key, error);
        }
    }
}
