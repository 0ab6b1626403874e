import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** Puts what we ask of an applicant into the jobs page's own form, above its button. */
export class Asked extends Interaction {
    static selector = "#hr_recruitment_form";

    start() {
        const asked = document.getElementById("dupq_asked");
        const button = this.el.querySelector(".s_website_form_submit");
        // Whoever edits the page may have put a field of ours into the form already.
        if (!asked || !button || this.el.querySelector("[name=dupq_trait_ids]")) {
            return;
        }
        const home = asked.parentElement;
        button.before(asked);
        asked.hidden = false;
        this.registerCleanup(() => {
            asked.hidden = true;
            home.prepend(asked);
        });
    }
}

registry
    .category("public.interactions")
    .add("dupq_code_website_hr_recruitment.asked", Asked);
