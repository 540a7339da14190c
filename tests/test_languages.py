"""Which language a page is in."""

import pytest

from slackwater.cleaning import languages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The firm said on Monday that it would open a plant in the city by the end of the year.", "en"),
        ("Acme opens Ghent plant", "en"),
        ("公司周二表示，将在上海开设新工厂，并雇用二百人。", "zh"),
        ("同社は火曜日、上海に新しい工場を開設すると発表した。", "ja"),
        ("회사는 화요일 상하이에 새 공장을 연다고 밝혔다.", "ko"),
        ("Das Unternehmen teilte am Montag mit, dass es in der Stadt ein neues Werk eröffnen werde.", "de"),
        ("L'entreprise a annoncé lundi qu'elle ouvrirait une nouvelle usine dans la ville.", "fr"),
        ("La empresa anunció el lunes que abrirá una nueva fábrica en la ciudad.", "es"),
        ("Компания сообщила в понедельник, что откроет в городе новый завод.", "ru"),
        ("", "und"),
        ("12 / 2024 - 3 %", "und"),
    ],
)
def test_the_language_of_a_text(text, code):
    assert languages.detect(text) == code


def test_only_the_beginning_of_a_text_is_looked_at():
    english = "It was said that the plant in the city is to be closed by the end of the year. " * 40
    assert languages.detect(english + "公司" * 5000) == "en"
