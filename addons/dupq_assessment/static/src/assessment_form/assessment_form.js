import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {getSeen} from "./seen";

/**
 * Sends along what stood on the screen, so that the server can tell when somebody
 * else has changed it in the meantime, and nobody writes over the words of another.
 */
export class AssessmentFormController extends FormController {
    async onWillSaveRecord(record, changes) {
        const canProceed = await super.onWillSaveRecord(...arguments);
        if (record.resId) {
            changes.seen = getSeen(record, changes);
        }
        return canProceed;
    }
}

registry.category("views").add("dupq_assessment_form", {
    ...formView,
    Controller: AssessmentFormController,
});
