import {browser} from "@web/core/browser/browser";

const LIFETIME = 7 * 24 * 3600 * 1000;

/**
 * What somebody has typed and not yet saved, kept in this browser for a week.
 * A browser that stores nothing (private window, full disk) just keeps no draft.
 */
export class Draft {
    constructor(key) {
        this.key = key;
    }

    read() {
        try {
            const kept = JSON.parse(browser.localStorage.getItem(this.key));
            return kept && Date.now() - kept.time < LIFETIME ? kept.values : null;
        } catch {
            return null;
        }
    }

    write(values) {
        try {
            const kept = JSON.stringify({time: Date.now(), values});
            browser.localStorage.setItem(this.key, kept);
        } catch {
            // Nowhere to keep it: the form works as without a draft.
        }
    }

    clear() {
        try {
            browser.localStorage.removeItem(this.key);
        } catch {
            // Nothing was kept.
        }
    }
}
