from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="labeltally",
            index=models.Index(
                "user", Lower("label"), "id", name="tasks_label_tally_name"
            ),
        ),
    ]
