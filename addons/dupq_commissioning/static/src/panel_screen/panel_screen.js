import {Component, onWillStart} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ConflictCheck} from "../conflict_check/conflict_check";
import {SavingQueue} from "./saving_queue";

/**
 * What the screens of a panel share: they show one tender, keep what was typed
 * before they are left, and press buttons of records.
 *
 * A screen brings `load(tenderId)`, `keepAll()` and the `tender` that is shown.
 */
export class PanelScreen extends Component {
    static components = {ConflictCheck, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.queue = new SavingQueue();
        useSetupAction({beforeLeave: () => this.keepAll()});
        onWillStart(() => this.load(this.props.action.context?.active_id));
    }

    reload() {
        return this.load(this.tender.id);
    }

    /** Press a button of a record, then show what has come of it. */
    press(resModel, resId, name) {
        return this.action.doActionButton({
            type: "object",
            name,
            resModel,
            resId,
            onClose: () => this.reload(),
        });
    }

    openModeration() {
        return this.openScreen("dupq_commissioning.dupq_moderation_table_action");
    }

    openRanking() {
        return this.openScreen("dupq_commissioning.dupq_tender_ranking_action");
    }

    openScreen(xmlid) {
        return this.action.doAction(xmlid, {
            additionalContext: {active_id: this.tender.id},
        });
    }
}
