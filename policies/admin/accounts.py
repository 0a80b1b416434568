"""Accounts. Permissions come from groups, so that who may do what is written in one place."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies import clock, roles, second_factor
from policies.account_log import Kind, record, record_change, rights_of
from policies.admin.second_factor import reset
from policies.lockout import address_of

#: What the admin never writes, so that there is nothing to grant but reading.
READ_ONLY = ("scoreperiod", "changeevent", "state", "county", "fipschange", "permission")
#: Permissions that Django makes and nothing here asks for.
UNUSED = ("change_submission", "delete_submission", "add_importchoice", "change_importchoice")

admin.site.unregister(Group)
admin.site.unregister(User)


class RecordsRights:
    """Mixed into the admin of accounts and of groups: what they may do, before and after."""

    event_kind: str

    def save_model(self, request, obj, form, change):
        form.rights_before = rights_of(obj) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record_change(
            self.event_kind if change else self.made_kind,
            before=form.rights_before,
            about=form.instance,
            by=request.user,
            at=clock.now(),
            ip=address_of(request),
        )


@admin.register(Group)
class StaffGroupAdmin(RecordsRights, GroupAdmin):
    event_kind = made_kind = Kind.GROUP_CHANGED

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

    def delete_model(self, request, obj):
        before = rights_of(obj)
        at, ip = clock.now(), address_of(request)
        after = dict.fromkeys(before)
        record(
            Kind.GROUP_CHANGED,
            **{"at": at, "ip": ip, "about": obj, "by": request.user},
            before=before,
            after=after,
        )
        super().delete_model(request, obj)


@admin.register(User)
class StaffUserAdmin(RecordsRights, UserAdmin):
    event_kind, made_kind = Kind.RIGHTS_CHANGED, Kind.ACCOUNT_MADE
    readonly_fields = ("second_factor",)
    filter_horizontal = ("groups",)
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password", "second_factor")}),
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

    @admin.display(description=_("second factor"))
    def second_factor(self, user):
        """Since when, with the way to reset it."""
        device = second_factor.device_of(user)
        if device is None:
            return _("not set up")
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("set up"),
            reverse("admin:auth_user_second_factor_reset", args=[user.pk]),
            gettext("Lost phone: reset it"),
        )

    def get_urls(self):
        own = path(
            "<path:object_id>/second-factor/reset/",
            self.admin_site.admin_view(self.reset_second_factor),
            name="auth_user_second_factor_reset",
        )
        return [own, *super().get_urls()]

    def reset_second_factor(self, request, object_id):
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        return reset(request, user)

    def log_change(self, request, obj, message):
        """Another's password, set on its own page, is written down besides."""
        if request.resolver_match.url_name == "auth_user_password_change":
            at, ip = clock.now(), address_of(request)
            record(Kind.PASSWORD_CHANGED, at=at, about=obj, by=request.user, ip=ip)
        return super().log_change(request, obj, message)
