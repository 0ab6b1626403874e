import {Component} from "@odoo/owl";

/** What a place can show, as a shape that is told apart in grey as well. */
export class CoverageShape extends Component {
    static template = "dupq_code.CoverageShape";
    static props = {state: String};
}
