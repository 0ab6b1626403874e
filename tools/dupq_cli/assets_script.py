# Runs in the Odoo shell (which gives `env`): builds asset bundles and keeps them.
# Inside a test they would be rolled back, and built again for every tour.
BUNDLES = {
    "web.assets_web": {"js": True, "css": True},
    "web.assets_web_print": {"js": False, "css": True},
    "web.assets_emoji": {"js": True, "css": False},
    "web.assets_tests": {"js": True, "css": True},
    "web.assets_frontend": {"js": False, "css": True},
    "web.assets_frontend_minimal": {"js": True, "css": False},
    "web.assets_frontend_lazy": {"js": True, "css": False},
    "bus.websocket_worker_assets": {"js": True, "css": False},
    "dupq_code.assets_public": {"js": False, "css": True},
}
# What only the tests of the JavaScript load: nobody tests a demo database that way.
OF_TESTS = {
    "web.assets_unit_tests_setup": {"js": True, "css": True},
    "web.assets_unit_tests": {"js": True, "css": True},
}
if not env.ref("base.module_base").demo:  # noqa: F821
    BUNDLES |= OF_TESTS
for name, kinds in BUNDLES.items():
    bundle = env["ir.qweb"]._get_asset_bundle(name, **kinds)  # noqa: F821
    for kind, wanted in kinds.items():
        if wanted:
            getattr(bundle, kind)()
env.cr.commit()  # noqa: F821
