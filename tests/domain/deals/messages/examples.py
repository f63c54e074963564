"""The seed's example of a review, in the language it was given in and in English."""

from datetime import datetime

from domain.deals.messages.headline import DealHeadline
from domain.deals.priority import DealPriority
from domain.deals.review import Action, DealReview, Urgency
from domain.language import Language

REVIEWED_AT = datetime(2025, 10, 24, 21, 57)  # noqa: DTZ001 - as a clock on the wall shows it


def told(name: str, agent_name: str, currency: str) -> DealHeadline:
    return DealHeadline(
        name=name,
        amount_minor=45_000_000,
        currency=currency,
        chance=0.65,
        agent_name=agent_name,
        age_days=12,
        calls=3,
        call_minutes=45,
        touches=7,
        quiet_days=4,
        reviewed_at=REVIEWED_AT,
    )


RUSSIAN_FIGURES = told('Поставка оборудования ООО "Рога и Копыта"', "Иван Петров", "RUB")
RUSSIAN_REVIEW = DealReview(
    situation=(
        "Сделка находится на важном этапе принятия решения. "
        "Клиент заинтересован, но нет активности последние 4 дня - критично для крупной суммы."
    ),
    strengths=("Регулярные созвоны на ранних этапах", "Хорошо выявлены потребности", "Бюджет согласован"),
    concerns=("Нет контакта 4 дня - риск потери внимания", "Медленное движение по воронке", "Не назначена следующая встреча"),
    red_flags=('Сделка застряла на этапе "Переговоры" более 10 дней', "Нет запланированных активностей"),
    priority=DealPriority.HIGH,
    actions=(
        Action(
            what="Позвонить клиенту сегодня",
            why="4 дня без контакта при крупной сделке - высокий риск потери",
            how="Инициировать звонок с конкретной ценностью (новое предложение/кейс)",
            urgency=Urgency.URGENT,
        ),
        Action(
            what="Организовать демонстрацию оборудования",
            why="Клиент принимает решение - нужен эмоциональный триггер",
            how="Предложить 2-3 удобных слота на этой неделе",
            urgency=Urgency.THIS_WEEK,
        ),
        Action(
            what="Подготовить коммерческое предложение с бонусами",
            why="Для финального толчка к сделке",
            how="Добавить ограниченное по времени спецпредложение",
            urgency=Urgency.PLAN,
        ),
    ),
    phrases=(
        "Иван Петрович, подготовил для вас интересное предложение по оптимизации бюджета",
        "Хочу показать вам кейс похожей компании - результаты впечатляющие",
        "Готов организовать демо на вашей площадке в удобное время",
    ),
    plan=("Позвонить клиенту сегодня до 18:00", "Договориться о встрече/демонстрации", "Отправить кейс и обновленное КП"),
)
ENGLISH_FIGURES = told("Equipment for “Horns & Hooves”", "Ivan Petrov", "USD")
ENGLISH_REVIEW = DealReview(
    situation=("They are deciding, and they are interested. Nothing was done for four days, which is long for a sum like this."),
    strengths=("Regular calls early on", "Their needs are known", "The budget is agreed"),
    concerns=("No contact for 4 days: their attention goes elsewhere", "It moves slowly through the pipeline", "No next meeting is set"),
    red_flags=("In “Negotiation” for more than 10 days", "Nothing is planned"),
    priority=DealPriority.HIGH,
    actions=(
        Action(
            what="Call the client today",
            why="Four days without contact on a large deal",
            how="Begin with something of use to them: a new offer, or a case like theirs",
            urgency=Urgency.URGENT,
        ),
        Action(
            what="Arrange a demonstration",
            why="They are deciding, and seeing it helps",
            how="Offer two or three times this week",
            urgency=Urgency.THIS_WEEK,
        ),
        Action(what="Prepare an offer with an extra", why="It may be the last push", how="Let it end on a day", urgency=Urgency.PLAN),
    ),
    phrases=("I have worked out how this fits your budget.", "May I show you what a company like yours made of it?"),
    plan=("Call before six today", "Agree on the demonstration", "Send the case and the new offer"),
)
EXAMPLES = {Language.ENGLISH: (ENGLISH_REVIEW, ENGLISH_FIGURES), Language.RUSSIAN: (RUSSIAN_REVIEW, RUSSIAN_FIGURES)}
