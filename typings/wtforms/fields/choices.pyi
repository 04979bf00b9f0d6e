from wtforms.fields import Choice as Choice
from wtforms.fields import RadioField as RadioField
from wtforms.fields import SelectChoice as SelectChoice
from wtforms.fields import SelectField as SelectField
from wtforms.fields import SelectFieldBase as SelectFieldBase
from wtforms.fields import SelectMultipleField as SelectMultipleField
