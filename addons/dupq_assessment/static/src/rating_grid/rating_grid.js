import {
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {cellKey, shownCell, takeBack, toLines} from "./cells";
import {RatingGridKeys} from "./rating_grid_keys";
import {RowPanel} from "./row_panel";
import {Waiting} from "./waiting";

const MODEL = "dupq.assessment.grid";
// How long to wait before asking again whether there is a connection.
const AGAIN = 4000;
export const STATUSES = [
    {key: "meeting", name: _t("We meet it"), letter: "M"},
    {key: "working", name: _t("We work towards it"), letter: "W"},
    {key: "not_yet", name: _t("Not yet"), letter: "N"},
];

function cleanId(value) {
    const number = Number(value);
    return Number.isInteger(number) && number > 0 ? number : false;
}

/** Statements by groups of people: where do we stand, and why? */
export class RatingGrid extends RatingGridKeys {
    static template = "dupq_assessment.RatingGrid";
    static components = {Layout, RowPanel};
    static props = {...standardActionServiceProps};
    static path = "dupq-rating-grid";
    static displayName = _t("Rating grid");

    setup() {
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        this.statuses = STATUSES;
        const {params, context} = this.props.action;
        this.assessmentId =
            cleanId(params?.assessment_id) || cleanId(context?.active_id);
        this.state = useState({
            data: null,
            at: {line: 0, column: 0},
            waiting: {},
            conflicts: {},
            undo: [],
            isLost: false,
            said: "",
            sentence: "",
        });
        useExternalListener(window, "online", () => this.send());
        onWillStart(() => this.start());
        onMounted(() => this.focusCell(false));
        onPatched(() => this.focusWhenAsked());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    async start() {
        if (!this.assessmentId) {
            return;
        }
        this.props.updateActionState?.({assessment_id: this.assessmentId});
        await this.load();
        this.waiting = new Waiting(
            `dupq_rating_grid_${user.userId}_${this.assessmentId}`,
            this.state.waiting,
            (key, {values, seen}) => this.save(key, values, seen),
            {
                saved: (...told) => this.onSaved(...told),
                refused: (...told) => this.onRefused(...told),
                lost: () => this.onLost(),
            }
        );
        this.send();
    }

    async load() {
        const data = await this.orm.call(MODEL, "get_grid", [this.assessmentId]);
        this.state.data = data;
        this.lines = toLines(data.sections);
        this.state.sentence = data.why_not;
        this.env.config.setDisplayName?.(_t("Rating: %s", data.name));
    }

    // === WHAT IS SHOWN === //

    get data() {
        return this.state.data;
    }

    get columns() {
        return this.data.columns;
    }

    get keyHere() {
        return cellKey(this.rowHere.key, this.columnHere.id);
    }

    get current() {
        return this.cell(this.keyHere);
    }

    get isEmpty() {
        return !this.lines.length;
    }

    get savedWords() {
        const count = Object.keys(this.state.waiting).length;
        if (this.state.isLost) {
            return _t("No connection. Kept in this browser: %s", count);
        }
        return count ? _t("Saving...") : _t("All saved");
    }

    cell(key) {
        return shownCell(this.data.cells[key], this.state.waiting[key]);
    }

    level(id) {
        return this.data.levels.find((level) => level.id === id);
    }

    statusOf(cell) {
        return STATUSES.find((status) => status.key === cell.status);
    }

    rowWords(row) {
        return [row.reference, row.text].filter(Boolean).join(" ");
    }

    /** Everything a cell says, for those who hear it. */
    cellWords(key, column) {
        const cell = this.cell(key);
        const level = this.level(cell.level_id);
        const words = [column.name, level ? level.name : _t("not rated")];
        if (cell.number) {
            words.push(_t("%s people", cell.number));
        }
        if (column.id === 0 && this.statusOf(cell)) {
            words.push(this.statusOf(cell).name);
        }
        if (cell.is_carried) {
            words.push(_t("from last year"));
        }
        if (this.state.conflicts[key]) {
            words.push(_t("somebody else has changed it"));
        } else if (this.state.waiting[key]) {
            words.push(_t("not saved yet"));
        }
        return words.map((word) => word.toString()).join(", ");
    }

    // === SAVING === //

    save(key, values, seen) {
        const [row, group] = key.split("|");
        return this.orm.silent.call(MODEL, "save_cell", [
            this.assessmentId,
            row,
            Number(group),
            values,
            seen,
        ]);
    }

    send() {
        return this.waiting?.send();
    }

    onSaved(key, {cell, conflict, by}, values) {
        this.state.isLost = false;
        if (cell) {
            this.data.cells[key] = cell;
        }
        if (conflict) {
            this.state.conflicts[key] = {by, values, cell};
            this.state.undo = this.state.undo.filter((one) => one.key !== key);
            this.say(
                _t("%s has changed this meanwhile. Nothing of yours was saved.", by)
            );
        } else {
            delete this.state.conflicts[key];
        }
    }

    onRefused(key, error) {
        this.state.isLost = false;
        this.state.sentence = error.data?.message || error.message;
        this.say(this.state.sentence);
        return this.load().then(() => {
            this.state.sentence ||= error.data?.message || error.message;
        });
    }

    onLost() {
        this.state.isLost = true;
        this.say(this.savedWords);
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.send(), AGAIN);
    }

    say(words) {
        this.state.said = words.toString();
    }

    // === WHAT PEOPLE DO === //

    rate(values, key = this.keyHere) {
        if (!this.data.may_write) {
            this.state.sentence = this.data.why_not;
            this.say(this.data.why_not);
            return;
        }
        const cell = this.cell(key);
        this.state.undo.push({key, values: takeBack(cell, values)});
        this.put(key, values);
        const column = this.columns.find(({id}) => id === Number(key.split("|")[1]));
        this.say(this.cellWords(key, column));
    }

    put(key, values) {
        this.waiting.add(key, values, this.data.cells[key]);
        this.send();
    }

    rateLevel(level, key) {
        return this.rate({level_id: level ? level.id : false}, key);
    }

    rateStatus(status, key) {
        return this.rate({status: status || false}, key);
    }

    rateNumber(ev, key) {
        const number = Math.max(0, Math.trunc(Number(ev.target.value) || 0));
        ev.target.value = number || "";
        if (number !== this.cell(key || this.keyHere).number) {
            this.rate({number}, key);
        }
    }

    undo() {
        const last = this.state.undo.pop();
        if (!last) {
            this.say(_t("There is nothing to undo."));
            return;
        }
        const [rowKey, group] = last.key.split("|");
        const line = this.lines.findIndex((row) => row.key === rowKey);
        const column = this.columns.findIndex(({id}) => id === Number(group));
        this.state.at = {line, column};
        this.put(last.key, last.values);
        this.say(_t("Undone: %s", this.cellWords(last.key, this.columns[column])));
        this.toFocus = "cell";
    }

    keepTheirs(key) {
        delete this.state.conflicts[key];
        this.toFocus = "cell";
    }

    useMine(key) {
        const {values} = this.state.conflicts[key];
        delete this.state.conflicts[key];
        this.rate(values, key);
        this.toFocus = "cell";
    }

    async recognise(row, ev) {
        const isRecognised = ev.target.checked;
        const line = this.data.sections
            .flatMap((section) => section.rows)
            .find((one) => one.key === row.key);
        try {
            const words = await this.orm.call(MODEL, "recognise", [
                this.assessmentId,
                row.id,
                isRecognised,
            ]);
            line.is_recognised = isRecognised;
            row.section.rows[0].words = words;
            this.lines = toLines(this.data.sections);
            this.say(words);
        } catch (error) {
            ev.target.checked = !isRecognised;
            throw error;
        }
    }

    addColumn(ev) {
        const id = cleanId(ev.target.value);
        const group = this.data.others.find((other) => other.id === id);
        if (group) {
            this.data.columns.push({...group, letter: "", shape: "circle"});
            this.data.others = this.data.others.filter((other) => other !== group);
            this.state.at = {line: this.state.at.line, column: this.columns.length - 1};
            this.toFocus = "cell";
        }
    }
}

registry.category("actions").add("dupq_rating_grid", RatingGrid);
