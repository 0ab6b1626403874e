"""Run in the Odoo shell after clock.py: one run of all rules, its time, its memory, and
the time of the processor."""

# ruff: noqa: F821
import os
import resource
import time

begin, begin_processor = time.monotonic(), processor()
env["dupq.evidence.rule"]._run_all(os.environ["MODE"])
seconds, spent = time.monotonic() - begin, processor() - begin_processor
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("RESULT", seconds, mebibytes, spent)
for rule in env["dupq.evidence.rule"].search([("state", "=", "paused")]):
    print("PAUSED", rule.id, rule.message_ids[0].body)
