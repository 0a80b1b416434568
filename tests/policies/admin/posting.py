"""What is posted to publish a local policy, and what the admin says to it."""

ADD = "admin:policies_localpolicy_add"
CHANGE = "admin:policies_localpolicy_change"
#: The button of a superuser who publishes without a second reader, and the reason.
ALONE = {"_publish": "1", "_reason": "Nobody else is there."}


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def filled(fields, document=None, **values) -> dict[str, str]:
    """A complete local policy, with one citation if a document is given."""
    cited = {"citations-0-document": document and document.pk, "citations-0-quote": "no holds"}
    return {
        **fields,
        "factor": "limits_holds",
        "answer": "yes",
        "effective_from": "2020-03-01",
        **(cited if document else {}),
        **{name: str(value) for name, value in values.items()},
    }
