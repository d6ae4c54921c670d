"""Words that schemas use: synonyms, abbreviations and reserved words, made by hand.

A group of synonyms holds names, in the singular and in snake_case, that people use for one thing,
so that a question may say one and a table or column be named by another. Each name is in one group.
"""

from __future__ import annotations

from functools import cache

_TABLES = """
singer vocalist performer
band ensemble music_group
concert gig live_show
venue event_location concert_venue
ticket_sale ticket_order ticket_purchase
maker manufacturer producer
car_model vehicle_model
variant model_version
feature equipment_item
road_test test_drive
breed dog_breed
household family
dog canine
kennel_run kennel dog_run
stay boarding
walker dog_walker
outing excursion
department division unit
clerk office_worker official
template form_template
document paper
template_version template_revision
section chapter
label tag
document_label document_tag
signature approval sign_off
shop store outlet
job job_position occupation
person individual
posting vacancy job_opening
application job_application
employment employment_contract work_contract
appraisal performance_review
course training_course
attendance course_attendance
country nation
airport airfield
carrier airline
aircraft airplane plane
route air_route flight_route
codeshare codeshare_agreement
flight_leg flight
club society
player competitor
club_member club_membership
tournament competition contest
entry participation tournament_entry
knockout elimination
backing sponsorship
tutor teacher instructor lecturer
module class_module
learner student pupil
enrolment registration signup
assessment exam examination
mark exam_result grade
appeal complaint objection
customer client buyer
product article
supplier vendor
employee worker staff_member
invoice bill
payment payment_transaction
hospital clinic
doctor physician
appointment consultation
author writer
publisher publishing_house
loan borrowing
movie film
song track music_track
team squad
coach trainer
match fixture
stadium arena
district region
town city
street road
apartment flat
tenant renter lodger
owner proprietor
vehicle automobile
trip journey ride
ship vessel
captain skipper
harbour port
warehouse depot
shipment delivery consignment
restaurant eatery
dish meal
chef cook
field plot
exhibition exhibit
painting artwork
hotel inn
guest visitor
booking reservation
professor faculty_member
river stream
mountain peak
station stop
passenger traveller
race running_race
cyclist rider
election poll
candidate contender
vote ballot
donation contribution
donor giver
volunteer helper
company firm business
branch branch_office
user user_account
comment remark
device gadget
reading measurement
tv_channel broadcaster
journalist reporter
publication research_paper
drug medicine medication
instrument musical_instrument
mechanic car_mechanic
festival music_festival
orchestra symphony_orchestra
composer songwriter
gardener groundskeeper
observation sighting
ranger park_ranger
park nature_park
trail hiking_trail
witness bystander
incident accident
police_station precinct
crime offence
lawsuit court_case
lawyer attorney
judge magistrate
warranty guarantee
"""

_COLUMNS = """
town city municipality
country nation
home_country country_of_origin
home_city hometown
kind type category
fee charge
price cost
unit_price price_per_unit unit_cost
salary wage
quantity number_of_units
capacity max_capacity maximum_capacity
date_of_birth birth_date birthday
opening_date date_opened
founding_date date_founded
closing_date date_closed
start_date begin_date
finish_date end_date
hire_date date_hired
delivery_date date_delivered
retirement_date date_retired
issue_date date_issued
withdrawal_date date_withdrawn
creation_date date_created
sale_date date_sold
refund_date date_refunded
test_date date_tested
booking_date date_booked
arrival_date date_arrived
application_date date_applied
posting_date date_posted
submission_date date_submitted
joining_date date_joined
signing_date date_signed
enrolment_date date_enrolled
departure_time time_of_departure
death_date date_of_death
launch_date date_launched
announcement_date date_announced
debut_year year_of_debut
formation_year year_formed
joining_year year_joined
points score
sex gender
email email_address
phone phone_number telephone
address street_address
zip_code postal_code postcode
stage_name artist_name
legal_name real_name
local_name native_name
voice voice_type
genre music_style
tier ticket_class
channel sales_channel
promo_code discount_code
body body_type
fuel fuel_type
power engine_power
fault defect
elevation altitude
place finishing_place
food diet
mood temper
wing building_wing
floor storey
language lang_name
decision verdict
status current_status
schooling education
outcome result
weekly_hours hours_per_week
hourly_pay hourly_wage pay_per_hour
pay_low minimum_pay lowest_pay
pay_high maximum_pay highest_pay
leaving_reason reason_for_leaving
interview_score interview_points
bonus extra_pay
provider course_provider
seats number_of_seats seat_count
passengers number_of_passengers passenger_count
delay_minutes minutes_late
distance route_length
alliance airline_alliance
callsign call_sign
flight_no flight_number
timezone time_zone
drive_side driving_side
seat_quota reserved_seats
prize winnings prize_money
buy_in entry_fee
subject topic
credits credit_points
max_points maximum_points
lodging_date date_lodged
ruling appeal_ruling
nights number_of_nights
client_since customer_since
left_year year_left
comment remark
description details
rating stars
amount sum_paid
manufacturer maker
brand make
color colour
author writer
director directed_by
population number_of_inhabitants inhabitants
"""

# Names that make odd English in a question become names that make good English.
_NOUNS_FOR = """
born:date_of_birth opened:opening_date founded:founding_date closed_on:closing_date
hired:hire_date left_on:leaving_date arrived:arrival_date booked:booking_date issued:issue_date
withdrawn:withdrawal_date created_on:creation_date sold_on:sale_date refunded_on:refund_date
tested_on:test_date walked_on:walk_date delivered:delivery_date retired_on:retirement_date
applied_on:application_date posted_on:posting_date handed_in:submission_date
signed_on:signing_date enrolled_on:enrolment_date departs_utc:departure_time
died_on:death_date launched:launch_date announced:announcement_date started:start_date
ended:finish_date lodged:lodging_date formed_year:formation_year joined_year:joining_year
played_on:event_date until:finish_date since:start_date joined:joining_date
left_in:left_year reason_left:leaving_reason split_year:breakup_year lang:language
words:word_count tables:table_count cars:car_count gig_date:event_date doors:door_time
roofed:has_roof turned_pro:pro_year own_script:native_spelling
"""

_ABBREVIATIONS = """
quantity:qty number:no,num department:dept address:addr description:desc,descr employee:emp
customer:cust product:prod amount:amt average:avg maximum:max minimum:min manager:mgr
reference:ref code:cd year:yr category:cat organization:org document:doc position:pos
location:loc temperature:temp percent:pct account:acct transaction:txn message:msg
telephone:tel information:info registration:reg application:app language:lang population:pop
elevation:elev latitude:lat longitude:lng,lon distance:dist duration:dur weight:wt height:ht
building:bldg street:str hours:hrs minutes:mins country:ctry student:stud teacher:tchr
vehicle:veh passengers:pax flight:flt airport:arpt manufacturer:mfr phone:ph title:ttl
section:sect version:ver template:tmpl assessment:asmt appointment:appt hospital:hosp
university:univ company:co international:intl government:govt tournament:tourn
competition:comp membership:mship member:mbr player:plyr performance:perf reservation:resv
invoice:inv payment:pmt purchase:purch supplier:supp publisher:publ points:pts
status:stat original:orig previous:prev current:curr identifier:ident date:dt
"""

_PHRASES = "date_of_birth:dob first_name:fname last_name:lname zip_code:zip full_name:fullname"

_IRREGULAR = "person:people child:children man:men woman:women staff:staff aircraft:aircraft"
_UNCOUNTED = frozenset(
    "equipment staff aircraft series species information attendance employment software data "
    "flora news backing sponsorship participation".split()
)

# Names that SQL reads otherwise, or that a reader of SQL would mistake.
RESERVED = frozenset(
    """abort action add after all alter analyze and as asc attach autoincrement before begin between
    by cascade case cast check collate column commit conflict constraint create cross current
    current_date current_time current_timestamp database default deferrable deferred delete desc
    detach distinct do drop each else end escape except exclude exclusive exists explain fail filter
    first following for foreign from full generated glob group groups having if ignore immediate in
    index indexed initially inner insert instead intersect into is isnull join key last left like
    limit match materialized natural no not nothing notnull null nulls of offset on or order others
    outer over partition plan pragma preceding primary query raise range recursive references
    regexp reindex release rename replace restrict returning right rollback row rows savepoint
    select set table temp temporary then ties to transaction trigger unbounded union unique update
    using vacuum values view virtual when where window with without count sum avg min max round
    length total""".split()
)

UNITS = frozenset("eur usd gbp kg g km m cm mm m2 kw ft ms".split())

# Words that say nothing without the unit that follows them.
NEED_UNIT = frozenset("hourly nightly daily weekly monthly yearly max min extras extra".split())


@cache
def table_groups() -> dict[str, tuple[str, ...]]:
    """From a table's name to all names of its group, itself included."""
    return _groups(_TABLES)


@cache
def column_groups() -> dict[str, tuple[str, ...]]:
    """From a column's name to all names of its group, itself included."""
    return _groups(_COLUMNS)


@cache
def noun_for() -> dict[str, str]:
    """From a name that is no noun ("born") to one that is ("date_of_birth")."""
    return dict(pair.split(":") for pair in _NOUNS_FOR.split())


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """From a word to its usual short forms."""
    pairs = (pair.split(":") for pair in _ABBREVIATIONS.split())
    return {word: tuple(short.split(",")) for word, short in pairs}


@cache
def short_phrases() -> dict[str, str]:
    """From a name of several words to one short word."""
    return dict(pair.split(":") for pair in _PHRASES.split())


@cache
def _plurals() -> dict[str, str]:
    return dict(pair.split(":") for pair in _IRREGULAR.split())


def plural(word: str) -> str:
    """The plural of an English noun in lower case."""
    if word in _plurals():
        return _plurals()[word]
    if word in _UNCOUNTED:
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return word + "es"
    return word + "s"


def _groups(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in text.split("\n"):
        names = tuple(line.split())
        found.update(dict.fromkeys(names, names))
    return found
