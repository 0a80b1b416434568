"""Words of the catalogue: what ships, what staff wrote instead, and in which language."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils.translation import override

from policies import catalogue, site_text_actions, site_texts
from policies.assessments import revision
from policies.models import ChangeEvent, LocalOption, LocalPower
from tests.factories import OptionFactory, PowerFactory, UserFactory, noon

pytestmark = pytest.mark.django_db
AT = noon("2020-01-02")


def write(row, column, english, spanish, **values):
    key = catalogue.key_of(row, column)
    return site_text_actions.write(
        key=key,
        english=english,
        spanish=spanish,
        by=UserFactory(),
        at=AT,
        seen=site_text_actions.newest_version(key),
        **values,
    )


def put_in_force(row, column, english, spanish):
    version = write(row, column, english, spanish)
    site_text_actions.publish(version=version, by=UserFactory(), at=AT)
    site_texts.refresh(revision())


def test_each_word_of_an_option_and_of_an_office_is_a_text_of_the_site():
    option, power = OptionFactory(key="holds"), PowerFactory(key="sheriff")
    keys = set(site_texts.registry())
    assert {f"option.holds.{column}" for column in option.words} <= keys
    assert {f"power.sheriff.{column}" for column in power.words} <= keys


def test_the_registry_asks_twice_however_many_rows_there_are(django_assert_num_queries):
    for _ in range(3):
        OptionFactory()
        PowerFactory()
    with django_assert_num_queries(2):
        site_texts.registry()


def test_what_ships_is_read_in_either_language():
    option = OptionFactory()
    assert catalogue.words(option, "title") == catalogue.Words("No holds", "en")
    with override("es"):
        assert catalogue.words(option, "title") == catalogue.Words("Sin retenciones", "es")


def test_without_spanish_the_english_is_read_and_called_english():
    option = OptionFactory(spanish={})
    with override("es"):
        assert catalogue.words(option, "title") == catalogue.Words("No holds", "en")


def test_a_draft_changes_nothing():
    option = OptionFactory()
    write(option, "title", "Other", "Otro")
    site_texts.refresh(revision())
    assert catalogue.words(option, "title").text == "No holds"


def test_a_published_version_is_read_in_both_languages():
    option = OptionFactory()
    put_in_force(option, "title", "Other", "Otro")
    assert catalogue.in_both(option, "title") == ("Other", "Otro")
    with override("es"):
        assert catalogue.words(option, "title").text == "Otro"


def test_emptying_both_goes_back_to_what_ships():
    option = OptionFactory()
    put_in_force(option, "title", "Other", "Otro")
    put_in_force(option, "title", "", "")
    assert catalogue.in_both(option, "title") == ("No holds", "Sin retenciones")


def test_publishing_tells_the_change_log_which_option():
    put_in_force(OptionFactory(title="No holds"), "model_wording", "New.", "Nuevo.")
    assert "No holds: model wording" in ChangeEvent.objects.get().summary


def test_one_language_alone_is_refused():
    with pytest.raises(ValidationError, match="Spanish is empty"):
        write(OptionFactory(), "title", "Only English", "")


def test_a_title_is_one_line_and_a_wording_may_have_paragraphs():
    option = OptionFactory()
    with pytest.raises(ValidationError, match="single line"):
        write(option, "title", "Two\nlines", "Dos líneas")
    assert write(option, "model_wording", "One.\n\nTwo.", "Uno.\n\nDos.")


def test_a_row_that_staff_added_is_read_once_its_name_is_published():
    option = OptionFactory(title="", explanation="", model_wording="", spanish={})
    assert list(catalogue.readable(LocalOption.objects)) == []
    write(option, "title", "New", "Nueva")
    assert list(catalogue.readable(LocalOption.objects)) == []
    put_in_force(option, "title", "New", "Nueva")
    assert list(catalogue.readable(LocalOption.objects)) == [option]


def test_a_name_of_one_kind_of_row_does_not_show_another():
    option, power = OptionFactory(key="same", title=""), PowerFactory(key="same", office="")
    put_in_force(option, "title", "New", "Nueva")
    assert not catalogue.readable(LocalPower.objects).filter(pk=power.pk).exists()


# --- What ships --------------------------------------------------------------------------------


@pytest.fixture
def shipped(db):
    call_command("prepare", no_static=True, verbosity=0)


@pytest.mark.usefixtures("shipped")
def test_every_option_and_office_ships_in_good_order_in_both_languages():
    entries = [e for e in site_texts.registry().values() if e.key.startswith(("option.", "power."))]
    assert len(entries) == 24 * 4 + 8 * 4
    for entry in entries:
        # An exception to the chart has neither a jurisdiction nor a way of being chosen.
        assert bool(entry.english) == bool(entry.spanish), entry.key
        assert entry.english != entry.spanish or entry.english in ("", "Sheriff"), entry.key
        assert site_texts.problems(entry, entry.english, entry.spanish) == [], entry.key


@pytest.mark.usefixtures("shipped")
def test_rows_of_an_older_release_get_what_they_lack_and_keep_what_staff_made_of_them():
    kept, changed = LocalOption.objects.order_by("pk")[:2]
    LocalOption.objects.update(spanish={}, routes=[])
    LocalOption.objects.filter(pk=changed.pk).update(title="Staff's own")
    call_command("load_baseline", verbosity=0)
    for row in (kept, changed):
        spanish, routes = row.spanish, row.routes
        row.refresh_from_db()
        assert row.routes == routes
        assert row.spanish["explanation"] == spanish["explanation"]
    assert changed.title == "Staff's own"
    assert "title" not in changed.spanish


# --- The API -----------------------------------------------------------------------------------


def test_the_api_gives_the_words_in_force_and_the_spanish_beside_them(client):
    option = OptionFactory(key="holds")
    put_in_force(option, "title", "Other", "Otro")
    row = client.get("/api/v1/options/").json()["results"][0]
    assert (row["title"], row["title_es"]) == ("Other", "Otro")
    assert row["model_wording_es"] == "No se retendrá a nadie."
    assert row["routes"] == ["sheriff_order", "board_ordinance"]


def test_the_api_finds_words_that_staff_wrote_and_no_drafts(client):
    option = OptionFactory()
    write(option, "explanation", "A xylophone.", "Un xilófono.")
    assert client.get("/api/v1/options/?q=xylophone").json()["count"] == 0
    put_in_force(option, "explanation", "A xylophone.", "Un xilófono.")
    assert client.get("/api/v1/options/?q=XYLOPHONE").json()["count"] == 1


def test_the_api_names_no_option_without_a_name(client):
    OptionFactory(title="")
    assert client.get("/api/v1/options/").json()["count"] == 0
