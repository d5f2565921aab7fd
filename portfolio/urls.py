"""The addresses of the portfolio's pages: one line each, in the order of the menu."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from portfolio.views import (
    acts,
    bill,
    catalogue,
    center,
    center_table,
    competences,
    contributions,
    deciding,
    decisions,
    entry,
    entry_stages,
    functions,
    grid,
    history,
    home,
    joining,
    leaving,
    letters,
    options,
    overview,
    participant,
    placement,
    plans,
    reflection,
    register,
    scale,
    scenarios,
    second_factor,
    sharing,
    staff,
    staff_flow,
    start,
    uptake,
    workbook,
)

app_name = "portfolio"


class Code(StringConverter):
    """A code as one segment of an address, whatever it is made of: ``A/B`` stands there as ``A~2FB``."""

    marks = {"~": "~7E", "/": "~2F"}

    def to_url(self, value: str) -> str:
        dots = value in (".", "..")  # browsers would walk up
        return "".join("~2E" if dots else self.marks.get(character, character) for character in value)

    def to_python(self, value: str) -> str:
        for character, mark in ((".", "~2E"), ("/", "~2F"), ("~", "~7E")):
            value = value.replace(mark, character)
        return value


class Key(IntConverter):
    """The key of a row, no larger than a database can look for."""

    regex = "[0-9]{1,18}"


register_converter(Key, "key")
register_converter(Code, "code")

scenario_pages: list[URLPattern | URLResolver] = [
    path("overzicht/", overview.Overview.as_view(), name="overview"),
    path("besluiten/", decisions.Decisions.as_view(), name="decisions"),
    path("besluiten/besluit/", decisions.Decide.as_view(), name="decide"),
    path("besluiten/overnemen/", decisions.TakeOver.as_view(), name="take_over"),
    path("besluiten/deelname/", uptake.UptakePage.as_view(), name="uptake"),
    path("besluiten/deelname/bewaren/", uptake.SaveUptake.as_view(), name="save_uptake"),
    path("fte/", grid.Grid.as_view(), name="grid"),
    path("fte/bewaren/", grid.SaveGrid.as_view(), name="save_grid"),
    path("fte/vooruitblik/", grid.PreviewGrid.as_view(), name="preview_grid"),
    path("fte/bestand/<str:kind>/", grid.GridFile.as_view(), name="grid_file"),
    path("ongedaan/", acts.Undo.as_view(), name="undo"),
    path("eigenschappen/", scenarios.EditScenario.as_view(), name="edit_scenario"),
    path("verwijderen/", scenarios.DeleteScenario.as_view(), name="delete_scenario"),
    path("bijdragen/", contributions.Contributions.as_view(), name="contributions"),
    path("bijdragen/<str:kind>/", contributions.ContributionsFile.as_view(), name="contributions_file"),
    path("verdeling/", sharing.Sharing.as_view(), name="sharing"),
    path("verdeling/sleutel/", sharing.PickKey.as_view(), name="pick_key"),
    path("verdeling/bewaren/", sharing.KeepDivision.as_view(), name="keep_division"),
    path("verdeling/ongedaan/", sharing.UndoSharing.as_view(), name="undo_sharing"),
    path("rekening/", bill.BillOf.as_view(), name="bill_of"),
    path("rekening/<path:participant>/", bill.BillPage.as_view(), name="bill"),
    path("rekening-bestand/<path:participant>/", bill.BillFile.as_view(), name="bill_file"),
    path("rekeningen/", bill.BillsFile.as_view(), name="bills_file"),
    path("deelnemer/", participant.ForUs.as_view(), name="for_us"),
    path("deelnemer/<path:participant>/", participant.ParticipantPage.as_view(), name="participant"),
    path("uittreden/", leaving.Leaving.as_view(), name="leaving"),
    path("toetreden/", joining.Joining.as_view(), name="joining"),
    path("toetreden/deelnemer/", joining.MakeParticipant.as_view(), name="make_participant"),
    path("toetreden/ongedaan/", joining.UndoParticipant.as_view(), name="undo_participant"),
    path("schaal/", scale.Scale.as_view(), name="scale"),
    path("alternatieven/", options.Options.as_view(), name="options"),
    path("alternatieven/<path:participant>/invoeren/", options.EditOptions.as_view(), name="edit_options"),
    path("alternatieven/<path:participant>/ongedaan/", options.UndoOptions.as_view(), name="undo_options"),
    path("alternatieven/<path:participant>/", options.OptionsPage.as_view(), name="participant_options"),
    path("plaatsing/", placement.Placement.as_view(), name="placement"),
    path("plaatsing/bord/", placement.PlacementBoard.as_view(), name="placement_board"),
    path("plaatsing/vastzetten/", placement.Lock.as_view(), name="lock_person"),
    path("plaatsing/verloop/", staff_flow.StaffFlow.as_view(), name="staff_flow"),
    path("plaatsing/verloop/overnemen/", staff_flow.TakeOverCosts.as_view(), name="take_over_costs"),
    path("plaatsing/register/", register.Register.as_view(), name="register"),
    path("plaatsing/register/overnemen/", register.Propose.as_view(), name="propose"),
    path("plaatsing/register/stap/", register.TakeStep.as_view(), name="take_step"),
    path("plaatsing/register/<key:person>/", register.RegisterPerson.as_view(), name="register_person"),
    path("plaatsing/register/<key:person>/besluit/", register.Decide.as_view(), name="decide_person"),
    path("plaatsing/register/<key:person>/brief/", letters.MakeLetter.as_view(), name="make_letter"),
    path("plaatsing/besluiten/", deciding.Deciding.as_view(), name="deciding"),
    path("plaatsing/brieven/", letters.LetterTexts.as_view(), name="letter_texts"),
    path("plaatsing/brieven/<key:letter>/", letters.LetterPage.as_view(), name="letter"),
    path(
        "plaatsing/brieven/<key:letter>/document/", letters.LetterDocument.as_view(), name="letter_document"
    ),
    path("afspiegeling/keuze/", reflection.ChooseInTie.as_view(), name="choose_in_tie"),
    path("afspiegeling/", reflection.ReflectionPage.as_view(), name="reflection"),
    path("berekenen/", plans.Compute.as_view(), name="compute"),
]

center_pages: list[URLPattern | URLResolver] = [
    path("", home.Home.as_view(), name="home"),
    path("scenarios/", scenarios.Scenarios.as_view(), name="scenarios"),
    path("scenarios/nieuw/", scenarios.NewScenario.as_view(), name="new_scenario"),
    path("scenario/<code:scenario>/", include(scenario_pages)),
    path("centrum/", center.Overview.as_view(), name="center"),
    path("centrum/bevestigen/<path:participant>/", center.Confirm.as_view(), name="confirm_participant"),
    path("centrum/<str:table>/", center_table.CenterTable.as_view(), name="center_table"),
    path("centrum/<str:table>/ongedaan/", center_table.UndoTable.as_view(), name="undo_table"),
    path("invoer/", entry.Entry.as_view(), name="entry"),
    path("invoer/begroting/", entry_stages.BudgetStage.as_view(), name="entry_budget"),
    path("invoer/begroting/vooruitblik/", entry_stages.PreviewBudget.as_view(), name="preview_entry_budget"),
    path("invoer/contracten/", entry_stages.HoldingsStage.as_view(), name="entry_holdings"),
    path("invoer/eigen-inzet/", entry_stages.EffortStage.as_view(), name="entry_effort"),
    path("invoer/volumes/", entry_stages.VolumesStage.as_view(), name="entry_volumes"),
    path("invoer/ongedaan/", entry.UndoEntry.as_view(), name="undo_entry"),
    path("personeel/", staff.Staff.as_view(), name="staff"),
    path("personeel/lijst/", staff.Persons.as_view(), name="persons"),
    path("personeel/werkmap/", staff.ExportStaff.as_view(), name="staff_export"),
    path("personeel/inlezen/", staff.ImportStaff.as_view(), name="staff_import"),
    path("personeel/vooruitblik/", staff.PreviewStaff.as_view(), name="staff_preview"),
    path("personeel/toepassen/", staff.ApplyStaff.as_view(), name="staff_apply"),
    path("personeel/weggooien/", staff.CancelStaff.as_view(), name="staff_cancel"),
    path("functies/", functions.FunctionsPage.as_view(), name="functions"),
    path("functies/nieuw/", functions.CompareFunctions.as_view(), name="compare_functions"),
    path("functies/ongedaan/", functions.UndoComparison.as_view(), name="undo_comparison"),
    path("functies/<key:change>/", functions.ChangeComparison.as_view(), name="change_comparison"),
    path("functies/<key:change>/weg/", functions.RemoveComparison.as_view(), name="remove_comparison"),
    path("competenties/", competences.Competences.as_view(), name="competences"),
    path("catalogus/", catalogue.Catalogue.as_view(), name="catalogue"),
    path("catalogus/<code:code>/", catalogue.TemplatePage.as_view(), name="template_page"),
    path("werkmap/", workbook.Workbook.as_view(), name="workbook"),
    path("werkmap/inlezen/", workbook.ImportWorkbook.as_view(), name="workbook_import"),
    path("werkmap/vooruitblik/", workbook.PreviewWorkbook.as_view(), name="workbook_preview"),
    path("werkmap/toepassen/", workbook.ApplyWorkbook.as_view(), name="workbook_apply"),
    path("werkmap/weggooien/", workbook.CancelWorkbook.as_view(), name="workbook_cancel"),
    path("werkmap/sjabloon/<str:language>/", workbook.Template.as_view(), name="template"),
    path("werkmap/export/", workbook.Export.as_view(), name="export"),
    path("werkmap/export/<str:table>/", workbook.Export.as_view(), name="export_table"),
    path("werkmap/plan/<code:scenario>/<str:kind>/", workbook.PlanFile.as_view(), name="plan_file"),
    path("uittredingsregels/", leaving.ExitTermsPage.as_view(), name="exit_terms"),
    path("uittredingsregels-ongedaan/", leaving.UndoExit.as_view(), name="undo_exit"),
    path("uittredingsregels/<path:participant>/", leaving.ExitDamagePage.as_view(), name="exit_damage"),
    path("geschiedenis/", history.History.as_view(), name="history"),
]

urlpatterns = [
    path("", home.Index.as_view(), name="index"),
    path("tweede-factor/", second_factor.SecondFactor.as_view(), name="second_factor"),
    path("tweede-factor/instellen/", second_factor.SetUp.as_view(), name="second_factor_setup"),
    path("start/", start.StartPage.as_view(), name="start"),
    path("start/<str:step>/", start.StartPage.as_view(), name="start_step"),
    path("c/<str:center>/", include(center_pages)),
]
