"""Every bad file is refused with a code and words that say what to do."""

import pytest

from policies.imports.headings import find_table
from policies.imports.limits import MEGABYTE, Limits, refuse_size
from policies.imports.reading import read_workbook
from policies.imports.tables import FileError
from tests.policies.imports.corpus import BAD_FILES, COLUMNS, CSV, BadFile


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_bad_file_is_refused_with_the_reason(bad: BadFile):
    with pytest.raises(FileError) as refused:
        find_table(read_workbook(bad.make(), bad.filename), COLUMNS, **bad.options)
    assert refused.value.code == bad.code
    for words in bad.words:
        assert words in refused.value.message
    assert refused.value.message.endswith(".")


def test_names_of_bad_files_are_unique():
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES)


def test_file_larger_than_50_megabytes_is_refused_by_its_size_alone():
    refuse_size(50 * MEGABYTE, Limits())
    with pytest.raises(FileError, match=r"60\.0 MB; at most 50 MB") as refused:
        refuse_size(60 * MEGABYTE, Limits())
    assert refused.value.code == "too_large"


def test_limit_of_size_can_be_set():
    with pytest.raises(FileError) as refused:
        read_workbook(CSV.encode(), "a.csv", limits=Limits(file_bytes=20))
    assert refused.value.code == "too_large"
