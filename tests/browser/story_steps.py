"""What each of seven people does in the story of a self-assessment, at their desks."""

import re

from playwright.sync_api import expect

WHERE = "12 Orchard Road"
AREA = 0  # the first area of the Code; the others follow it
MAIL = (
    "SELECT substring(body_html from '/invitation/[A-Za-z0-9_-]+') FROM mail_mail"
    " WHERE email_to LIKE '%{address}%' ORDER BY id DESC LIMIT 1"
)


def open_assessment(desk, name):
    desk.app("Driving Up Quality")
    desk.menu("Self-assessment", "Self-assessments")
    desk.open_row(name)


def back(desk):
    """To the screen before, by the way at the top."""
    desk.page.click(".o_breadcrumb .o_back_button")
    desk.wait()


# === PLAN AND INVOLVE: THE QUALITY LEAD === #


def plan(desk, name, lead):
    """Plan it for one service, and begin it."""
    desk.app("Driving Up Quality")
    desk.menu("Self-assessment", "Self-assessments")
    desk.page.click(".o_control_panel button:has-text('New')")
    desk.tab("Plan")
    desk.choose("service_id", WHERE)
    desk.choose("lead_id", lead)
    desk.type("name", name)
    desk.click("Start", within=".o_form_statusbar")


def plan_who(desk, *lines):
    """Who takes part and how: (group, method, wanted)."""
    desk.tab("Involve")
    for group, method, wanted in lines:
        desk.add_line("participant_ids")
        desk.choose("group_id", group, ".o_selected_row")
        desk.select("method", method, ".o_selected_row")
        desk.type("planned", wanted, ".o_selected_row")
    desk.save()


def plan_person(desk, method, person):
    """Name the person of a line, who then follows it in their own account."""
    row = line_of(desk, method)
    row.locator(".o_list_record_open_form_view button").click()
    desk.wait()
    desk.choose("partner_id", person)
    desk.save()
    back(desk)


def invite(desk, group, address):
    """Send a personal link to one address."""
    line_of(desk, group).locator("button[name=action_invite]").click()
    with desk.dialog() as dialog:
        desk.type("emails", address, dialog)
        desk.page.click(f"{dialog} button[name=action_send]")


def line_of(desk, words):
    return desk.page.locator(
        f"[name=participant_ids] .o_data_row:has-text('{words}')"
    ).first


def plan_discussion(desk, name, facilitator):
    desk.tab("Discuss")
    desk.add_line("session_ids")
    with desk.dialog() as dialog:
        desk.type("name", name, dialog)
        desk.choose("facilitator_ids", facilitator, dialog)
        desk.page.click(f"{dialog} .o_form_button_save")
    desk.save()


def link_to(server, address):
    ((link,),) = server.sql(MAIL.format(address=address))
    return link


# === WHO SAYS WHAT THEY THINK === #


def say_by_link(page, link, answer, words):
    """A phone, no login, Easy Read: say one thing, agree that it is printed, stop."""
    page.goto(link)
    page.click("text=Start")
    page.click(".dq-switch")
    expect(page.locator("html.dq-root-easy")).to_be_visible()
    page.click("text=Start")
    say(page, answer, words)


def say_in_account(page, name, answer, words):
    """Somebody signed in on a tablet, by the pages of their account."""
    page.goto("/my")
    page.click("a:has-text('Self-assessments')")
    page.click(f"a:has-text('{name}')")
    # The list before it offers the same button.
    expect(page.locator("h1")).to_contain_text(name)
    page.click("text=Say what you think")
    page.click("text=Start")
    say(page, answer, words)


def say(page, answer, words):
    page.click(f".dq-answer:has-text('{answer}')")
    page.fill("#words", words)
    page.click("text=Yes, but not my name")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    page.click("text=Stop for now")
    expect(page.get_by_text("What you kept stays kept.")).to_be_visible()


# === DISCUSS: THE SUPPORT WORKER === #


def lead_discussion(desk, name, here, said):
    """Lead it in the room, and say that it took place.

    :param here: how many came of each group
    :param said: (group, feeling, words, whether they agree to print it)
    """
    page = desk.page
    desk.app("Driving Up Quality")
    desk.menu("Self-assessment", "Discussions")
    desk.open_row(name)
    page.click("button[name=action_discuss]")
    # It is asked at once when nobody has been counted yet.
    for group, number in here.items():
        page.get_by_label(group, exact=True).fill(number)
        page.keyboard.press("Tab")
    page.click("text=Who is here")
    for group, feeling, words, agreed in said:
        page.click(f".o_dupq_room_chip:has-text('{group}')")
        page.click(f".o_dupq_room_face:has-text('{feeling}')")
        page.get_by_label("They agree that we print it").set_checked(agreed)
        page.fill(".o_dupq_room_words textarea", words)
        page.click(".o_dupq_room_keep button")
        expect(page.locator(".o_dupq_room_said")).to_contain_text(words)
    expect(page.locator(".o_dupq_room_unsent")).to_have_count(0)
    page.click("text=Open the form")
    page.click("button[name=action_hold]")
    expect(page.locator(".o_form_statusbar")).to_contain_text("Took place")
    desk.wait()


# === RATE, ACT AND ANSWER: THE SERVICE MANAGER === #


def see_who_came(desk, *lines):
    """Who said something by link or account counts: (words of the line, number)."""
    desk.tab("Involve")
    desk.page.click("button[name=action_count_answers]")
    desk.wait()
    for words, number in lines:
        expect(line_of(desk, words).locator("[name=actual]")).to_have_text(number)


def rate(desk, everyone, groups):
    """Rate in the grid by keys.

    :param everyone: for each area, the step and the letter of how we stand
    :param groups: of the first area, the step of each group
    """
    page = desk.page
    open_grid(desk)
    for number, (step, status) in enumerate(everyone):
        cell(page, number, "All together").focus()
        page.keyboard.press(step)
        page.keyboard.press(status)
    for group, step in groups.items():
        cell(page, AREA, group).focus()
        page.keyboard.press(step)
    expect(page.locator(".o_dupq_grid_saved")).to_have_text("All saved")
    back(desk)


def open_grid(desk):
    desk.tab("Rate")
    desk.page.click("button[name=action_rate]")
    desk.page.wait_for_selector(".o_dupq_grid_page")


def cell(page, area, group):
    heads = page.locator("[role=columnheader]").all_inner_texts()
    # The first column holds what is rated.
    column = [head.strip() for head in heads].index(group) - 1
    row = page.locator("[role=row].o_dupq_grid_area").nth(area)
    return row.locator("[role=gridcell]").nth(column)


def add_action(desk, name, owner, date):
    desk.tab("Act")
    desk.add_line("action_ids")
    desk.type("name", name, ".o_selected_row")
    desk.choose("owner_id", owner, ".o_selected_row")
    desk.type("date_due", date, ".o_selected_row")
    desk.page.keyboard.press("Tab")
    desk.save()


def contest(desk, group, words):
    """Somebody who takes part says that the first area is rated wrongly."""
    page = desk.page
    open_grid(desk)
    cell(page, AREA, "All together").click()
    page.click(".o_dupq_contest")
    with desk.dialog() as dialog:
        desk.choose("group_id", group, dialog)
        desk.type("words", words, dialog)
        page.click(f"{dialog} .o_form_button_save")


def answer(desk, words, reply):
    """The one who leads it answers, from the self-assessment, and keeps the rating."""
    desk.tab("Challenge")
    row = desk.page.locator(f"[name=dissent_ids] .o_data_row:has-text('{words[:20]}')")
    row.locator("button[name=action_open]").click()
    desk.wait()
    desk.type("answer", reply)
    desk.field("is_anonymised").locator("input").check()
    desk.page.click("button[name=action_answer]")
    expect(desk.page.locator(".o_form_statusbar")).to_contain_text("Answered")
    desk.wait()


# === REPORT AND PUBLISH === #


def choose_quotes(desk, *quotes):
    """Print these; whoever chooses has read that no name is in them."""
    page = desk.page
    desk.tab("Discuss")
    page.click(".o_notebook button[name=action_open_voices]")
    desk.wait()
    for words in quotes:
        row = page.locator(f".o_list_view .o_data_row:has-text('{words}')")
        row.locator("[name=group_id]").click()
        # The row before is saved first.
        written = desk.field("words", ".o_selected_row").locator("textarea")
        expect(written).to_have_value(re.compile(re.escape(words)))
        for name in ("is_anonymised", "is_printed"):
            desk.field(name, ".o_selected_row").locator("input").check()
    page.locator(".o_list_button_save:visible").click()
    expect(page.locator(".o_selected_row")).to_have_count(0)
    back(desk)
    desk.tab("Discuss")
    rows = page.locator("[name=printed_voice_ids] .o_data_row")
    expect(rows).to_have_count(len(quotes))


def write_report(desk, texts, ideas):
    """Write parts of the report by kind, and ideas of the first part in Easy Read."""
    page = desk.page
    desk.tab("Report")
    page.click("button[name=action_open_report]")
    page.wait_for_selector(".o_dupq_report_body")
    for kind, text in texts.items():
        part = page.locator(f".o_dupq_report_part[data-kind={kind}]").first
        part.locator("textarea").first.fill(text)
        part.locator("textarea").first.blur()
        expect(part.locator(".o_dupq_report_status").first).to_contain_text("Saved")
    page.get_by_role("button", name="Easy Read").click()
    part = page.locator(".o_dupq_report_part[data-kind=overall]")
    for number, (picture, words) in enumerate(ideas):
        part.get_by_role("button", name=re.compile("Add an idea")).click()
        idea = part.locator(".o_dupq_idea").nth(number)
        idea.locator("textarea").fill(words)
        idea.locator("select").select_option(picture)
        expect(idea.locator(".o_dupq_idea_problems")).to_have_count(0)
        idea.locator("textarea").blur()
        expect(idea.locator(".o_dupq_report_status")).to_contain_text("Saved")
    back(desk)


def ask_for_declaration(desk, words, role, signer):
    desk.tab("Publish")
    desk.type("declaration", words)
    desk.select("declared_role", role)
    desk.choose("declaration_signer_id", signer)
    desk.save()
    desk.page.click("button[name=action_ask_for_signature]")
    desk.wait()


def complete(desk):
    desk.click("Complete", within=".o_form_statusbar")
    expect(desk.page.locator("button[name=action_publish]")).to_be_visible()


def sign(desk):
    """The one who declares it reads it, and signs with their own login."""
    desk.tab("Publish")
    desk.page.click("button[name=action_sign_declaration]")
    desk.page.click(".modal .btn-primary")
    expect(desk.page.locator(".o_notebook")).to_contain_text("Signed here by")
    desk.wait()


def publish(desk):
    """Publish it. Returns the address of what anyone can read."""
    page = desk.page
    page.reload()
    desk.wait()
    desk.click("Publish", within=".o_form_statusbar")
    page.click(".modal .btn-primary")
    desk.wait()
    with page.expect_popup() as popup:
        page.click("button[name=action_view_public_page]")
    return popup.value.url
