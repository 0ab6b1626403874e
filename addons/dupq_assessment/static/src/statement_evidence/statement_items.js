import {Component, onWillStart, useState} from "@odoo/owl";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** The items behind the figure of one statement: as many rows as it counts. */
export class StatementItems extends Component {
    static template = "dupq_assessment.StatementItems";
    static props = {
        assessmentId: Number,
        statementId: Number,
        older: {type: Boolean, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({items: null});
        onWillStart(async () => {
            const {assessmentId, statementId, older} = this.props;
            this.state.items = await this.orm.call(
                "dupq.assessment.evidence",
                "get_items",
                [assessmentId, statementId, Boolean(older)]
            );
        });
    }

    get hidden() {
        return [...Array(this.state.items.confidential).keys()];
    }

    polarityWord(item) {
        return item.polarity === "good" ? _t("Good") : _t("Not yet good");
    }

    dayWords(day) {
        return deserializeDate(day).toLocaleString(luxon.DateTime.DATE_FULL);
    }

    openItem(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dupq.evidence",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openList() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Evidence"),
            res_model: "dupq.evidence",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: this.state.items.domain,
        });
    }
}
