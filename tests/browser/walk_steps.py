"""What each person does on the way from a recruitment record to a scored tender."""

from .desk import Desk

WHO = (
    ("People", "Meeting"),
    ("Families", "Conversation one to one"),
    ("Support staff", "Meeting"),
)
BECAUSE = "It says who is asked, when, and what changed because of it."


def coverage_of(desk, service):
    """The good, not yet and waiting counts that the coverage shows of a service."""
    desk.app("Driving Up Quality")
    desk.menu("Evidence", "Coverage by statement")
    row = desk.page.locator(f".o_group_header:has-text('{service}')").first
    good, not_yet, waiting, *_others = row.locator(".o_list_number").all_inner_texts()
    return {"good": int(good), "not yet": int(not_yet), "waiting": int(waiting)}


def hr_links_an_applicant(desk, applicant, service):
    """HR says that an applicant met the people who live in the service.

    :return: the number of statements of the Code that it speaks to
    """
    desk.app("Recruitment")
    desk.menu("Applications", "All Applications")
    desk.open_row(applicant)
    desk.page.click("button[name=action_dupq_evidence_open]")
    with desk.dialog() as dialog:
        desk.type("title", "Met the tenants over tea", dialog)
        desk.choose("service_id", service, dialog)
        desk.choose("perspective_id", "People", dialog)
        statements = desk.count_lines("statement_ids", dialog)
        desk.page.click(".modal .o_form_button_save")
    assert desk.stat("dupq_evidence_count") == "1"
    return statements


def hr_links_a_course(desk, employee, course, service):
    """HR says that a course was about the people in the service.

    :return: the number of statements of the Code that it speaks to
    """
    desk.app("Employees")
    desk.search(employee)
    desk.open_row(employee)
    desk.tab("Resume")
    desk.page.get_by_text(course).first.click()
    desk.page.click(".modal button[name=action_dupq_evidence_open]")
    desk.page.click(".o_list_button_add")
    desk.type("title", "The course was made with the tenants")
    desk.choose("service_id", service)
    statements = desk.count_lines("statement_ids")
    desk.save()
    return statements


def manager_accepts(desk, titles):
    """The manager accepts what HR has proposed."""
    desk.app("Driving Up Quality")
    desk.menu("Evidence", "Waiting for me")
    for title in titles:
        desk.row(title).locator("input[type=checkbox]").check()
    desk.click("Accept", within=".o_control_panel, .o_list_view")


def manager_completes_a_self_assessment(desk, name, service):
    """The manager makes a self-assessment of the service, honestly, to its end."""
    page = desk.page
    desk.app("Driving Up Quality")
    desk.menu("Self-assessment", "Self-assessments")
    page.click(".o_control_panel button:has-text('New')")
    desk.tab("Plan")
    desk.choose("service_id", service)
    desk.type("name", name)
    desk.click("Start", within=".o_form_statusbar")
    desk.tab("Involve")
    for group, method in WHO:
        desk.add_line("participant_ids")
        desk.choose("group_id", group, ".o_selected_row")
        desk.select("method", method, ".o_selected_row")
        desk.type("actual", "2", ".o_selected_row")
    desk.tab("Rate")
    for number in range(5):
        desk.page.locator("[name=summary_ids] .o_data_row").nth(number).locator(
            "[name=level_id]"
        ).click()
        desk.choose("level_id", "Good", ".o_selected_row")
        desk.type("finding", f"Finding {number + 1}", ".o_selected_row")
    desk.tab("Act")
    desk.add_line("action_ids")
    desk.type("name", "Ask each tenant about staff", ".o_selected_row")
    desk.choose("owner_id", "Service manager", ".o_selected_row")
    desk.type("date_due", "31/12/2027", ".o_selected_row")
    page.keyboard.press("Tab")
    desk.tab("Report")
    desk.type("outcome", "Tenants choose who works here. Evenings are still dull.")
    desk.save()
    desk.click("Complete", within=".o_form_statusbar")


def quality_lead_publishes(desk, name):
    """The quality lead publishes it and opens the public page.

    :return: the address that anyone can read
    """
    page = desk.page
    desk.app("Driving Up Quality")
    desk.menu("Self-assessment", "Self-assessments")
    desk.open_row(name)
    desk.click("Publish", within=".o_form_statusbar")
    page.click(".modal .btn-primary")
    desk.wait()
    with page.expect_popup() as popup:
        page.click("button[name=action_view_public_page]")
    return popup.value.url


def board_member_drills_down(desk):
    """The board member opens every figure at the top: {key: (figure, records)}."""
    page, figures = desk.page, {}
    keys = [
        button.get_attribute("data-figure")
        for button in board_page(desk).locator("[data-figure]:enabled").all()
    ]
    for key in keys:
        button = board_page(desk).locator(f"[data-figure='{key}']")
        value = button.locator(".o_dupq_board_value").inner_text()
        button.click()
        page.wait_for_selector(".o_list_view, .o_kanban_view, .o_form_view")
        desk.wait()
        figures[key] = (value, desk.count_records())
    return figures


def board_page(desk):
    """The board's page, opened afresh."""
    desk.app("Driving Up Quality")
    desk.menu("Board")
    desk.page.wait_for_selector(".o_dupq_board_page")
    return desk.page.locator(".o_dupq_board_page")


def evaluator_scores(desk, score_of):
    """An evaluator without a conflict scores every answer that was given, and locks."""
    page = desk.page
    desk.app("Commissioning")
    desk.menu("Scoring desk")
    page.click("button:has-text('No, I have no conflict')")
    page.wait_for_selector(".o_dupq_desk")
    steps = page.locator(".o_dupq_step").count()
    bids = page.locator(".o_dupq_bids button").count()
    for bid in range(bids):
        page.wait_for_selector(
            f".o_dupq_bids button:nth-child({bid + 1})[aria-current=true]"
        )
        names = page.locator(".o_dupq_step").all_inner_texts()
        given = [n for n, name in enumerate(names) if "no answer" not in name]
        for question in given:
            page.wait_for_selector(
                f".o_dupq_answer :text('question {question + 1} of {steps}')"
            )
            value = score_of(bid, question)
            page.click(f".o_dupq_level:has(input[value='{value}'])")
            page.fill("#dupq_comment", BECAUSE)
            if (bid, question) != (bids - 1, given[-1]):
                page.click(".o_dupq_nav button:has-text('Next')")
    page.click(".o_dupq_score button:has-text('lock my scores')")
    page.click(".modal button:has-text('Lock my scores')")
    page.wait_for_selector(".alert:has-text('Your scores are locked')")


def chair_moderates(desk):
    """The chair sees where scores differ, agrees each, and settles them."""
    page = desk.page
    desk.app("Commissioning")
    desk.menu("Moderation")
    page.click("button:has-text('No, I have no conflict')")
    page.click("button:has-text('Start moderation')")
    page.wait_for_selector(".o_dupq_row")
    rows = page.locator(".o_dupq_row")
    for number in range(rows.count()):
        row = rows.nth(number)
        if row.locator("fieldset:disabled").count():
            continue
        row.locator(".o_dupq_choice .o_dupq_level:has(input[value='4'])").click()
        row.locator("textarea").fill(
            f"{BECAUSE} Both of us read the two changes in answer {number + 1}."
        )
    page.locator("h1").first.click()
    page.wait_for_selector("button:has-text('Settle the scores'):enabled")
    page.click("button:has-text('Settle the scores')")
    page.click(".modal button:has-text('Settle them')")


def chair_sees_the_ranking(desk):
    """The bidders in their order: (rank, name, total)."""
    page = desk.page
    page.click("button:has-text('See the ranking')")
    page.wait_for_selector(".o_dupq_ranking")
    return [
        (
            row.locator(".o_dupq_rank").inner_text().split()[0],
            row.locator("th").inner_text().strip(),
            row.locator(".fw-bold.o_dupq_number").inner_text(),
        )
        for row in page.locator(".o_dupq_ranking > tbody > tr:has(th)").all()
    ]


def sign_in(new_page, server, login):
    """A person at a browser of their own."""
    page = new_page(server=server, height=900)
    return Desk(page, server.url).sign_in(login)
