"""The addresses of the portfolio's pages: one line each, in the order of the menu."""

from django.urls import include, path

from portfolio.views import (
    acts,
    catalogue,
    center,
    center_table,
    contributions,
    decisions,
    grid,
    history,
    home,
    overview,
    participant,
    plans,
    scenarios,
    staff,
    start,
    uptake,
    workbook,
)

app_name = "portfolio"

scenario_pages = [
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
    path("deelnemer/", participant.ForUs.as_view(), name="for_us"),
    path("deelnemer/<path:participant>/", participant.ParticipantPage.as_view(), name="participant"),
    path("berekenen/", plans.Compute.as_view(), name="compute"),
]

center_pages = [
    path("", home.Home.as_view(), name="home"),
    path("scenarios/", scenarios.Scenarios.as_view(), name="scenarios"),
    path("scenarios/nieuw/", scenarios.NewScenario.as_view(), name="new_scenario"),
    path("scenario/<str:scenario>/", include(scenario_pages)),
    path("centrum/", center.Overview.as_view(), name="center"),
    path("centrum/bevestigen/<path:participant>/", center.Confirm.as_view(), name="confirm_participant"),
    path("centrum/<str:table>/", center_table.CenterTable.as_view(), name="center_table"),
    path("centrum/<str:table>/ongedaan/", center_table.UndoTable.as_view(), name="undo_table"),
    path("personeel/", staff.Staff.as_view(), name="staff"),
    path("personeel/lijst/", staff.Persons.as_view(), name="persons"),
    path("personeel/inlezen/", staff.ImportStaff.as_view(), name="staff_import"),
    path("personeel/vooruitblik/", staff.PreviewStaff.as_view(), name="staff_preview"),
    path("personeel/toepassen/", staff.ApplyStaff.as_view(), name="staff_apply"),
    path("personeel/weggooien/", staff.CancelStaff.as_view(), name="staff_cancel"),
    path("catalogus/", catalogue.Catalogue.as_view(), name="catalogue"),
    path("catalogus/<str:code>/", catalogue.TemplatePage.as_view(), name="template_page"),
    path("werkmap/", workbook.Workbook.as_view(), name="workbook"),
    path("werkmap/inlezen/", workbook.ImportWorkbook.as_view(), name="workbook_import"),
    path("werkmap/vooruitblik/", workbook.PreviewWorkbook.as_view(), name="workbook_preview"),
    path("werkmap/toepassen/", workbook.ApplyWorkbook.as_view(), name="workbook_apply"),
    path("werkmap/weggooien/", workbook.CancelWorkbook.as_view(), name="workbook_cancel"),
    path("werkmap/sjabloon/<str:language>/", workbook.Template.as_view(), name="template"),
    path("werkmap/export/", workbook.Export.as_view(), name="export"),
    path("werkmap/export/<str:table>/", workbook.Export.as_view(), name="export_table"),
    path("werkmap/plan/<str:scenario>/<str:kind>/", workbook.PlanFile.as_view(), name="plan_file"),
    path("geschiedenis/", history.History.as_view(), name="history"),
]

urlpatterns = [
    path("", home.Index.as_view(), name="index"),
    path("start/", start.StartPage.as_view(), name="start"),
    path("start/<str:step>/", start.StartPage.as_view(), name="start_step"),
    path("c/<str:center>/", include(center_pages)),
]
