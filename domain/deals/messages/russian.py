"""Messages about deals in Russian."""

from types import MappingProxyType
from typing import Final

from domain.deals.messages.template import Template
from domain.deals.review import Urgency

RUSSIAN: Final = Template(
    title="АНАЛИЗ СДЕЛКИ",
    deal="Сделка: {name}",
    budget="Бюджет: {amount}",
    chance="Вероятность закрытия: {chance}",
    percent="{number}%",
    most="больше 99%",
    least="меньше 1%",
    agent="Менеджер: {name}",
    age="В работе: {days} дн.",
    calls="Звонков: {calls}",
    calls_timed="Звонков: {calls} ({minutes} мин)",
    touches="Касаний: {touches}",
    quiet="Дней без активности: {days}",
    assessment="ОЦЕНКА:",
    strengths="ЧТО ХОРОШО:",
    concerns="ЧТО ВЫЗЫВАЕТ БЕСПОКОЙСТВО:",
    critical="КРИТИЧНО:",
    actions="РЕКОМЕНДАЦИИ:",
    urgencies=MappingProxyType({Urgency.URGENT: "СРОЧНО", Urgency.THIS_WEEK: "НА ЭТОЙ НЕДЕЛЕ", Urgency.PLAN: "ЗАПЛАНИРОВАТЬ"}),
    why="Почему: {why}",
    how="Как: {how}",
    phrases="ЧТО СКАЗАТЬ КЛИЕНТУ:",
    phrase='"{phrase}"',
    plan="ПЛАН ДЕЙСТВИЙ (2-3 дня):",
    reviewed="Анализ от {at}",
    moment="%d.%m.%Y %H:%M",
    signs=MappingProxyType({"RUB": "₽"}),
    summary_title="Проанализировано сделок: {count}",
    summary_empty="Открытых сделок нет.",
    summary_chance="вероятность {chance}",
    summary_no_chance="вероятность не названа",
    summary_age="{days} дн. в работе",
    summary_quiet="{days} дн. без активности",
    summary_more="и ещё {count}",
    summary_unchanged="По остальным открытым сделкам ({count}) нового нет.",
    stale_title="Без активности {days} дн. и дольше: {count}",
    alert_title="Нужно действовать: {name}",
)
