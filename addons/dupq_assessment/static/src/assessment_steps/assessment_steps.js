import {Component, onMounted, onWillUnmount, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    open: "fa-circle-o",
    under_way: "fa-adjust",
    done: "fa-check-circle",
    left_out: "fa-minus-circle",
};

/**
 * The ten steps of a self-assessment in a row: how each stands and what is missing.
 * A click opens the tab of the step; whatever else on the form carries a
 * `data-dupq-tab` or a `data-dupq-step` opens its tab or its step in the same way.
 */
export class AssessmentSteps extends Component {
    static template = "dupq_assessment.AssessmentSteps";
    static props = {...standardFieldProps};

    setup() {
        this.root = useRef("root");
        this.action = useService("action");
        const onClick = (ev) => this.onFormClick(ev);
        let form = null;
        onMounted(() => {
            form = this.form;
            form?.addEventListener("click", onClick);
            const tab = this.props.record.context.dupq_tab;
            if (tab) {
                this.openTab(tab);
            }
        });
        onWillUnmount(() => form?.removeEventListener("click", onClick));
    }

    get form() {
        return this.root.el?.closest(".o_form_renderer");
    }

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    icon(step) {
        return ICONS[step.state];
    }

    /** What stands under the name of a step: the first of these that is so. */
    remark(step) {
        if (step.state === "left_out") {
            return _t("Left out");
        }
        if (step.state !== "done" && step.is_late) {
            return _t("Late: %s", step.planned);
        }
        if (step.missing.length) {
            return _t("%s missing", step.missing.length);
        }
        if (step.state === "done") {
            return step.done || step.state_words;
        }
        if (step.planned) {
            return step.planned;
        }
        const isFull = step.state === "open" && step.said;
        return isFull ? _t("Nothing missing") : step.state_words;
    }

    /** Everything about a step in words, for whoever cannot see the row. */
    words(step) {
        const lines = [`${step.name}: ${step.state_words}`];
        if (step.owner) {
            lines.push(_t("Who answers for it: %s", step.owner));
        }
        if (step.planned) {
            lines.push(_t("Planned for %s", step.planned));
        }
        return [...lines, ...step.missing].join("\n");
    }

    openTab(key) {
        const tab = this.form?.querySelector(
            `.o_notebook_headers .nav-link[name="${key}"]`
        );
        tab?.click();
        tab?.scrollIntoView({block: "nearest", inline: "center"});
    }

    async openStep(id) {
        await this.props.record.save();
        this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Step"),
                res_model: "dupq.assessment.step",
                res_id: id,
                views: [[false, "form"]],
                target: "new",
            },
            {onClose: () => this.props.record.load()}
        );
    }

    onFormClick(ev) {
        const link = ev.target.closest("[data-dupq-tab], [data-dupq-step]");
        if (!link) {
            return;
        }
        ev.preventDefault();
        if (link.dataset.dupqStep) {
            this.openStep(Number(link.dataset.dupqStep));
        } else {
            this.openTab(link.dataset.dupqTab);
        }
    }
}

registry.category("fields").add("dupq_assessment_steps", {
    component: AssessmentSteps,
    displayName: _t("Steps of a self-assessment"),
    supportedTypes: ["json"],
});
