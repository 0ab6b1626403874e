"""The coverage map, opened as somebody."""

PAGE = ".o_dupq_map_page"


def opener(new_page, server, address="/odoo/dupq-coverage-map"):
    """`open_map(login, query="", **options)`: the page, when the map is on it."""

    def open_map(login, query="", **options):
        page = new_page(login, server=server, **options)
        page.goto(address + query)
        page.wait_for_selector(PAGE)
        return page

    return open_map
