import {Component} from "@odoo/owl";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {levelOfKey, moveTo} from "./cells";

const STATUS_KEYS = {m: "meeting", w: "working", n: "not_yet"};

/**
 * Where somebody is in the grid, and what the keys do there.
 *
 * What a key rates is kept by the grid itself: see RatingGrid.
 */
export class RatingGridKeys extends Component {
    static props = {...standardActionServiceProps};

    get size() {
        return {lines: this.lines.length, columns: this.columns.length};
    }

    get rowHere() {
        return this.lines[this.state.at.line];
    }

    get columnHere() {
        return this.columns[this.state.at.column];
    }

    isAt(line, column) {
        return this.state.at.line === line && this.state.at.column === column;
    }

    // === MOVING ABOUT === //

    go(line, column) {
        this.state.at = {line, column};
    }

    /** On a phone: to the next row, or the one before. */
    turn(step) {
        const line = this.state.at.line + step;
        if (line >= 0 && line < this.lines.length) {
            this.state.at = {line, column: 0};
            this.toFocus = "heading";
        }
    }

    focusWhenAsked() {
        const {toFocus} = this;
        this.toFocus = null;
        if (toFocus === "cell") {
            this.focusCell(true);
        } else if (toFocus === "heading") {
            this.root.el?.querySelector(".o_dupq_grid_heading")?.focus();
        }
    }

    focusCell(isAsked) {
        const cell = this.root.el?.querySelector("[role=gridcell][tabindex='0']");
        if (cell && (isAsked || document.activeElement === document.body)) {
            cell.focus();
        }
    }

    onKeydown(ev) {
        if ((ev.ctrlKey || ev.metaKey) && ev.key.toLowerCase() === "z") {
            if (!ev.target.matches("input, textarea")) {
                ev.preventDefault();
                this.undo();
            }
        } else if (ev.key === "Escape" && ev.target.closest(".o_dupq_grid_panel")) {
            ev.stopPropagation();
            ev.preventDefault();
            this.focusCell(true);
        }
    }

    onGridKeydown(ev) {
        const isFar = ev.ctrlKey || ev.metaKey;
        const to = moveTo(this.state.at, ev.key, this.size, isFar);
        if (to) {
            ev.preventDefault();
            this.state.at = to;
            this.toFocus = "cell";
            return;
        }
        if (isFar || ev.altKey) {
            return;
        }
        const level = levelOfKey(this.data.levels, ev.key);
        const status = this.columnHere.id === 0 && STATUS_KEYS[ev.key.toLowerCase()];
        if (level) {
            ev.preventDefault();
            this.rateLevel(level);
        } else if (ev.key === "Backspace" || ev.key === "Delete") {
            ev.preventDefault();
            this.rateLevel(null);
        } else if (status) {
            ev.preventDefault();
            this.rateStatus(status);
        } else if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            const panel = this.root.el.querySelector(".o_dupq_grid_panel");
            panel.querySelector("input:checked, input, button")?.focus();
        }
    }
}
