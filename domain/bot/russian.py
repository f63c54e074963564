"""The bot in Russian. What records say themselves, such as the title of a must-do, stays in the words they were written in."""

from types import MappingProxyType
from typing import Final

from domain.bot.words import BotWords, ChatWords, DayWords, DealWords, FieldWords, LogWords
from domain.deals.messages.russian import RUSSIAN as MESSAGES
from domain.deals.warnings import WarningRule
from domain.records import ActivityType, Outcome

_HELP: Final = (
    "/today – план на день и что уже сделано\n"
    "/deals – сделки, которым нужны вы\n"
    "/log звонок дозвонился 12 мин с Рога: о чём говорили – записать, что сделано\n"
    "/stop – отключить этот чат\n"
    "/help – этот список"
)

FIELD: Final = FieldWords(
    activities=MappingProxyType(
        {
            ActivityType.CALL: "Звонок",
            ActivityType.EMAIL: "Письмо",
            ActivityType.MESSAGE: "Сообщение",
            ActivityType.MEETING: "Встреча",
            ActivityType.APPOINTMENT: "Приём",
            ActivityType.SHOWING: "Показ",
            ActivityType.FOLLOW_UP: "Повторный контакт",
            ActivityType.TASK: "Задача",
            ActivityType.POST: "Публикация",
            ActivityType.NOTE: "Заметка",
        }
    ),
    outcomes=MappingProxyType(
        {
            Outcome.CONNECTED: "Дозвонился",
            Outcome.APPOINTMENT_SET: "Назначена встреча",
            Outcome.INTERESTED: "Интересно",
            Outcome.NOT_INTERESTED: "Не интересно",
            Outcome.CALL_BACK: "Перезвонить",
            Outcome.LEFT_MESSAGE: "Оставил сообщение",
            Outcome.NO_ANSWER: "Не отвечает",
            Outcome.BUSY: "Занято",
            Outcome.WRONG_NUMBER: "Не тот номер",
            Outcome.COMPLETED: "Сделано",
            Outcome.NO_SHOW: "Не пришли",
            Outcome.CANCELLED: "Отменено",
        }
    ),
    also=MappingProxyType(
        {
            "звонил": ActivityType.CALL,
            "позвонил": ActivityType.CALL,
            "позвонила": ActivityType.CALL,
            "почта": ActivityType.EMAIL,
            "повторно": ActivityType.FOLLOW_UP,
            "пост": ActivityType.POST,
            "дозвонилась": Outcome.CONNECTED,
            "поговорили": Outcome.CONNECTED,
            "нет ответа": Outcome.NO_ANSWER,
            "не ответил": Outcome.NO_ANSWER,
            "не ответила": Outcome.NO_ANSWER,
            "оставила сообщение": Outcome.LEFT_MESSAGE,
            "неинтересно": Outcome.NOT_INTERESTED,
            "готово": Outcome.COMPLETED,
            "не пришел": Outcome.NO_SHOW,
            "не пришла": Outcome.NO_SHOW,
        }
    ),
    warnings=MappingProxyType(
        {
            WarningRule.GHOSTED: "Не отвечают",
            WarningRule.NO_ACTIVITY: "Тишина",
            WarningRule.CLOSE_OVERDUE: "Срок закрытия прошёл",
            WarningRule.STALLED: "Долго на этапе",
            WarningRule.NO_NEXT_STEP: "Нет следующего шага",
            WarningRule.CLOSE_PUSHED: "Срок снова перенесён",
            WarningRule.RED_FLAG: "Тревожные слова",
            WarningRule.OVERDUE_TASKS: "Просроченные задачи",
            WarningRule.SINGLE_CONTACT: "Один контакт",
        }
    ),
    metrics=MappingProxyType(
        {
            "calls": "Звонки",
            "conversations": "Разговоры",
            "emails": "Письма",
            "messages": "Сообщения",
            "meetings": "Встречи",
            "appointments": "Приёмы",
            "appointments_set": "Назначенные встречи",
            "showings": "Показы",
            "follow_ups": "Повторные контакты",
            "tasks": "Задачи",
            "posts": "Публикации",
        }
    ),
    weekdays=("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье"),
    months=(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
    day="{weekday}, {number} {month}",
)

RUSSIAN: Final = BotWords(
    field=FIELD,
    chat=ChatWords(
        stranger="Здравствуйте! Чтобы говорить со мной, откройте в Pacesetter страницу Your account и нажмите «Connect Telegram».",
        connected="Теперь это ваш чат",
        connected_body="Здравствуйте, {name}. Сообщения будут приходить сюда, и меня можно спросить:\n\n{help}",
        bad_code="Этот код больше не действует. Нажмите «Connect Telegram» на странице Your account, чтобы получить новый.",
        full="У вас уже столько каналов, сколько может быть. Удалите один на странице Your account и подключитесь снова.",
        disconnected="Отключено. Сюда больше ничего не придёт; всё есть во входящих в Pacesetter.",
        switched_off="Этот чат выключен на странице Your account. Включите его там, и я снова отвечу.",
        sign_in_first="Сначала войдите в Pacesetter и выберите новый пароль. Потом я снова отвечу.",
        unknown="Я этого не понимаю",
        help_title="О чём меня можно спросить",
        help=_HELP,
        trouble="Не получилось, и вы тут ни при чём. Попробуйте ещё раз через минуту.",
    ),
    log=LogWords(
        logged="Записано: {what}",
        logged_body="В {time}. Отменить: {undo}.",
        minutes="{minutes} мин",
        usage_title="Что вы сделали?",
        usage=(
            "Например: /log звонок не отвечает или /log встреча 45 мин: договорились о цене.\n\n"
            "Что: {activities}\n\n"
            "Как прошло: {outcomes}\n\n"
            "Время (14:30), минуты, «с» и клиент, заметка после двоеточия – по желанию."
        ),
        unknown="Я не знаю слова «{word}»",
        meant="Может быть, «{word}»? Ничего не записано.",
        wrong="{activity} и «{outcome}» не подходят друг к другу",
        fitting="Подходит: {outcomes}. Ничего не записано.",
        no_client="У вас нет ни клиента, ни открытой сделки с названием «{name}»",
        no_client_body="С кем – пишется последним, перед двоеточием: /log звонок дозвонился с Рога: о цене. Ничего не записано.",
        several="С названием «{name}» есть несколько",
        several_body="Напишите название полнее: {names}. Ничего не записано.",
        refused="Ничего не записано: {reason}",
        to_come="это время сегодня ещё не наступило.",
        undone="Отменено: {what}",
        nothing_to_undo="Там нет вашей записи, или она слишком старая. Изменить её можно на странице Daily.",
    ),
    day=DayWords(
        done="Сделано {done} из {asked}",
        left="осталось около {minutes} мин",
        all_done="План на сегодня выполнен. Всё, что дальше, – сверх него.",
        day_off="Выходной: ничего не запланировано. Что сделаете, всё равно засчитается.",
        nothing="Сегодня ничего не горит.",
        minutes="{minutes} мин",
        came_in="Появилось с утра",
        so_far="Сегодня уже",
        of="{name} {value} из {target}",
        points="Очки: {points}",
        team="Ваши люди сегодня",
        no_plan="плана нет",
        no_team="Сегодня в ваших командах никого нет.",
        more="и ещё {count} в Pacesetter",
    ),
    deals=DealWords(
        title="Сделки, которым сегодня нужны вы",
        none_title="Сегодня ни одной сделке вы срочно не нужны",
        none="С важными сделками всё в порядке, и на сегодня по ним ничего не запланировано.",
        planned="на сегодня: {title}",
        quiet="дней без активности: {days}",
        more="и ещё {count} в Pacesetter",
        figures=MESSAGES,
    ),
)
