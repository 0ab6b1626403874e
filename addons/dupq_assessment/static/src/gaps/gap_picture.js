import {Component, markup, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * Where groups of people see it differently, drawn by the server. Asked for when it is
 * looked at, and again when what it shows was saved: opening the form does not wait.
 */
export class GapPicture extends Component {
    static template = "dupq_assessment.GapPicture";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({picture: ""});
        useRecordObserver(async (record) => {
            if (record.resId && !record.dirty) {
                await this.load(record.resId);
            }
        });
    }

    async load(id) {
        const [{gap_picture: picture}] = await this.orm.read(
            "dupq.assessment",
            [id],
            ["gap_picture"]
        );
        this.state.picture = markup(picture || "");
    }
}

registry.category("view_widgets").add("dupq_gap_picture", {component: GapPicture});
