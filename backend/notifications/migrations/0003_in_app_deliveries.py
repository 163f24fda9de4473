from django.db import migrations


class Migration(migrations.Migration):
    """What rang before deliveries were written down was delivered in the app."""

    dependencies = [("notifications", "0002_deliveries")]

    operations = [
        migrations.RunSQL(
            """
            SET LOCAL statement_timeout = 0;
            INSERT INTO notifications_delivery
                (notification_id, channel, state, attempts, changed_at, created_at)
            SELECT id, 'in_app', 'sent', 1, created_at, created_at
            FROM notifications_notification
            ON CONFLICT (notification_id, channel) DO NOTHING;
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
