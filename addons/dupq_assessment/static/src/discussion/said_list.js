import {Component} from "@odoo/owl";
import {FEELINGS, WORKINGS, pictureUrl} from "./talk";

const CHOICES = Object.fromEntries(
    [...FEELINGS, ...WORKINGS].map((choice) => [choice.value, choice])
);

/** What has been said and noted on this question, the newest first. */
export class SaidList extends Component {
    static template = "dupq_assessment.DiscussionSaidList";
    static props = {
        items: Array,
        groups: Object,
        retry: Function,
        drop: Function,
    };

    setup() {
        Object.assign(this, {pictureUrl});
    }

    choice(item) {
        return CHOICES[item.kind === "voice" ? item.feeling : item.is_working];
    }
}
