import {Component, onWillStart, useState} from "@odoo/owl";
import {addEvidence} from "@dupq_code/coverage_map/add_evidence";
import {CoverageShape} from "@dupq_code/coverage_map/coverage_shape";
import {
    STATES,
    STATE_MEANINGS,
    STATE_WORDS,
    partsWords,
} from "@dupq_code/coverage_map/places";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {StatementItems} from "./statement_items";

/** What the ledger holds beside each statement, on the form of a self-assessment. */
export class EvidenceBeside extends Component {
    static template = "dupq_assessment.EvidenceBeside";
    static components = {CoverageShape, StatementItems};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({data: null, openId: false});
        this.states = STATES;
        this.partsWords = partsWords;
        onWillStart(() => this.load());
    }

    get assessmentId() {
        return this.props.record.resId;
    }

    get isEmpty() {
        return !this.state.data?.areas.length;
    }

    async load() {
        if (this.assessmentId) {
            this.state.data = await this.orm.call(
                "dupq.assessment.evidence",
                "get_statements",
                [this.assessmentId]
            );
        }
    }

    stateWord(state) {
        return STATE_WORDS[state];
    }

    stateMeaning(state) {
        return STATE_MEANINGS[state];
    }

    /** How many statements of an area say what, for its head. */
    spread(area) {
        return STATES.map((state) => ({
            state,
            count: area.statements.filter((one) => one.state === state).length,
        })).filter(({count}) => count);
    }

    toggle(statement) {
        this.state.openId = this.state.openId === statement.id ? false : statement.id;
    }

    add(statement) {
        const where = {
            serviceId: this.state.data.service_id,
            statementId: statement.id,
        };
        return addEvidence(this.action, where, () => this.load());
    }
}

registry.category("view_widgets").add("dupq_evidence_beside", {
    component: EvidenceBeside,
});
