import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The services of an organisation side by side: for each area the lowest by name
 * and how the others spread, who has no self-assessment, and who took part where.
 * Every figure opens the records behind it.
 */
export class AssessmentRollup extends Component {
    static template = "dupq_assessment.AssessmentRollup";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    more(count) {
        return count ? _t("and %s more", count) : "";
    }

    open(name, model, domain) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
            context: {create: false},
        });
    }

    openParts() {
        this.open(_t("Self-assessments of services"), "dupq.assessment", [
            ["id", "in", this.value.parts],
        ]);
    }

    openServices(name, ids) {
        this.open(name, "dupq.service", [["id", "in", ids]]);
    }

    openWithout() {
        this.openServices(_t("Without a self-assessment"), this.value.without);
    }

    openRatings(area, level) {
        const domain = [
            ["assessment_id", "in", this.value.parts],
            ["area_id.reference", "=", area.reference],
            ["perspective_id", "=", false],
            ["statement_id", "=", false],
        ];
        if (level) {
            domain.push(["level_id.name", "=", level]);
        }
        this.open(`${area.reference} ${area.name}`, "dupq.assessment.rating", domain);
    }
}

registry.category("fields").add("dupq_assessment_rollup", {
    component: AssessmentRollup,
    displayName: _t("Services side by side"),
    supportedTypes: ["json"],
});
