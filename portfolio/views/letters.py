"""Letters: their texts, and the letters made for one person, to read, to print and as a document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.looks import note_look
from portfolio.actions.register import Refused, make_letter
from portfolio.forms.register import template_forms
from portfolio.frames.register import letter_of, letter_templates, person_of
from portfolio.models.letters import PLACES, LetterKind
from portfolio.models.placement import Letter, Look
from portfolio.reports.letters import file_name, letter_document
from portfolio.views.register import Register, RegisterPerson

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class LetterTexts(Register):
    """The text of each kind of letter."""

    capability = "edit_staff"
    template_name = "portfolio/placement/letter_texts.html"
    title = gettext_lazy("Letters")
    lead = gettext_lazy("The text of each letter; what stands between braces is filled in per person")

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.texts()

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        forms = template_forms(request.POST, letter_templates(self.center), self.center)
        form = forms.get(request.POST.get("kind"))
        if form is None:
            raise Http404
        if not form.is_valid():
            return self.texts(request.POST, status=422)
        form.save()
        messages.success(request, _("The text is saved. Letters that were made stay as they are."))
        return redirect(self.url("letter_texts", scenario=self.scenario.code))

    def texts(self, data: object = None, status: int = 200) -> HttpResponse:
        standing = letter_templates(self.center)
        forms = template_forms(data, standing, self.center)
        return self.show(
            status,
            forms=[(kind, kind.label, kind in standing, form) for kind, form in forms.items()],
            places=[(_words(words), told) for words, told in PLACES.values()],
        )


class MakeLetter(RegisterPerson):
    """Make the letter of a provisional placement."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            letter = make_letter(
                scenario=self.scenario,
                person=person_of(self.center, self.entry.pk),
                kind=LetterKind.PROVISIONAL,
                values=self.letter_values(),
                user=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(self.url("register_person", scenario=self.scenario.code, person=self.entry.pk))
        return redirect(self.url("letter", scenario=self.scenario.code, letter=letter.pk))


class LetterPage(Register):
    """One letter as it was made."""

    template_name = "portfolio/placement/letter.html"
    lead = ""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        letter = self.noted()
        return self.show(title=letter.subject, letter=letter)

    def noted(self) -> Letter:
        """The letter; that it was looked at is written down."""
        letter = letter_of(self.scenario, self.kwargs["letter"])
        if letter is None:
            raise Http404
        note_look(
            center=self.center,
            what=Look.LETTER,
            persons=1,
            number=letter.staff_member.number,
            user=self.request.user,
            at=timezone.now(),
        )
        return letter


class LetterDocument(LetterPage):
    """The letter for a word processor."""

    capability = "export_staff"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        letter = self.noted()
        response = HttpResponse(letter_document(letter.subject, letter.body), content_type=DOCX)
        response["Content-Disposition"] = f'attachment; filename="{file_name(letter.pk)}"'
        return response


def _words(words: tuple[str, str]) -> str:
    return _("{%(dutch)s} or {%(english)s}") % {"dutch": words[0], "english": words[1]}
