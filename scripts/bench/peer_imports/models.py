"""The same facts, normalised: no history, no periods, no citations, no scores."""

from django.db import models


class State(models.Model):
    usps = models.CharField(max_length=2, unique=True)

    def __str__(self) -> str:
        return self.usps


class County(models.Model):
    fips = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=100)
    state = models.ForeignKey(State, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    title = models.CharField(max_length=300, unique=True)
    url = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """The columns that both ways of importing write."""

    county = models.ForeignKey(County, on_delete=models.PROTECT)
    factor = models.CharField(max_length=25)
    answer = models.CharField(max_length=10)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    source_date = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.factor


class Policy(Answer):
    """Known by county and factor."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "factor"], name="policy_once")]


class KeyedPolicy(Answer):
    """Known by one field as well, since the library's cache of instances takes no more than one."""

    key = models.CharField(max_length=40, unique=True)
