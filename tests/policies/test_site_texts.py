"""Texts that staff rewrite: which they are, when they count, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from policies import site_text_actions, site_texts, texts
from policies.assessments import revision
from policies.models import ChangeEvent, SiteText
from policies.rubric import Factor
from tests.factories import UserFactory, noon

pytestmark = pytest.mark.django_db
KEY = "factor.limits_holds.question"
AT = noon("2020-01-02")


def written(key=KEY, english="Will they hold anybody?", spanish="¿Retendrán a alguien?", **values):
    values.setdefault("by", UserFactory())
    values.setdefault("seen", site_text_actions.newest_version(key))
    return site_text_actions.write(key=key, english=english, spanish=spanish, at=AT, **values)


def in_force(**values):
    version = site_text_actions.publish(version=written(**values), by=UserFactory(), at=AT)
    site_texts.refresh(revision())
    return version


def question() -> str:
    return str(texts.FACTOR_TEXTS[Factor.LIMITS_HOLDS].question)


def test_every_text_ships_in_both_languages():
    for entry in site_texts.registry().values():
        if not entry.may_be_empty:
            assert entry.english, entry.key
            assert entry.spanish, entry.key
            assert site_texts.problems(entry, entry.english, entry.spanish) == [], entry.key


def test_spanish_is_not_english():
    same = [e.key for e in site_texts.registry().values() if e.english == e.spanish != ""]
    assert same == []


def test_a_draft_changes_nothing_and_a_published_version_both_languages():
    shipped = question()
    version = written()
    site_texts.refresh(revision())
    assert question() == shipped
    site_text_actions.publish(version=version, by=UserFactory(), at=AT)
    site_texts.refresh(revision())
    assert question() == "Will they hold anybody?"
    with override("es"):
        assert question() == "¿Retendrán a alguien?"


def test_emptying_both_goes_back_to_what_ships():
    shipped = question()
    in_force()
    in_force(english="", spanish="")
    assert question() == shipped


def test_other_texts_stay_as_they_are():
    others = str(texts.FACTOR_TEXTS[Factor.LIMITS_HOLDS].name)
    in_force()
    assert str(texts.FACTOR_TEXTS[Factor.LIMITS_HOLDS].name) == others


def test_the_author_does_not_publish():
    author = UserFactory()
    with pytest.raises(ValidationError, match="second reader"):
        site_text_actions.publish(version=written(by=author), by=author, at=AT)


def test_a_superuser_does_so_with_a_reason_that_is_logged():
    boss = UserFactory(is_superuser=True)
    version = written(by=boss)
    with pytest.raises(ValidationError):
        site_text_actions.publish(version=version, by=boss, at=AT, reason=" ")
    site_text_actions.publish(version=version, by=boss, at=AT, reason="A typing error.")
    assert "A typing error." in ChangeEvent.objects.get().summary


@pytest.mark.parametrize(("changes", "kind"), [(True, "method"), (False, "wording")])
def test_the_change_log_tells_other_words_from_another_method(changes, kind):
    in_force(changes_method=changes)
    assert ChangeEvent.objects.get().kind == kind


def test_it_is_published_once():
    version = in_force()
    with pytest.raises(ValidationError, match="already"):
        site_text_actions.publish(version=version, by=UserFactory(), at=AT)


def test_an_older_draft_does_not_overtake_a_newer_version():
    old = written()
    in_force(english="Newer?", spanish="¿Más nueva?")
    with pytest.raises(ValidationError, match="newer version"):
        site_text_actions.publish(version=old, by=UserFactory(), at=AT)


def test_who_writes_on_top_of_an_older_version_is_told():
    written()
    with pytest.raises(ValidationError, match="meanwhile"):
        written(seen=None)
    assert SiteText.objects.count() == 1


@pytest.mark.parametrize(
    ("english", "spanish", "said"),
    [
        ("Only English?", "", "Spanish is empty"),
        ("x" * 200, "y", "at most"),
        ("Two\nlines", "Dos líneas", "single line"),
        ("Turned \u202e", "Igual", "invisible characters"),
        ("A\x00b", "Igual", "invisible characters"),
        ("100 %(count)d", "cien", "placeholders"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(english, spanish, said):
    with pytest.raises(ValidationError, match=said):
        written(english=english, spanish=spanish)
    assert not SiteText.objects.exists()


def test_there_is_no_other_text():
    with pytest.raises(ValidationError, match="no such text"):
        written(key="password")


def test_a_page_reads_them_once_a_revision(client, django_assert_num_queries):
    client.get("/about/")
    with django_assert_num_queries(1):
        client.get("/about/")
    in_force(key="about", english="# New\n\nWords.", spanish="# Nuevo\n\nPalabras.")
    assert "<h2>New</h2>" in client.get("/about/").content.decode()
    assert "<h2>Nuevo</h2>" in client.get("/es/about/").content.decode()


def test_a_notice_stands_on_every_page_until_it_is_emptied(client):
    in_force(key="notice", english="We are *moving*.", spanish="Nos *mudamos*.")
    assert "We are <em>moving</em>." in client.get("/wins/").content.decode()
    assert "Nos <em>mudamos</em>." in client.get("/es/").content.decode()
    in_force(key="notice", english="", spanish="")
    assert "moving" not in client.get("/wins/").content.decode()


def test_the_glossary_has_an_anchor_a_term(client):
    page = client.get("/es/glossary/").content.decode()
    assert 'id="detainer"' in page
    assert "48 horas" in page
