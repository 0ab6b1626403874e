import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What to think of at one step, for the purposes of this self-assessment. */
export class AssessmentPrompts extends Component {
    static template = "dupq_assessment.AssessmentPrompts";
    static props = {...standardFieldProps, tab: {type: String}};

    get prompts() {
        return (this.props.record.data[this.props.name] || {})[this.props.tab] || [];
    }
}

registry.category("fields").add("dupq_assessment_prompts", {
    component: AssessmentPrompts,
    displayName: _t("Prompts"),
    supportedTypes: ["json"],
    extractProps: ({options}) => ({tab: options.tab}),
});
