import {_t} from "@web/core/l10n/translation";

/** Open a new piece of evidence that says a statement is good here. */
export function addEvidence(action, serviceId, statementId, onClose) {
    return action.doAction(
        {
            type: "ir.actions.act_window",
            name: _t("Add evidence"),
            res_model: "dupq.evidence",
            views: [[false, "form"]],
            target: "new",
            context: {
                default_service_id: serviceId,
                default_statement_ids: [statementId],
                default_polarity: "good",
            },
        },
        {onClose}
    );
}
