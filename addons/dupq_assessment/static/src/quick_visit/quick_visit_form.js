import {onMounted, useExternalListener} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {session} from "@web/session";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {Draft} from "./draft";

const TO_DRAFT = {
    date: (value) => value && serializeDate(value),
    datetime: (value) => value && serializeDateTime(value),
    many2one: (value) => value && {id: value.id, display_name: value.display_name},
};
const FROM_DRAFT = {
    date: (value) => value && deserializeDate(value),
    datetime: (value) => value && deserializeDateTime(value),
};

/**
 * A form to be filled in a car park: what was typed survives a reload, a locked
 * phone and a lost connection, and nothing is sent before "Save" is pressed.
 */
export class QuickVisitController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.draft = new Draft(`dupq_quick_visit:${session.db}:${user.userId}`);
        // One visit at a time: the next one is logged from the menu.
        this.canCreate = false;
        this.keepSoon = useDebounced(() => this.keepDraft(), 150);
        onMounted(() => this.restoreDraft());
        useExternalListener(document, "focusin", (ev) => {
            if (this.rootRef.el?.contains(ev.target)) {
                this.selectNumber(ev);
            }
        });
        for (const type of ["input", "change", "click"]) {
            useExternalListener(document, type, (ev) => {
                if (this.rootRef.el?.contains(ev.target)) {
                    this.keepSoon();
                }
            });
        }
    }

    displayName() {
        return this.model.root.isNew ? _t("Log a visit") : super.displayName();
    }

    /** A number is typed over, not behind the nought that stands there. */
    selectNumber(ev) {
        if (ev.target.matches("input[type=number]")) {
            ev.target.select();
        }
    }

    async keepDraft() {
        const root = this.model.root;
        if (!root.isNew || !(await root.isDirty()) || !root.isNew) {
            return;
        }
        const values = {};
        for (const name of Object.keys(root.activeFields)) {
            const convert = TO_DRAFT[root.fields[name].type] || ((value) => value);
            values[name] = convert(root.data[name]);
        }
        this.draft.write(values);
    }

    async restoreDraft() {
        const values = this.model.root.isNew && this.draft.read();
        if (!values) {
            return;
        }
        const changes = {};
        for (const [name, value] of Object.entries(values)) {
            if (name in this.model.root.activeFields) {
                const convert = FROM_DRAFT[this.model.root.fields[name].type];
                changes[name] = convert ? convert(value) : value;
            }
        }
        await this.model.root.update(changes);
        this.notification.add(_t("What you wrote last time is still here."), {
            type: "info",
        });
    }

    async onRecordSaved(record, changes) {
        this.keepSoon.cancel();
        this.draft.clear();
        return super.onRecordSaved(record, changes);
    }

    async discard(params) {
        this.keepSoon.cancel();
        this.draft.clear();
        return super.discard(params);
    }

    /** Looking at another app, leaving or reloading keeps a draft, not a visit. */
    beforeVisibilityChange() {
        if (document.visibilityState === "hidden") {
            return this.keepDraft();
        }
    }

    async beforeLeave() {
        await this.keepDraft();
    }

    async beforeUnload() {
        await this.keepDraft();
    }
}

registry.category("views").add("dupq_quick_visit", {
    ...formView,
    Controller: QuickVisitController,
});
