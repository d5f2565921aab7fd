"""The addresses of the portfolio's pages: one line each, in the order of the menu."""

from django.urls import include, path

from portfolio.views import plans

app_name = "portfolio"

scenario_pages = [
    path("berekenen/", plans.Compute.as_view(), name="compute"),
]

center_pages = [
    path("scenario/<str:scenario>/", include(scenario_pages)),
]

urlpatterns = [
    path("c/<str:center>/", include(center_pages)),
]
