import {Component} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** Asks a member of a panel whether they have a conflict, before they read a bid. */
export class ConflictCheck extends Component {
    static template = "dupq_commissioning.ConflictCheck";
    static props = {
        seatId: Number,
        bidders: {type: Array, element: String},
        onAnswered: Function,
    };

    setup() {
        this.action = useService("action");
    }

    answer(method) {
        return this.action.doActionButton({
            type: "object",
            name: method,
            resModel: "dupq.tender.evaluator",
            resId: this.props.seatId,
            onClose: () => this.props.onAnswered(),
        });
    }
}
