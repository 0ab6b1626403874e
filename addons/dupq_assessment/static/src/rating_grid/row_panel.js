import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {addEvidence} from "@dupq_code/coverage_map/add_evidence";
import {CoverageShape} from "@dupq_code/coverage_map/coverage_shape";
import {STATE_MEANINGS, STATE_WORDS} from "@dupq_code/coverage_map/places";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {StatementItems} from "../statement_evidence/statement_items";

const FEELINGS = {
    good: _t("Good"),
    mixed: _t("In between"),
    not_yet: _t("Not good yet"),
};

/** What a row of the grid rests on: evidence, what people said, who objects. */
export class RowPanel extends Component {
    static template = "dupq_assessment.RowPanel";
    static components = {CoverageShape, StatementItems};
    static props = {
        assessmentId: Number,
        row: Object,
        ratingId: {type: [Number, Boolean], optional: true},
        mayContest: Boolean,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({panel: null, isOpen: false});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => {
            if (next.row.key !== this.props.row.key) {
                this.state.isOpen = false;
                // The grid goes on: what it rests on comes when it comes.
                this.load(next);
            }
        });
    }

    async load({assessmentId, row}) {
        const ask = this.orm.silent.call("dupq.assessment.grid", "get_panel", [
            assessmentId,
            row.key,
        ]);
        try {
            this.state.panel = await this.keepLast.add(ask);
        } catch {
            // Without a connection the row can be rated all the same.
            this.state.panel = null;
        }
    }

    get panel() {
        const {panel} = this.state;
        return panel?.row === this.props.row.key ? panel : null;
    }

    get evidence() {
        return this.panel?.evidence;
    }

    stateWord(evidence) {
        return STATE_WORDS[evidence.state];
    }

    stateMeaning(evidence) {
        return STATE_MEANINGS[evidence.state];
    }

    feelingWord(voice) {
        return FEELINGS[voice.feeling] || "";
    }

    dayWords(day) {
        return deserializeDate(day).toLocaleString(luxon.DateTime.DATE_FULL);
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }

    addEvidence() {
        const where = {
            serviceId: this.panel.service_id,
            statementId: this.props.row.id,
        };
        return addEvidence(this.action, where, () => this.load(this.props));
    }

    contest() {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("I see it differently"),
                res_model: "dupq.assessment.dissent",
                views: [[false, "form"]],
                target: "new",
                context: {default_rating_id: this.props.ratingId},
            },
            {onClose: () => this.load(this.props)}
        );
    }
}
