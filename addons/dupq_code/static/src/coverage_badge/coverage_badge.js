import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";

const SHAPES = {
    fresh: "fa-circle",
    single: "fa-adjust",
    stale: "fa-clock-o",
    nothing: "fa-circle-o",
};
const COLOURS = {
    fresh: "text-bg-success",
    single: "text-bg-info",
    stale: "text-bg-warning",
    nothing: "text-bg-danger",
};

/**
 * What can be shown for a statement, by shape and words as well as by colour.
 * Where a statement says what bad looks like, having seen nothing is no alarm.
 */
export class CoverageBadge extends BadgeField {
    static template = "dupq_code.CoverageBadge";

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isQuiet() {
        return (
            this.value === "nothing" && this.props.record.data.statement_kind === "bad"
        );
    }

    get formattedValue() {
        return this.isQuiet ? _t("Nothing seen") : super.formattedValue;
    }

    get badgeClass() {
        return this.isQuiet ? "text-bg-300" : COLOURS[this.value];
    }

    get shape() {
        return SHAPES[this.value];
    }
}

registry.category("fields").add("dupq_coverage_badge", {
    ...badgeField,
    component: CoverageBadge,
    supportedTypes: ["selection"],
    fieldDependencies: [{name: "statement_kind", type: "selection"}],
});
