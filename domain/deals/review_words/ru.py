"""Reviews of deals in Russian."""

from datetime import date
from types import MappingProxyType
from typing import Final

from domain.conversations.words import Objection
from domain.deals.review_words.words import Deed, DeedWords, ReviewWords, Say
from domain.formatting import SYMBOLS
from domain.money import decimals, from_minor
from domain.records import EventKind

_SENTENCES: Final = MappingProxyType(
    {
        Say.IN_STAGE: "На этапе «{stage}» {stage_span}",
        Say.IN_STAGE_UNDATED: "На этапе «{stage}»",
        Say.IN_NO_STAGE: "Этап не указан",
        Say.CREATED: "создана {created_ago}",
        Say.WORTH: "сумма {amount}",
        Say.NOW_GHOSTED: "Клиент не отвечает: наших звонков и сообщений без ответа — {unanswered}, первое от {unanswered_day}.",
        Say.NOW_GIVEN_UP: "По сделке ничего не делалось {quiet_days}; пора решить, жива ли она.",
        Say.NOW_OVERDUE: "Она должна была закрыться {close_day}, {close_ago}, и всё ещё открыта.",
        Say.NOW_QUIET: "По сделке ничего не делалось {quiet_days}.",
        Say.NOW_STALLED: "Она не движется: четыре из пяти выигранных сделок прошли этот этап не дольше чем за {usual_late}.",
        Say.NOW_STALLED_UNUSUALLY: "Дальше она не движется.",
        Say.NOW_UNPLANNED: "Работа идёт, но дальше ничего не запланировано.",
        Say.NOW_WATCHED: "Сделка движется, но кое на что стоит обратить внимание.",
        Say.NOW_MOVING: "Сделка движется; дальше по плану {next_kind}, {next_day}.",
        Say.NOW_FINE: "Поводов для беспокойства нет.",
        Say.GOOD_ANSWERED: "Клиент на связи: последний раз {answered_ago}.",
        Say.GOOD_PLANNED: "Следующий шаг стоит в календаре: {next_kind}, {next_day}.",
        Say.GOOD_MEETINGS: "Вы уже встречались; встреч: {meetings}.",
        Say.GOOD_INCOMING: "Клиент сам выходит на связь; входящих звонков и сообщений: {incoming}.",
        Say.GOOD_CALLS: "Разговор идёт: звонков {calls}, из них с известной длительностью — {call_minutes} мин.",
        Say.GOOD_TASKS: "Обещания выполняются: сделано {tasks_done} из {tasks_due} задач, срок которых наступил.",
        Say.GOOD_PACE: "Темп хороший: половина выигранных сделок провела на этом этапе {usual_median} или дольше.",
        Say.GOOD_CONTACTS: "Сделка не держится на одном человеке; известно людей на той стороне: {contacts}.",
        Say.GOOD_WAY: "Пройден большой путь; этапов: {stages}.",
        Say.CONCERN_PUSHED: "Дата закрытия отодвигается; переносов: {pushes}.",
        Say.CONCERN_NOTE: "В заметке от {note_day} есть слова, к которым стоит вернуться.",
        Say.CONCERN_OBJECTIONS: "В заметках есть возражения, а следующего шага по ним нет; в скольких заметках: {objections}.",
        Say.CONCERN_TASKS: "Просроченных задач: {overdue}, самая старая от {overdue_day}.",
        Say.CONCERN_CONTACTS: "Сделка крупная, а людей на той стороне известно мало: {contacts}.",
        Say.CONCERN_UNTOUCHED: "С клиентом ещё никто не говорил и не переписывался.",
        Say.CONCERN_PAUSE: "Контакта не было {quiet_days}; интерес может остыть.",
        Say.CONCERN_SLOW: "Медленнее обычного: половина выигранных сделок прошла этот этап не дольше чем за {usual_median}.",
        Say.CONCERN_ONE_SIDED: "Общение одностороннее: исходящих звонков и сообщений {outgoing}, входящих нет.",
        Say.CONCERN_CLOSES_SOON: "Закрытие {close_in}, {close_day}; на оставшееся мало времени.",
        Say.CONCERN_NO_AMOUNT: "Сумма сделки неизвестна.",
        Say.CONCERN_NO_CLOSE: "Дата закрытия не назначена.",
        Say.FLAG_GHOSTED: "Нет ответа с {unanswered_day}; звонков и сообщений без ответа: {unanswered}.",
        Say.FLAG_QUIET: "Нет активности {quiet_days}.",
        Say.FLAG_OVERDUE: "Дата закрытия, {close_day}, прошла {close_ago}.",
        Say.FLAG_STALLED: "Застряла на этапе «{stage}» {stage_span}; четыре из пяти выигранных прошли его не дольше чем за {usual_late}.",
        Say.FLAG_STALLED_UNUSUALLY: "Застряла на этапе «{stage}» {stage_span}.",
        Say.FLAG_UNPLANNED: "Ничего не запланировано: впереди нет ни звонка, ни встречи, ни задачи.",
        Say.AT_STAKE: "{why} На кону {amount}.",
        Say.CHANCE: "{why} Вероятность продажи за {chance_within} — около {chance}.",
        Say.PLAN_TODAY: "Сегодня: {step}",
        Say.PLAN_NEXT: "На следующий рабочий день: {step}",
        Say.PLAN_AFTER: "Ещё через день: {step}",
        Say.PLAN_WRITE_DOWN: "Записать, о чём договорились, и запланировать следующий шаг",
        Say.PLAN_LOOK_AGAIN: "Посмотреть, что получилось, и перевести сделку на верный этап",
    }
)
_DEEDS: Final = MappingProxyType(
    {
        Deed.REACH: DeedWords(
            what="Связаться с клиентом другим способом",
            why="Звонков и сообщений без ответа: {unanswered}, первое — {unanswered_ago}.",
            how="Позвонить в другое время дня или написать две строки с одним простым вопросом; если есть второй контакт, спросить у него.",
            phrases=(
                "Давно не могу с вами связаться. Вопрос ещё актуален или мне вернуться позже?",
                "Один короткий вопрос, достаточно «да» или «нет»: предложение вам ещё подходит?",
            ),
        ),
        Deed.FIRST_TALK: DeedWords(
            what="Впервые поговорить с клиентом",
            why="По сделке ещё ничего не делалось; она создана {created_ago}.",
            how="Позвонить, спросить, что клиент хочет изменить и к какому сроку, и назначить день следующего разговора.",
            phrases=("Спасибо за интерес. Что для вас должно измениться в результате?",),
        ),
        Deed.CALL: DeedWords(
            what="Позвонить клиенту",
            why="Нет активности {quiet_days}.",
            how="Начать с полезного для клиента: ответа, которого он ждал, или результата похожей компании; закончить назначенным днём.",
            phrases=(
                "Подготовил для вас то, что может упростить решение. Есть несколько минут?",
                "Что изменилось у вас с нашего последнего разговора?",
            ),
        ),
        Deed.CLOSE_DAY: DeedWords(
            what="Договориться о новой дате закрытия",
            why="Сделка должна была закрыться {close_day}, {close_ago}.",
            how="Спросить, чего ещё не хватает, поставить дату, которую назовёт клиент, или закрыть сделку как проигранную.",
            phrases=("Мы ориентировались на {close_day}. Чего ещё не хватает и какая дата теперь реальна?",),
        ),
        Deed.FINISH: DeedWords(
            what="Закрыть оставшиеся вопросы до даты закрытия",
            why="Закрытие {close_in}, {close_day}.",
            how="Пройти открытые вопросы с тем, кто подписывает: документы, оплата, начало; записать, кто что делает и когда.",
            phrases=("Чтобы успеть к {close_day}: что для вас ещё открыто и кто ещё должен согласовать?",),
        ),
        Deed.NEXT_STEP: DeedWords(
            what="Поставить следующий шаг в календарь",
            why="Впереди нет ни звонка, ни встречи, ни задачи.",
            how="Предложить клиенту на выбор два времени и записать то, которое он выберет.",
            phrases=("Давайте сразу договоримся, когда созвонимся. Могу предложить на выбор два времени.",),
        ),
        Deed.TASKS: DeedWords(
            what="Сделать самую старую задачу, остальные перенести или отменить",
            why="Просроченных задач: {overdue}, самая старая от {overdue_day}.",
            how="Если клиент этого ждёт, назвать срок раньше, чем он спросит.",
            phrases=("Я вам кое-что обещал — сегодня это будет у вас.",),
        ),
        Deed.READ_NOTE: DeedWords(
            what="Перечитать заметку и открыто спросить о ней",
            why="В заметке от {note_day} есть слова, к которым стоит вернуться.",
            how="Сказать, что вы услышали, спросить, так ли это до сих пор, и выслушать, прежде чем предлагать.",
            phrases=("В прошлый раз у вас было сомнение. Оно осталось? Что должно быть, чтобы оно ушло?",),
        ),
        Deed.UNSTICK: DeedWords(
            what="Выяснить, что держит сделку на этапе",
            why="Она на этапе «{stage}» {stage_span}.",
            how="Спросить, что должно произойти, прежде чем идти дальше, и кто это решает; предложить взять часть работы на себя.",
            phrases=("Что должно произойти у вас, чтобы мы сделали следующий шаг, и кто это решает?",),
        ),
        Deed.HOLD_DAY: DeedWords(
            what="Спросить, что удержит дату закрытия",
            why="Переносов даты: {pushes}.",
            how="Вместе пройти от даты назад: что, к какому сроку и кто должен сделать; записать и отправить клиенту.",
            phrases=("Давайте вместе пройдём от даты назад: что должно быть готово до неё?",),
        ),
        Deed.DECIDE: DeedWords(
            what="Решить, жива ли ещё сделка",
            why="Нет активности {quiet_days}.",
            how="Отправить последнее дружелюбное сообщение со сроком; без ответа закрыть как проигранную, с причиной.",
            phrases=("Хочу пока закрыть этот вопрос, если он для вас уже не актуален. Вы не против?",),
        ),
        Deed.PREPARE: DeedWords(
            what="Подготовиться: {next_kind}, {next_day}",
            why="Это следующий шаг.",
            how="Записать одно, на что клиент должен согласиться, и что вы для этого принесёте.",
            phrases=("До встречи {next_day}. Что нам обязательно обсудить?",),
        ),
        Deed.SECOND_CONTACT: DeedWords(
            what="Познакомиться со вторым человеком на той стороне",
            why="Известно людей на той стороне: {contacts}.",
            how="Спросить, кто ещё будет этим пользоваться или за это платить, и попросить познакомить.",
            phrases=("Кто ещё будет с этим работать? С удовольствием отвечу и на их вопросы.",),
        ),
        Deed.MEET: DeedWords(
            what="Предложить встречу или демонстрацию",
            why="Касаний: {touches}, встреч среди них нет.",
            how="Предложить её на этой или следующей неделе и сказать, что клиент увидит или решит к её концу.",
            phrases=("Давайте я вам покажу — это расскажет больше, чем ещё одно письмо.",),
        ),
        Deed.ASK_AMOUNT: DeedWords(
            what="Узнать сумму сделки",
            why="Сумма неизвестна.",
            how="Спросить, на какие рамки рассчитывает клиент, и внести их в сделку.",
            phrases=("Чтобы предложить вам подходящее: на какой бюджет вы рассчитываете?",),
        ),
        Deed.ASK_DAY: DeedWords(
            what="Договориться о сроке решения",
            why="Дата закрытия не назначена.",
            how="Спросить, к какому сроку это нужно, и вместе отсчитать назад.",
            phrases=("К какому сроку вам это нужно? Тогда отсчитаем назад, с чего начать.",),
        ),
    }
)
_KINDS: Final = MappingProxyType(
    {
        EventKind.CALL: "звонок",
        EventKind.APPOINTMENT: "назначенная встреча",
        EventKind.SHOWING: "показ",
        EventKind.MEETING: "встреча",
        EventKind.TRAINING: "обучение",
        EventKind.BLOCKED: "задача",
    }
)
_MONTHS: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_SYMBOLS: Final = SYMBOLS | {"RUB": "₽"}
_NO_BREAK: Final = "\u00a0"
_TEENS: Final = range(11, 15)
_FEW: Final = range(2, 5)


def _number(value: float) -> str:
    return _grouped(f"{round(value, 1):,.1f}".removesuffix(".0"))


def _days(count: float) -> str:
    return f"{_number(count)} {_day_word(round(count, 1))}"


def _day_word(count: float) -> str:
    """The word for so many days: день, дня, дней; a fraction takes the second."""
    if count != int(count):
        return "дня"
    last, is_teen = int(count) % 10, int(count) % 100 in _TEENS
    if last == 1 and not is_teen:
        return "день"
    return "дня" if last in _FEW and not is_teen else "дней"


def _span(days: int) -> str:
    return f"уже {_days(days)}" if days else "с сегодняшнего дня"


def _ago(days: int) -> str:
    return f"{_days(days)} назад" if days else "сегодня"


def _ahead(days: int) -> str:
    return f"через {_days(days)}" if days else "сегодня"


def _day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def _money(minor: int, currency: str) -> str:
    amount = from_minor(minor, currency)
    places = 0 if amount == amount.to_integral_value() else decimals(currency)
    return f"{_grouped(f'{amount:,.{places}f}')}{_NO_BREAK}{_SYMBOLS.get(currency, currency)}"


def _grouped(written: str) -> str:
    """Thousands parted by a space that does not break, decimals by a comma."""
    return written.replace(",", _NO_BREAK).replace(".", ",")


_OBJECTIONS: Final = MappingProxyType(
    {
        Objection.PRICE: "цена",
        Objection.TIMING: "сроки",
        Objection.COMPETITOR: "конкурент",
        Objection.TRUST: "доверие",
        Objection.AUTHORITY: "кто решает",
        Objection.NEED: "потребность",
    }
)

RUSSIAN: Final = ReviewWords(
    name="Русский",
    sentences=_SENTENCES,
    deeds=_DEEDS,
    kinds=_KINDS,
    objections=_OBJECTIONS,
    number=_number,
    days=_days,
    span=_span,
    ago=_ago,
    ahead=_ahead,
    day=_day,
    money=_money,
)
