import {beforeEach, expect, test} from "@odoo/hoot";
import {edit} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {LOOK} from "@dupq_assessment/long_work/long_work_service";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Sending extends models.Model {
    _name = "sending";

    name = fields.Char();
    progress = fields.Float({string: "Asked"});
    said = fields.Char();
    is_sending = fields.Boolean();
    date_made = fields.Char();

    _records = [
        {id: 1, name: "Mill", progress: 10, said: "1 of 10", is_sending: true},
        {id: 2, name: "Harbour", progress: 20, said: "2 of 10", is_sending: true},
        {id: 3, name: "Orchard", progress: 100, said: "10 of 10", is_sending: false},
    ];
}

defineMailModels();
defineModels([Sending]);

const OPTIONS = "{'words': 'said', 'while': 'is_sending', 'about': 'name'}";
const LIST = `
    <list>
        <field name="name"/>
        <field name="progress" widget="dupq_long_work" options="${OPTIONS}"/>
        <field name="said" column_invisible="1"/>
        <field name="is_sending" column_invisible="1"/>
        <field name="date_made"/>
    </list>`;
const FORM = `
    <form>
        <field name="name"/>
        <field name="progress" widget="dupq_long_work" options="${OPTIONS}"/>
        <field name="said" invisible="1"/>
        <field name="is_sending" invisible="1"/>
    </form>`;

beforeEach(() => {
    onRpc("sending", "search_read", ({kwargs, args}) => {
        const domain = kwargs.domain || args[0];
        expect.step(`asked for ${domain[0][2]}`);
    });
});

function go(id, tens, isSending = true) {
    MockServer.env.sending.write([id], {
        progress: 10 * tens,
        said: `${tens} of 10`,
        is_sending: isSending,
        date_made: isSending ? "" : "today",
    });
}

async function look() {
    await advanceTime(LOOK);
    await animationFrame();
    await animationFrame();
}

function seeAs(visibility) {
    Object.defineProperty(document, "visibilityState", {
        value: visibility,
        configurable: true,
        writable: true,
    });
    document.dispatchEvent(new Event("visibilitychange"));
}

test("the rows of a list move by themselves, with one question for all", async () => {
    await mountView({type: "list", resModel: "sending", arch: LIST});
    expect(".o_dupq_long_work [role=progressbar]").toHaveCount(2);
    go(1, 4);
    go(2, 5);
    await look();
    expect.verifySteps(["asked for 1,2"]);
    expect(".o_data_row:eq(0) .o_dupq_long_work p").toHaveText("4 of 10");
    expect(".o_data_row:eq(1) [role=progressbar]").toHaveAttribute(
        "aria-valuenow",
        "50"
    );
    // Of a row only its end is told to those who listen.
    expect(".o_data_row:eq(1) [role=status]").toHaveText("");
});

test("a row that has ended is as it is now, and nobody asks any more", async () => {
    await mountView({type: "list", resModel: "sending", arch: LIST});
    go(1, 10, false);
    await look();
    expect.verifySteps(["asked for 1,2"]);
    expect(".o_data_row:eq(0) [role=progressbar]").toHaveCount(0);
    expect(".o_data_row:eq(0) td[name=date_made]").toHaveText("today");
    expect(".o_data_row:eq(0) [role=status]").toHaveText("Mill: 10 of 10");
    go(2, 10, false);
    await look();
    expect.verifySteps(["asked for 2"]);
    await look();
    await look();
    expect.verifySteps([]);
});

test("while nobody looks nobody asks; who comes back sees it at once", async () => {
    await mountView({type: "list", resModel: "sending", arch: LIST});
    try {
        seeAs("hidden");
        go(1, 6);
        await look();
        expect.verifySteps([]);
        seeAs("visible");
        await animationFrame();
        await animationFrame();
        expect.verifySteps(["asked for 1,2"]);
        expect(".o_data_row:eq(0) .o_dupq_long_work p").toHaveText("6 of 10");
    } finally {
        delete document.visibilityState;
    }
});

test("what is gone is no longer asked for", async () => {
    await mountView({type: "list", resModel: "sending", arch: LIST});
    MockServer.env.sending.unlink([1, 2]);
    await look();
    expect.verifySteps(["asked for 1,2"]);
    await look();
    expect.verifySteps([]);
});

test("in a form each quarter is told, and no step between", async () => {
    await mountView({type: "form", resModel: "sending", resId: 1, arch: FORM});
    go(1, 2);
    await look();
    expect(".o_dupq_long_work p").toHaveText("2 of 10");
    expect(".o_dupq_long_work [role=status]").toHaveText("");
    go(1, 3);
    await look();
    expect(".o_dupq_long_work [role=status]").toHaveText("Mill: 3 of 10");
    go(1, 4);
    await look();
    expect(".o_dupq_long_work p").toHaveText("4 of 10");
    expect(".o_dupq_long_work [role=status]").toHaveText("Mill: 3 of 10");
    expect.verifySteps(["asked for 1", "asked for 1", "asked for 1"]);
});

test("the end takes nothing away from somebody who types", async () => {
    await mountView({type: "form", resModel: "sending", resId: 1, arch: FORM});
    await contains("[name=name] input").click();
    await edit("Mill and mo");
    go(1, 10, false);
    await look();
    expect("[name=name] input").toHaveValue("Mill and mo");
    expect(".o_dupq_long_work p").toHaveText("10 of 10");
    await look();
    expect.verifySteps(["asked for 1"]);
});
