"""What objections, steps and days sound like in English."""

import re
from types import MappingProxyType
from typing import Final

from domain.conversations.words import Listening, Objection, any_of

_DO: Final = (
    "(?:call|phone|ring|send|email|e-mail|mail|write|meet|visit|show|prepare|bring|sign|talk|speak|discuss|book|schedule|arrange|present|"
    "check|come back|get back|follow up|draft|share|confirm)"
)
_MONTHS: Final = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_WEEKDAYS: Final = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_PEOPLE: Final = "(?:boss|manager|director|husband|wife|partner|team|board|management|ceo|cfo|family|lawyer|owner)"
_OTHERS: Final = "(?:vendor|supplier|provider|agent|agency|company|offer|quote|broker)s?"

ENGLISH: Final = Listening(
    objections=MappingProxyType(
        {
            Objection.PRICE: any_of(
                "(?:too |so |very |quite |rather )?(?:expensive|costly|pricey)",
                "too much money",
                "costs? (?:too|so) much",
                r"price (?:is |was |seems |looks )?(?:a bit |a little |much )?(?:too |very |so |quite )?high",
                "price is (?:a|the) (?:problem|issue|concern)",
                "over (?:our|my|the|their|his|her) budget",
                "out of (?:our|my|the|their) budget",
                "no (?:budget|money)",
                "(?:don't|do not|doesn't|does not) have (?:the |any |enough )?(?:budget|money)",
                "(?:can't|cannot|can not|couldn't) afford",
                "(?:want|wants|wanted|need|needs|asked for|asks for) (?:a |another |a bigger )?discount",
            ),
            Objection.TIMING: any_of(
                "not (?:right )?now",
                "not (?:a|the) (?:right|good|best) (?:time|moment)",
                "(?:bad|wrong) (?:time|moment)",
                "too (?:early|soon|busy)",
                "no time",
                "(?:don't|do not|doesn't|does not) have (?:the |any |enough )?time",
                "(?:not ready|not yet ready|isn't ready|aren't ready|not in a hurry|no hurry)",
                "needs? (?:more |some )?time",
                "think about it|think it over",
                "postpone|postponed|postponing|on hold|put (?:it )?off",
                "(?:call|contact|talk to|ask) (?:me|us) (?:again )?(?:later|next (?:quarter|year))",
            ),
            Objection.COMPETITOR: any_of(
                "competitors?",
                f"(?:another|other) {_OTHERS}",
                "already (?:work|working|signed|use|using) (?:with |another )?",
                "cheaper (?:elsewhere|somewhere else)",
                "(?:a )?better offer",
                "comparing (?:you|your|it|offers|prices|several)",
            ),
            Objection.TRUST: any_of(
                "(?:don't|do not|doesn't|does not) (?:really )?(?:trust|believe)",
                "risky|a scam|not convinced|sceptical|skeptical",
                "doubts?",
                "bad (?:experience|experiences|reviews)",
                "never heard of (?:you|your|them|the company)",
            ),
            Objection.AUTHORITY: any_of(
                "(?:ask|talk to|talk with|check with|speak to|speak with|consult|consult with|discuss it with) "
                f"(?:my|our|the|his|her|their) {_PEOPLE}",
                "not (?:my|his|her) decision",
                "(?:can't|cannot|can not) decide (?:alone|myself|on my own)",
                "not the one who decides|not the decision[- ]maker",
                "needs? (?:an |the )?approval",
                f"(?:my|our|his|her|the) {_PEOPLE} (?:decides|has to decide|must decide|has to approve)",
            ),
            Objection.NEED: any_of(
                "(?:don't|do not|doesn't|does not) (?:really )?need(?! to)",
                "no need(?! to)",
                "not interested",
                "not a priority",
                "happy with what (?:we|i|they) have",
                "(?:don't|do not|doesn't|does not) see (?:the|any|a) (?:need|point|value|benefit)",
            ),
        }
    ),
    denials=frozenset({"not", "no", "never", "nor", "nothing", "hardly", "without", "less", "if", "unless", "whether"}),
    denied_after=re.compile(
        r"\s+(?:is|was|are)(?:n't| not| no)(?: (?:a|an|the|any|really|longer))*"
        r" (?:problems?|issues?|concerns?|objections?|obstacles?|risky|high)",
        re.IGNORECASE,
    ),
    conditions=frozenset({"if", "unless", "should"}),
    emphasis=any_of("not (?:only|just)", "no wonder", "no doubt(?= that)"),
    asked_of_client=any_of("for you", "do you", "are you", "would you", "is there anything", "any doubts"),
    promise=any_of(
        rf"(?:i|we|he|she|they)(?:'ll| will| am going to| are going to| is going to)(?: \w+){{0,2}}? {_DO}",
        rf"(?:client|customer|buyer|seller|agent) (?:will|is going to)(?: \w+){{0,2}}? {_DO}",
        rf"(?:let's|let us)(?: \w+)?? {_DO}",
        rf"(?:agreed|promised|arranged) (?:to|that (?:i|we|he|she|they) (?:will )?)(?: ?\w+)?? ?{_DO}",
        "next steps?:",
        "(?:see|talk to) you (?:on|tomorrow|next)",
    ),
    errand=re.compile(
        rf"\W*(?:to )?(?:{_DO}|meeting|appointment|viewing|showing|demo|follow-up)(?!\w)(?!.*\b(?:was|were|went|had|took|last)\b)",
        re.IGNORECASE,
    ),
    days=any_of(
        "today|tonight|tomorrow|the day after tomorrow",
        rf"(?:on |by |until |before |next |this )?{_WEEKDAYS}",
        "(?:next|this|end of the) week",
        "in (?:a|one|two|three|four) (?:days?|weeks?)|in \\d{1,2} (?:days?|weeks?)",
        rf"(?:on |by |until )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}",
        rf"(?:on |by |until )?{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?",
    ),
    sellers=frozenset({"agent", "seller", "sales", "rep", "sales rep", "salesperson", "manager", "me", "operator"}),
    clients=frozenset({"client", "customer", "buyer", "lead", "prospect", "caller", "them"}),
)
