import {Component} from "@odoo/owl";

import {CoverageShape} from "./coverage_shape";
import {GAP_WORDS, groupByGap} from "./places";

/** Where something is missing, worst first; each gap opens its place. */
export class GapsList extends Component {
    static template = "dupq_code.GapsList";
    static components = {CoverageShape};
    static props = {areas: Array, gaps: Array, open: Function, isOpen: Function};

    get groups() {
        return groupByGap(this.props.gaps);
    }

    word(kind) {
        return GAP_WORDS[kind];
    }

    areaNumber(gap) {
        return this.props.areas.find((area) => area.id === gap.area_id).number;
    }
}
