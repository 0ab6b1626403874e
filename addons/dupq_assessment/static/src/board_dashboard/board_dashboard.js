import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

// Where on its scale a rating stands. The words of the scale itself are in the cells:
// services may use scales of their own.
const TONE_WORDS = {
    strong: _t("top of the scale"),
    fair: _t("upper half"),
    low: _t("lower half"),
    weak: _t("bottom"),
    none: _t("not rated"),
};

/** A circle that is the fuller the better the rating: readable in grey. */
export class ToneShape extends Component {
    static template = "dupq_assessment.ToneShape";
    static props = {tone: String};
}

/** The board's page: five areas by services, and every figure opens its records. */
export class BoardDashboard extends Component {
    static template = "dupq_assessment.BoardDashboard";
    static components = {Layout, ToneShape};
    static props = {...standardActionServiceProps};
    static path = "dupq-board";
    static displayName = _t("Board page");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.state = useState({data: null});
        const regionId = this.props.state?.regionId || false;
        useSetupAction({
            getLocalState: () => ({regionId: this.state.data?.region_id || false}),
        });
        onWillStart(() => this.load(regionId));
    }

    get hasServices() {
        return this.state.data.rows.length > 0;
    }

    get hasRatings() {
        return this.state.data.rows.some((row) =>
            row.cells.some((cell) => cell.tone !== "none")
        );
    }

    async load(regionId) {
        const args = {region_id: regionId};
        this.state.data = await this.keepLast.add(
            this.orm.call("dupq.board.dashboard", "get_dashboard", [], args)
        );
    }

    onRegionChange(ev) {
        return this.load(Number(ev.target.value) || false);
    }

    open(action) {
        return this.action.doAction(action);
    }

    openServices() {
        return this.action.doAction("dupq_code.dupq_service_action");
    }

    print() {
        window.print();
    }

    toneWord(tone) {
        return TONE_WORDS[tone];
    }

    cellLabel(row, area, cell) {
        const word = cell.word || this.toneWord("none");
        return `${row.name}, ${area.reference} ${area.name}: ${word}`;
    }

    countLabel(name, label, value) {
        return `${name}, ${label}: ${value}`;
    }
}

registry.category("actions").add("dupq_board_dashboard", BoardDashboard);
