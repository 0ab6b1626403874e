import {expect, test} from "@odoo/hoot";
import {getSeen} from "@dupq_assessment/assessment_form/seen";

test("what stood on the screen is told for fields and for lines", () => {
    const line = {
        fields: {finding: {type: "text"}, level_id: {type: "many2one"}},
        _values: {finding: "Quiet.", level_id: {id: 4, display_name: "Good"}},
    };
    const record = {
        fields: {
            outcome: {type: "text"},
            purpose_ids: {type: "many2many"},
            summary_ids: {type: "one2many"},
        },
        _values: {outcome: false},
        data: {summary_ids: {_cache: {7: line}}},
    };
    const changes = {
        outcome: "Much is good.",
        purpose_ids: [[4, 1]],
        summary_ids: [
            [1, 7, {finding: "Loud.", level_id: 5}],
            [0, "virtual_1", {finding: "New"}],
            [2, 8],
        ],
    };
    expect(getSeen(record, changes)).toEqual({
        outcome: false,
        summary_ids: {7: {finding: "Quiet.", level_id: 4}},
    });
});
