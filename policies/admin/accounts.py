"""Accounts. Permissions come from groups, so that who may do what is written in one place."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.utils.translation import gettext_lazy as _

from policies import roles

#: What the admin never writes, so that there is nothing to grant but reading.
READ_ONLY = ("scoreperiod", "changeevent", "state", "county", "fipschange", "permission")
#: Permissions that Django makes and nothing here asks for.
UNUSED = ("change_submission", "delete_submission", "add_importchoice", "change_importchoice")

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
                .exclude(codename__in=UNUSED)
                .select_related("content_type")
                .order_by("content_type__app_label", "content_type__model", "codename")
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """The groups of `policies.roles` are what that table says, so they are only shown."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.name not in roles.ROLES)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.name not in roles.ROLES)


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

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser makes superusers."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request, obj=None):
        """Nor does anybody else change a superuser's account, or set its password."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def has_delete_permission(self, request, obj=None):
        """Who wrote and published stays on record; an account is made inactive instead."""
        return False
