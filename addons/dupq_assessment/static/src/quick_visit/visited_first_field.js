import {registry} from "@web/core/registry";
import {getFieldDomain} from "@web/model/relational_model/utils";
import {useSpecialData} from "@web/views/fields/relational_utils";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";

/** A service chosen from a list that begins with those the user visited last. */
export class VisitedFirstField extends SelectionField {
    setup() {
        this.type = "many2one";
        this.specialData = useSpecialData((orm, props) => {
            const {relation} = props.record.fields[props.name];
            const domain = getFieldDomain(props.record, props.name, props.domain);
            return orm.call(relation, "name_search", ["", domain], {
                context: {dupq_visited_first: true},
                limit: 500,
            });
        });
    }
}

registry.category("fields").add("dupq_visited_first", {
    ...selectionField,
    component: VisitedFirstField,
    supportedTypes: ["many2one"],
});
