import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The bids of a decided tender in order, each total open to its lines. */
export class Ranking extends Component {
    static template = "dupq_commissioning.Ranking";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({ranking: undefined, open: {}});
        onWillStart(async () => {
            const tenderId = this.props.action.context?.active_id;
            if (tenderId) {
                this.state.ranking = await this.orm.call(
                    "dupq.tender.ranking",
                    "get_ranking",
                    [tenderId]
                );
            }
        });
    }

    toggle(bid) {
        this.state.open[bid.id] = !this.state.open[bid.id];
    }
}

registry.category("actions").add("dupq_commissioning.ranking", Ranking);
