"""Rules that the database itself keeps, on both databases."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, F, Func, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


def exactly_one(*fields: str) -> Q:
    """A condition: one of the nullable `fields` is set, and only one."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


def _compared(field: str) -> str | Cast:
    """FIPS codes are text of five digits; as numbers, GiST takes them in three times as fast."""
    return Cast("county", IntegerField()) if field == "county" else field


class NoOverlap(BaseConstraint):
    """Published rows that share `equal` never overlap in their half-open periods.

    PostgreSQL keeps it by an exclusion constraint (needs btree_gist), SQLite by two triggers
    that Django carries along when it rebuilds the table. A NULL in `equal` never conflicts.
    `validate` refuses with a message that names the other record.
    """

    def __init__(self, *, name: str, equal: tuple[str, ...]):
        super().__init__(name=name)
        self.equal = tuple(equal)

    def _exclusion(self) -> ExclusionConstraint:
        period = Func(
            F("effective_from"),
            F("effective_until"),
            Value("[)"),
            function="daterange",
            output_field=DateRangeField(),
        )
        return ExclusionConstraint(
            name=self.name,
            expressions=[
                # First what tells rows apart best: GiST splits its pages by the first column.
                *((_compared(field), RangeOperators.EQUAL) for field in self.equal),
                (period, RangeOperators.OVERLAPS),
            ],
            # NULLs never conflict; leaving them out spares the index, which is slow to fill.
            condition=Q(status="published", **{f"{field}__isnull": False for field in self.equal}),
        )

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion().constraint_sql(model, schema_editor)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion().create_sql(model, schema_editor)
        raise NotImplementedError("SQLite adds the triggers when it rebuilds the table.")

    def remove_sql(self, model, schema_editor):
        return self._exclusion().remove_sql(model, schema_editor)

    def _triggers(self, model, schema_editor) -> list[Statement]:
        quote = schema_editor.quote_name
        columns = [quote(model._meta.get_field(field).column) for field in self.equal]
        same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        known = " AND ".join(f"NEW.{column} IS NOT NULL" for column in columns)
        body = (  # column names come from the model, never from input
            f"WHEN NEW.status = 'published' AND {known} BEGIN SELECT RAISE(ABORT, '%(name)s') "
            f"WHERE EXISTS (SELECT 1 FROM %(table)s WHERE {same} AND status = 'published' "
            "AND id IS NOT NEW.id "
            "AND effective_from < COALESCE(NEW.effective_until, '9999-12-31') "
            "AND COALESCE(effective_until, '9999-12-31') > NEW.effective_from); END"
        )
        return [
            Statement(
                f"CREATE TRIGGER {quote(f'{self.name}_{when}')} BEFORE {event} ON %(table)s {body}",
                table=Table(model._meta.db_table, quote),
                name=self.name,
            )
            for when, event in (("insert", "INSERT"), ("update", "UPDATE"))
        ]

    def validate(self, model, instance, exclude=None, using="default"):
        if instance.status != "published" or instance.effective_from is None:
            return
        other = self.conflicting(model, instance, using)
        if other is not None:
            raise ValidationError(
                _("This overlaps with a published record: %(other)s (number %(number)s)."),
                code="overlap",
                params={"other": str(other), "number": other.pk},
            )

    def conflicting(self, model, instance, using="default", ignoring: tuple = ()):
        """The published record that `instance` would overlap, or None. Ignores primary keys."""
        same = {field: getattr(instance, field) for field in self.equal}
        if any(value is None for value in same.values()):
            return None
        others = (
            model._default_manager.using(using)
            .filter(**same, status="published")
            .exclude(pk__in=[pk for pk in (instance.pk, *ignoring) if pk])
            .exclude(effective_until__lte=instance.effective_from)
        )
        if instance.effective_until:
            others = others.filter(effective_from__lt=instance.effective_until)
        return others.order_by("effective_from").first()

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "equal": self.equal}

    def __eq__(self, other):
        if isinstance(other, NoOverlap):
            return self.name == other.name and self.equal == other.equal
        return NotImplemented

    __hash__ = BaseConstraint.__hash__
