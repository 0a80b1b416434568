"""Accounts. Permissions come from groups, so that who may do what is written in one place."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.utils.translation import gettext_lazy as _

#: What the admin never writes, so that there is nothing to grant but reading.
READ_ONLY = (
    *("scoreperiod", "changeevent", "submission", "state", "county", "fipschange", "permission"),
)

admin.site.unregister(Group)
admin.site.unregister(User)


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin):
    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """Only permissions that something here asks for."""
        if db_field.name == "permissions":
            kwargs["queryset"] = (
                Permission.objects.filter(content_type__app_label__in=["policies", "counties"])
                .exclude(content_type__model__in=READ_ONLY, codename__regex="^(add|delete)_")
                .exclude(
                    content_type__model__in=set(READ_ONLY) - {"state", "county"},
                    codename__startswith="change_",
                )
                .select_related("content_type")
                .order_by("content_type__app_label", "content_type__model", "codename")
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class StaffUserAdmin(UserAdmin):
    filter_horizontal = ("groups",)
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )

    def has_delete_permission(self, request, obj=None):
        """Who wrote and published stays on record; an account is made inactive instead."""
        return False
