"""The questions about flight_2: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many of the listed airports lie more than 1,000 feet above sea level?",
     "SELECT COUNT(*) FROM airport WHERE elevation_ft > 1000"),
    ("train", "string",
     "Which carrier was founded first? Give its name without blanks at the ends.",
     "SELECT TRIM(carrier_name) FROM carrier ORDER BY SUBSTR(founded, 7, 4), "
     "SUBSTR(founded, 4, 2), SUBSTR(founded, 1, 2) LIMIT 1"),
    ("train", "float",
     "How many passengers were aboard a diverted flight on average? Round to one decimal.",
     "SELECT ROUND(AVG(passengers), 1) FROM flight_leg WHERE LOWER(TRIM(status)) = 'diverted'"),
    ("train", "list",
     "Which aircraft were delivered in a March, whatever the year? Give their fleet numbers.",
     "SELECT fleet_no FROM aircraft WHERE delivered LIKE 'Mar %'"),
    ("train", "integer",
     "How many flights with the status landed, however it was typed, have no delay figure on "
     "record?",
     "SELECT COUNT(*) FROM flight_leg WHERE LOWER(TRIM(status)) = 'landed' "
     "AND delay_minutes IS NULL"),
    ("train", "integer",
     "How many of the listed airports are in countries where people drive on the left?",
     "SELECT COUNT(*) FROM airport AS a JOIN country AS c ON c.iso_code = a.iso_code "
     "WHERE c.drive_side = 'left'"),
    ("train", "list",
     "Which cities are served by more than one of the listed airports?",
     "SELECT city_served FROM airport GROUP BY city_served HAVING COUNT(*) > 1"),
    ("train", "integer",
     "How many routes are more than twice as long as the average route? Count each direction as a "
     "route of its own.",
     "SELECT COUNT(*) FROM route WHERE distance_km > 2 * (SELECT AVG(distance_km) FROM route)"),
    ("train", "string",
     "Which city does the longest route out of Frankfurt (FRA) lead to?",
     "SELECT a.city_served FROM route AS r JOIN airport AS a ON a.iata = r.destination "
     "WHERE r.origin = 'FRA' ORDER BY r.distance_km DESC LIMIT 1"),
    ("train", "float",
     "What percentage of the flights scheduled on routes of more than 3,000 km was cancelled? "
     "Round to two decimals.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(l.status)) = 'cancelled' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 2) FROM flight_leg AS l JOIN route AS r ON r.route_id = l.route_id "
     "WHERE r.distance_km > 3000"),
    ("train", "list",
     "Which listed airports does no route leave or reach? Give their IATA codes.",
     "SELECT iata FROM airport WHERE iata NOT IN "
     "(SELECT origin FROM route UNION SELECT destination FROM route)"),
    ("train", "integer",
     "How many passengers did Saffron Dune carry in February 2024, going by departure in UTC?",
     "SELECT SUM(l.passengers) FROM flight_leg AS l JOIN route AS r ON r.route_id = l.route_id "
     "JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Saffron Dune' AND l.departs_utc LIKE '2024-02-%'"),
    ("train", "list",
     "At which airports do both Aurelune and Tarnwick Air land on routes of their own? Give the "
     "IATA codes.",
     "SELECT r.destination FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Aurelune' "
     "INTERSECT "
     "SELECT r.destination FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Tarnwick Air'"),
    ("train", "string",
     "Adding up the passengers of Byala Chaika day by day from the start of 2024, on which UTC "
     "date of departure did the running total first pass 3,000? Answer as YYYY-MM-DD.",
     "SELECT MIN(day) FROM (SELECT SUBSTR(l.departs_utc, 1, 10) AS day, SUM(SUM(l.passengers)) "
     "OVER (ORDER BY SUBSTR(l.departs_utc, 1, 10)) AS carried FROM flight_leg AS l "
     "JOIN route AS r ON r.route_id = l.route_id "
     "JOIN carrier AS c ON c.carrier_code = r.carrier_code WHERE c.carrier_name = 'Byala Chaika' "
     "GROUP BY SUBSTR(l.departs_utc, 1, 10)) WHERE carried > 3000"),
    ("eval", "integer",
     "How many codeshare agreements began before 2015? Count one for each route and partner.",
     "SELECT COUNT(*) FROM codeshare WHERE since < '2015'"),
    ("eval", "table",
     "Which three aircraft have the most seats? Give the fleet number and the seats of each, the "
     "largest first.",
     "SELECT fleet_no, seats FROM aircraft WHERE seats IS NOT NULL ORDER BY seats DESC LIMIT 3"),
    ("eval", "list",
     "Which carriers have more than three aircraft that are not retired? Give the carrier codes.",
     "SELECT carrier_code FROM aircraft WHERE retired_on IS NULL GROUP BY carrier_code "
     "HAVING COUNT(*) > 3"),
    ("eval", "integer",
     "How many routes are flown by carriers that belong to no alliance? Count each direction as a "
     "route of its own.",
     "SELECT COUNT(*) FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.alliance IS NULL"),
    ("eval", "list",
     "Which carriers have no codeshare partner on any route of their own? Give their names without "
     "blanks at the ends.",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c WHERE NOT EXISTS (SELECT 1 FROM route AS r "
     "JOIN codeshare AS s ON s.route_id = r.route_id WHERE r.carrier_code = c.carrier_code)"),
    ("eval", "string",
     "Which carrier has the highest average recorded delay on routes of more than 4,000 km? Early "
     "arrivals count as negative delays. Give its name without blanks at the ends.",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c JOIN route AS r ON r.carrier_code = "
     "c.carrier_code JOIN flight_leg AS l ON l.route_id = r.route_id WHERE r.distance_km > 4000 "
     "AND l.delay_minutes IS NOT NULL GROUP BY c.carrier_code "
     "ORDER BY AVG(l.delay_minutes) DESC LIMIT 1"),
)
