import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ConflictCheck} from "../conflict_check/conflict_check";

// How many answers are laid out at once.
const PAGE = 30;

/** Where the panel differs, widest first; what it agrees on, and why. */
export class ModerationTable extends Component {
    static template = "dupq_commissioning.ModerationTable";
    static components = {ConflictCheck, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.saving = Promise.resolve();
        this.state = useState({
            table: {tenders: []},
            isOnlyOpen: false,
            shown: PAGE,
        });
        useSetupAction({beforeLeave: () => this.keepAll()});
        onWillStart(() => this.load(this.props.action.context?.active_id));
    }

    get table() {
        return this.state.table;
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

    async load(tenderId) {
        const table = await this.orm.call("dupq.moderation.table", "get_table", [
            tenderId || false,
        ]);
        Object.assign(this.state, {table, shown: PAGE});
    }

    reload() {
        return this.load(this.table.tender.id);
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
            return this.saving;
        }
        this.saving = this.saving.catch(() => {}).then(() => this.send(row));
        return this.saving;
    }

    async keepAll() {
        for (const row of (this.table.rows || []).filter((each) => each.isDirty)) {
            await this.keep(row);
        }
        return this.saving;
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
        return this.action.doActionButton({
            type: "object",
            name: method,
            resModel: "dupq.tender",
            resId: this.table.tender.id,
            onClose: () => this.reload(),
        });
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

    openRanking() {
        return this.action.doAction("dupq_commissioning.dupq_tender_ranking_action", {
            additionalContext: {active_id: this.table.tender.id},
        });
    }
}

registry
    .category("actions")
    .add("dupq_commissioning.moderation_table", ModerationTable);
