"""What gunicorn serves."""

from campapp import create_app

app = create_app()
