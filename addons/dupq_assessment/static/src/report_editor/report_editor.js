import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {EasyReadTwin} from "./easy_read_twin";
import {ReportPart} from "./report_part";

const MODEL = "dupq.assessment";

/** What a reader will ask of the report, and why it goes out all the same. */
export class ReaderQuestions extends Component {
    static template = "dupq_assessment.ReaderQuestions";
    static props = {questions: Array, isOpen: Boolean, setReason: Function};

    reasonLabel(question) {
        return _t("Why we go on: %s", question.name);
    }
}

/** The report of a self-assessment: text, margin, what the public sees, Easy Read. */
export class ReportEditor extends Component {
    static template = "dupq_assessment.ReportEditor";
    static components = {EasyReadTwin, Layout, ReaderQuestions, ReportPart};
    static props = {...standardActionServiceProps};
    static path = "dupq-report";
    static displayName = _t("Report");

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.state = useState({data: null, view: "plain"});
        const {params, context} = this.props.action;
        this.assessmentId = params?.assessment_id || context?.active_id;
        this.refreshSoon = useDebounced(() => this.refresh(), 800);
        onWillStart(() => this.load());
    }

    get openCount() {
        const open = (one) => !one.is_answered && !one.reason;
        return this.state.data.questions.filter(open).length;
    }

    get isEmpty() {
        return !this.state.data?.parts.length;
    }

    async load() {
        if (this.assessmentId) {
            this.state.data = await this.call("get_report_editor");
        }
    }

    async refresh() {
        const data = await this.keepLast.add(this.call("get_report_editor"));
        this.state.data.questions = data.questions;
        this.state.data.easy_read = data.easy_read;
    }

    async begin() {
        await this.call("action_open_report");
        await this.load();
    }

    async setReason(key, reason) {
        this.state.data.questions = await this.call("set_reason", key, reason);
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, [[this.assessmentId], ...args]);
    }
}

registry.category("actions").add("dupq_assessment.report_editor", ReportEditor);
