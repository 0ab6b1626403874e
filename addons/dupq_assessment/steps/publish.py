from .step import step


def check(assessment, figures):
    """Whether somebody at the top stands for it, and what still holds it back."""
    _ = assessment.env._
    newest = assessment.publication_ids[:1]
    said = ""
    if newest:
        said = _("Version %(version)s is public.", version=newest.version)
    return step(
        _("Publish"),
        said,
        (
            assessment.declaration and assessment.declared_by,
            _("The chair or the chief executive has not declared it yet."),
        ),
        (
            not assessment.declared_by
            or assessment.declared_user_id
            or assessment.declaration_paper_ids,
            _("Add the signed paper, or have the declaration signed here."),
        ),
    )
