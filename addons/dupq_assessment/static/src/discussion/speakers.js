import {Component} from "@odoo/owl";
import {silentWords, speakerWords} from "./talk";

/** Who is here and who has not spoken yet; choosing one says who speaks now. */
export class Speakers extends Component {
    static template = "dupq_assessment.DiscussionSpeakers";
    static props = {
        speakers: Array,
        chosen: [Number, Boolean],
        isOpen: Boolean,
        choose: Function,
    };

    setup() {
        Object.assign(this, {speakerWords});
    }

    get silentWords() {
        return silentWords(this.props.speakers);
    }
}
