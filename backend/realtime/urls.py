from django.urls import path

from realtime.views import TicketView

urlpatterns = [path("realtime/ticket/", TicketView.as_view(), name="ticket")]
