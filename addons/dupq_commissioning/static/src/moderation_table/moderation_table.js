import {useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {PanelScreen} from "../panel_screen/panel_screen";

// How many answers are laid out at once.
const PAGE = 30;

/** Where the panel differs, widest first; what it agrees on, and why. */
export class ModerationTable extends PanelScreen {
    static template = "dupq_commissioning.ModerationTable";

    setup() {
        super.setup();
        this.state = useState({
            table: {tenders: []},
            isOnlyOpen: false,
            shown: PAGE,
        });
    }

    get table() {
        return this.state.table;
    }
    get tender() {
        return this.table.tender;
    }
    get rows() {
        const rows = this.table.rows;
        return this.state.isOnlyOpen
            ? rows.filter((row) => !this.isAgreed(row) || row.isHeld)
            : rows;
    }
    get agreedCount() {
        return this.table.rows.filter((row) => this.isAgreed(row)).length;
    }
    get progress() {
        return _t("%(done)s of %(all)s answers agreed", {
            done: this.agreedCount,
            all: this.table.rows.length,
        });
    }
    get isOpen() {
        return this.table.tender.state === "moderation";
    }
    get waiting() {
        return this.table.panel.filter(
            (seat) =>
                seat.role === "evaluator" &&
                !["locked", "stood_down"].includes(seat.state)
        );
    }

    isAgreed(row) {
        return Boolean(row.level_id && row.reason.trim() && !row.isDirty);
    }
    spreadText(row) {
        if (row.is_blank) {
            return _t("No answer");
        }
        return row.spread ? _t("%s apart", row.spread) : _t("The same");
    }
    levelOf(row) {
        return this.table.levels.find((level) => level.id === row.level_id);
    }

    /** What a score means, in the words bidders were told. */
    wordOf(value) {
        return this.table.levels.find((level) => level.value === value)?.name || "";
    }

    async load(tenderId) {
        const table = await this.orm.call("dupq.moderation.table", "get_table", [
            tenderId || false,
        ]);
        Object.assign(this.state, {table, shown: PAGE});
    }

    setLevel(row, level) {
        Object.assign(row, {level_id: level.id, isDirty: true, isHeld: true});
        return this.keep(row);
    }

    setReason(row, ev) {
        Object.assign(row, {reason: ev.target.value, isDirty: true, isHeld: true});
    }

    keep(row) {
        if (!row.isDirty) {
            return this.queue.last;
        }
        return this.queue.add(() => this.send(row));
    }

    async keepAll() {
        for (const row of (this.table.rows || []).filter((each) => each.isDirty)) {
            await this.keep(row);
        }
        return this.queue.last;
    }

    async send(row) {
        const {level_id, reason} = row;
        const saved = await this.orm.call("dupq.moderation.table", "save_agreed", [
            row.id,
            level_id,
            reason,
        ]);
        const isSame = row.level_id === level_id && row.reason === reason;
        Object.assign(row, {
            warning: saved.warning,
            history: saved.history,
            isDirty: !isSame,
        });
    }

    take(method) {
        return this.press("dupq.tender", this.tender.id, method);
    }

    async decide() {
        await this.keepAll();
        this.dialog.add(ConfirmationDialog, {
            title: _t("Settle the agreed scores"),
            body: _t(
                "Prices are opened, the ranking is shown, and agreed scores cannot be changed any more."
            ),
            confirmLabel: _t("Settle them"),
            cancelLabel: _t("Look at them again"),
            confirm: () => this.take("action_decide"),
            cancel: () => {},
        });
    }
}

registry
    .category("actions")
    .add("dupq_commissioning.moderation_table", ModerationTable);
