import {Component} from "@odoo/owl";

/** How many of each group are in the room. Numbers only, never a name. */
export class WhoIsHere extends Component {
    static template = "dupq_assessment.DiscussionWhoIsHere";
    static props = {groups: Array, numbers: Object, change: Function};

    number(group) {
        return this.props.numbers[group.id] || 0;
    }

    onChange(group, ev) {
        this.set(group, Number.parseInt(ev.target.value, 10) || 0);
    }

    set(group, number) {
        this.props.change(group.id, Math.max(0, number));
    }
}
