"""Run in the Odoo shell: one run of all rules, its time and its memory."""

# ruff: noqa: F821
import os
import resource
import time

env.cr.execute("SELECT 1")
begin = time.monotonic()
env["dupq.evidence.rule"]._run_all(os.environ["MODE"])
seconds = time.monotonic() - begin
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("RESULT", seconds, mebibytes)
for rule in env["dupq.evidence.rule"].search([("state", "=", "paused")]):
    print("PAUSED", rule.id, rule.message_ids[0].body)
