"""What was chosen for open questions of files: to be found, and forgotten, never edited."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import person
from policies.models import ImportChoice


@admin.register(ImportChoice)
class ImportChoiceAdmin(ReadOnlyAdmin):
    """Deleting one is forgetting it: the next file asks again. What was applied stays as it is."""

    list_display = ("key", "meaning", "scope", "kind", "whose_files", "chosen_at", "chosen_by")
    list_select_related = ("partner", "chosen_by")
    list_filter = ("scope", "kind", "partner")
    search_fields = ("key", "value", "partner__username")
    search_help_text = gettext_lazy("As the file has it, or what it means.")
    date_hierarchy = "chosen_at"
    fields = (*("scope", "key", "value", "kind", "whose_files"), ("chosen_at", "who_chose"))
    actions = ("forget",)
    who_chose = person("chosen_by", gettext_lazy("chosen by"))

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("policies.delete_importchoice")

    @admin.action(permissions=["delete"], description=gettext_lazy("Forget the marked choices"))
    def forget(self, request, queryset):
        for choice in queryset:
            self.log_deletions(request, [choice])
        count, _models = queryset.delete()
        self.message_user(request, _("Forgotten: %(count)d.") % {"count": count})

    @admin.display(description=gettext_lazy("meaning"), ordering="value")
    def meaning(self, choice):
        return choice.value or _("left out on purpose")

    @admin.display(description=gettext_lazy("files from"), ordering="partner")
    def whose_files(self, choice):
        return choice.partner or _("everybody")
