"""The code of a second factor."""

from django import forms
from django.utils.translation import gettext_lazy


class CodeForm(forms.Form):
    """A code of six digits, or a recovery code; spaces are how apps show it."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split()).lower()
