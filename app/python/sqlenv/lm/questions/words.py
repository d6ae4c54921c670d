"""How names of tables and columns are said: split, unabbreviated, singular and plural."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


def _pairs(text: str) -> dict[str, str]:
    """`qty=quantity dob=date_of_birth` as a dictionary."""
    pairs = (each.split("=") for each in text.split())
    return {name: value.replace("_", " ") for name, value in pairs}


ABBREVIATIONS = _pairs(
    "acct=account addr=address amt=amount avg=average cat=category cd=code cnt=count"
    " cust=customer dept=department desc=description dob=date_of_birth emp=employee"
    " fname=first_name lname=last_name loc=location max=maximum mgr=manager min=minimum"
    " no=number num=number pct=percentage pos=position prod=product qty=quantity stu=student"
    " temp=temperature yr=year sq=square ft=feet"
)
RUN_TOGETHER = set(
    "account address age airport amount area author average balance birth book branch budget"
    " capacity category city class client club code color company cost count country course"
    " customer date day department description distance district driver duration email employee"
    " end event first flight founded game gender grade group height hire home hotel hour item"
    " job language last length level list location manager match member model month movie name"
    " number open opening order owner party person phone place player position price product"
    " project quantity rank rate rating region release report room salary sales school score"
    " season service ship sport stadium staff start state station status store street student"
    " subject supplier teacher team ticket time title total town type unit value year zip".split()
)
IRREGULAR = _pairs(
    "person=people man=men woman=women child=children aircraft=aircraft staff=staff"
    " series=series species=species medium=media mouse=mice foot=feet knife=knives leaf=leaves"
    " shelf=shelves life=lives half=halves wolf=wolves datum=data criterion=criteria fish=fish"
    " sheep=sheep goose=geese tooth=teeth quiz=quizzes equipment=equipment"
    " attendance=attendances loaf=loaves crisis=crises analysis=analyses diagnosis=diagnoses"
    " bonus=bonuses hero=heroes potato=potatoes personnel=personnel bus=buses gas=gases"
    " calf=calves thief=thieves"
)
SINGULAR = {plural: singular for singular, plural in IRREGULAR.items()}
UNCOUNTED = set("money horsepower cargo stock mileage tonnage experience feedback".split())
BEHIND_NOUNS = set(
    "of in from at on per to for with by sold spent claimed paid billed needed raised earned played"
    " employed taken sent won worked required made received".split()
)
"""words that begin what stands behind a noun: "date of birth", "amount paid" """
PEOPLE = set(
    "hairdresser attorney zookeeper skipper councilor giver helper kid trainee founder broker"
    " dealer cyclist golfer finder taster creator moderator carpenter craftsman courier sender"
    " gardener astronaut observer setter skier councillor single deputy surgeon"
    " actor adult agent applicant apprentice artist astronaut athlete attendee author backer"
    " baker barber beekeeper bidder borrower breeder buyer caller camper candidate captain"
    " caretaker chairperson chef child citizen cleaner clerk client climber coach colleague"
    " collector composer conductor contestant cook counselor crew-member critic curator customer"
    " dancer delegate dentist designer detective developer director diver doctor donor driver"
    " editor employee engineer expert fan farmer film-maker firefighter freelancer friend gamer"
    " gardener guard guest guide hiker host hunter influencer inmate inspector instructor intern"
    " interviewer inventor investigator investor jockey journalist judge juror keeper lawyer"
    " leader learner lecturer lender librarian manager mechanic mediator member mentor midwife"
    " miner musician nurse officer operator organizer owner painter parent participant passenger"
    " patient performer person photographer physician pilot player poet policyholder presenter"
    " president prisoner producer professor programmer psychologist pupil ranger reader"
    " recruiter referee renter reporter researcher resident reviewer rider runner sailor"
    " salesperson scientist secretary seller senator servant singer skier soldier speaker"
    " sponsor staff streamer student stylist subscriber surgeon swimmer teacher technician"
    " tenant therapist tourist trader trainer translator traveller tutor umpire user vet visitor"
    " volunteer voter waiter witness worker writer".split()
)
TIMED = re.compile(r"\w+ed|held|left|born|built|bought|sold|written|taken|made|sent")
"""what happened on a date: "date held" """
VOWEL_SOUNDS = re.compile(r"(?i)(?:[aeio]|u(?!ni|se|sa|ti|ro)|hour|honest|heir)")


@dataclass(frozen=True)
class Words:
    """What people call tables and columns of a database; what is missing is made from the names."""

    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """singular forms: {"stu": ("student", "pupil")}"""
    columns: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """by table and column: {("stu", "dob"): ("date of birth", "birthday")}"""
    relations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """by table and foreign key: {("book", "author_id"): "written by"}"""
    adjectives: frozenset[tuple[str, str]] = frozenset()
    """columns whose values stand before the noun: "cancelled orders" """
    through: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """by many-to-many table and foreign key, what the other end is to it: "enrolled in" """

    def renamed(self, tables: Mapping[str, str], columns: Mapping[tuple[str, str], str]) -> Words:
        """The same words for a database whose tables and columns have other names."""

        def key(old: tuple[str, str]) -> tuple[str, str]:
            return tables.get(old[0], old[0]), columns.get(old, old[1])

        return Words(
            {tables.get(name, name): spoken for name, spoken in self.tables.items()},
            {key(old): spoken for old, spoken in self.columns.items()},
            {key(old): spoken for old, spoken in self.relations.items()},
            frozenset(key(old) for old in self.adjectives),
            {key(old): spoken for old, spoken in self.through.items()},
        )


def run_together(word: str) -> list[str]:
    """`birthdate` as two known words; what cannot be split stays."""
    for cut in range(3, len(word) - 1):
        head, tail = word[:cut], word[cut:]
        if head in RUN_TOGETHER and (tail in RUN_TOGETHER or tail == "id"):
            return [head, tail]
    return [word]


def split_name(name: str) -> list[str]:
    """The words of a name in camel case, snake case or run together, in lower case."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", spaced)
    words = [word for word in re.split(r"[\W_]+", spaced.lower()) if word]
    return [part for word in words for part in run_together(word)]


def spoken_name(name: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in split_name(name)) or name


def head_noun(phrase: str) -> int:
    """The place of the noun that takes the plural: "place to eat", "member of staff"."""
    words = phrase.split()
    if len(words) == 2 and words[0] in ("date", "year") and TIMED.fullmatch(words[1]):
        return 0
    for place, word in enumerate(words):
        if place and word in BEHIND_NOUNS:
            return place - 1
    return len(words) - 1


def plural_word(word: str) -> str:
    lower = word.lower()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    if lower in SINGULAR or lower in UNCOUNTED or singular_word(lower) != lower:
        return word
    if re.search(r"[^aeiou]y$", lower):
        return word[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", lower):
        return word + "es"
    return word + "s"


def singular_word(word: str) -> str:
    if word in SINGULAR:
        return SINGULAR[word]
    if word in IRREGULAR or not word.endswith("s") or word.endswith(("ss", "us", "is", "gps")):
        return word
    if word.endswith("ies") and len(word) > 4 and word != "movies":
        return word[:-3] + "y"
    if re.search(r"(sses|xes|ches|shes|zes)$", word):
        return word[:-2]
    return word[:-1]


def _at_head(phrase: str, change: str) -> str:
    words, place = phrase.split(), head_noun(phrase)
    words[place] = plural_word(words[place]) if change == "plural" else singular_word(words[place])
    return " ".join(words)


def plural(phrase: str) -> str:
    return _at_head(phrase, "plural") if phrase else phrase


def singular(phrase: str) -> str:
    return _at_head(phrase, "singular") if phrase else phrase


def with_article(phrase: str) -> str:
    """a price, an age, years of experience"""
    if is_plural(phrase) or phrase.split()[head_noun(phrase)] in UNCOUNTED:
        return phrase
    return f"an {phrase}" if VOWEL_SOUNDS.match(phrase) else f"a {phrase}"


def is_plural(phrase: str) -> bool:
    head = phrase.split()[head_noun(phrase)].lower()
    return head in SINGULAR and head not in IRREGULAR or singular_word(head) != head


def is_person(phrase: str) -> bool:
    words = phrase.split()
    return bool(words) and singular_word(words[head_noun(phrase)].lower()) in PEOPLE
