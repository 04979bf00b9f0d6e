"""A question on the call is answered for everybody."""

from __future__ import annotations

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import say
from campapp.programmes.actions.faq import write_faq
from campapp.programmes.models import Faq, Programme
from campapp.threads.actions.post import say_publicly
from campapp.threads.models import Thread
from campapp.threads.rules import answers_in_public


@action("question_answered_in_public", rule=answers_in_public)
def answer_in_public(
    act: Act, thread: Thread, *, question_zh: str = "", question_en: str = "", answer_zh: str = "",
    answer_en: str = "",
) -> Faq:  # fmt: skip
    """The staff's own words of the question and the answer stand on the public page; who asked is told in the thread.

    What is public is a row of its own that knows neither the thread nor who asked.
    """
    programme = db.session.get_one(Programme, thread.programme_id)
    faq = write_faq(programme, question_zh=question_zh, question_en=question_en, answer_zh=answer_zh,
                    answer_en=answer_en)  # fmt: skip
    db.session.flush()
    say_publicly(act, thread, say(faq, "answer"), faq.id)
    return faq
