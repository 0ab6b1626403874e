import {_t} from "@web/core/l10n/translation";

/**
 * Open a new piece of evidence that says a statement is good here.
 *
 * @param {Object} action the action service
 * @param {Object} where {serviceId, statementId, perspectiveId}; the last may be missing
 * @param {Function} onClose what to do once it is closed
 */
export function addEvidence(action, {serviceId, statementId, perspectiveId}, onClose) {
    const context = {
        default_service_id: serviceId,
        default_statement_ids: [statementId],
        default_polarity: "good",
    };
    if (perspectiveId) {
        context.default_perspective_id = perspectiveId;
    }
    return action.doAction(
        {
            type: "ir.actions.act_window",
            name: _t("Add evidence"),
            res_model: "dupq.evidence",
            views: [[false, "form"]],
            target: "new",
            context,
        },
        {onClose}
    );
}
