"""The questions about flight_2: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many airports lie more than 1,000 feet above sea level?",
     "SELECT COUNT(*) FROM airport WHERE elevation_ft > 1000"),
    ("train", "string",
     "Which carrier was founded first?",
     "SELECT TRIM(carrier_name) FROM carrier ORDER BY SUBSTR(founded, 7, 4), "
     "SUBSTR(founded, 4, 2), SUBSTR(founded, 1, 2) LIMIT 1"),
    ("train", "float",
     "How many passengers were aboard a diverted flight on average? Spelling of the status varies: "
     "ignore case and spaces. Round to one decimal.",
     "SELECT ROUND(AVG(passengers), 1) FROM flight_leg WHERE LOWER(TRIM(status)) = 'diverted'"),
    ("train", "list",
     "Which aircraft were delivered in March, in any year? Give their fleet numbers.",
     "SELECT fleet_no FROM aircraft WHERE delivered LIKE 'Mar %'"),
    ("train", "integer",
     "How many landed flights have no delay on record? Spelling of the status varies: ignore case "
     "and spaces.",
     "SELECT COUNT(*) FROM flight_leg WHERE LOWER(TRIM(status)) = 'landed' "
     "AND delay_minutes IS NULL"),
    ("train", "integer",
     "How many airports are in countries where people drive on the left?",
     "SELECT COUNT(*) FROM airport AS a JOIN country AS c ON c.iso_code = a.iso_code "
     "WHERE c.drive_side = 'left'"),
    ("train", "list",
     "Which cities are served by more than one listed airport?",
     "SELECT city_served FROM airport GROUP BY city_served HAVING COUNT(*) > 1"),
    ("train", "integer",
     "How many routes are more than twice as long as the average route? Count each direction on "
     "its own.",
     "SELECT COUNT(*) FROM route WHERE distance_km > 2 * (SELECT AVG(distance_km) FROM route)"),
    ("train", "string",
     "Which city does the longest route from Frankfurt (FRA) lead to?",
     "SELECT a.city_served FROM route AS r JOIN airport AS a ON a.iata = r.destination "
     "WHERE r.origin = 'FRA' ORDER BY r.distance_km DESC LIMIT 1"),
    ("train", "float",
     "What percentage of the flights on routes of more than 3,000 km was cancelled? Spelling of "
     "the status varies: ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(l.status)) = 'cancelled' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 2) FROM flight_leg AS l JOIN route AS r ON r.route_id = l.route_id "
     "WHERE r.distance_km > 3000"),
    ("train", "list",
     "Which airports does no route leave or reach? Give their IATA codes.",
     "SELECT iata FROM airport WHERE iata NOT IN "
     "(SELECT origin FROM route UNION SELECT destination FROM route)"),
    ("train", "integer",
     "How many passengers did Saffron Dune carry in February 2024? Go by departure in UTC.",
     "SELECT SUM(l.passengers) FROM flight_leg AS l JOIN route AS r ON r.route_id = l.route_id "
     "JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Saffron Dune' AND l.departs_utc LIKE '2024-02-%'"),
    ("train", "list",
     "To which airports do both Aurelune and Tarnwick Air fly on routes of their own? Give the "
     "IATA codes.",
     "SELECT r.destination FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Aurelune' "
     "INTERSECT "
     "SELECT r.destination FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.carrier_name = 'Tarnwick Air'"),
    ("train", "string",
     "On which UTC date of departure did Byala Chaika's passengers, added up from the start of "
     "2024, first pass 3,000? Answer as YYYY-MM-DD.",
     "SELECT MIN(day) FROM (SELECT SUBSTR(l.departs_utc, 1, 10) AS day, SUM(SUM(l.passengers)) "
     "OVER (ORDER BY SUBSTR(l.departs_utc, 1, 10)) AS carried FROM flight_leg AS l "
     "JOIN route AS r ON r.route_id = l.route_id "
     "JOIN carrier AS c ON c.carrier_code = r.carrier_code WHERE c.carrier_name = 'Byala Chaika' "
     "GROUP BY SUBSTR(l.departs_utc, 1, 10)) WHERE carried > 3000"),
    ("train", "integer",
     "How many airports lie south of the equator?",
     "SELECT COUNT(*) FROM airport WHERE latitude < 0"),
    ("train", "list",
     "Which carriers belong to no alliance? Give the carrier codes.",
     "SELECT carrier_code FROM carrier WHERE alliance IS NULL"),
    ("train", "string",
     "Which airport lies furthest north? Give its IATA code.",
     "SELECT iata FROM airport ORDER BY latitude DESC LIMIT 1"),
    ("train", "float",
     "How many seats does an aircraft have on average? Leave out retired aircraft, and round to "
     "one decimal.",
     "SELECT ROUND(AVG(seats), 1) FROM aircraft WHERE retired_on IS NULL"),
    ("train", "integer",
     "How many flights were scheduled to leave on 14 February 2024, in UTC? Count flights of any "
     "status.",
     "SELECT COUNT(*) FROM flight_leg WHERE departs_utc LIKE '2024-02-14%'"),
    ("train", "table",
     "Which routes from Oslo (OSL) are longer than 1,000 km? Give the flight number, the code of "
     "the destination and the kilometres.",
     "SELECT flight_no, destination, distance_km FROM route WHERE origin = 'OSL' "
     "AND distance_km > 1000"),
    ("train", "list",
     "Which callsigns are written all in capital letters?",
     "SELECT callsign FROM carrier WHERE callsign = UPPER(callsign)"),
    ("train", "integer",
     "How many codeshare agreements have no seat quota?",
     "SELECT COUNT(*) FROM codeshare WHERE seat_quota IS NULL"),
    ("train", "string",
     "Which aircraft was the last to be retired? Give its fleet number.",
     "SELECT fleet_no FROM aircraft WHERE retired_on IS NOT NULL ORDER BY retired_on DESC LIMIT 1"),
    ("train", "table",
     "How many aircraft of each model are in the fleets? Leave out retired ones.",
     "SELECT model, COUNT(*) FROM aircraft WHERE retired_on IS NULL GROUP BY model"),
    ("train", "list",
     "Which UN areas have at least three of the listed countries?",
     "SELECT un_area FROM country GROUP BY un_area HAVING COUNT(*) >= 3"),
    ("train", "string",
     "On which UTC date of departure were the most passengers carried? Answer as YYYY-MM-DD.",
     "SELECT SUBSTR(departs_utc, 1, 10) FROM flight_leg WHERE passengers IS NOT NULL "
     "GROUP BY SUBSTR(departs_utc, 1, 10) ORDER BY SUM(passengers) DESC LIMIT 1"),
    ("train", "float",
     "How many minutes late were flights by an A320neo on average? Skip flights without a delay on "
     "record, count early arrivals as negative, and round to two decimals.",
     "SELECT ROUND(AVG(l.delay_minutes), 2) FROM flight_leg AS l JOIN aircraft AS a "
     "ON a.fleet_no = l.fleet_no WHERE a.model = 'A320neo'"),
    ("train", "integer",
     "How many flights were more than ten times as late as the average flight? Skip flights "
     "without a delay on record; in the average, early arrivals count as negative.",
     "SELECT COUNT(*) FROM flight_leg WHERE delay_minutes > "
     "10 * (SELECT AVG(delay_minutes) FROM flight_leg)"),
    ("train", "list",
     "Which carriers have their hub at an airport more than 500 feet above sea level?",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c JOIN airport AS a ON a.iata = c.hub "
     "WHERE a.elevation_ft > 500"),
    ("train", "table",
     "Which time zones have more than two listed airports? Give the time zone and the number.",
     "SELECT timezone, COUNT(*) FROM airport GROUP BY timezone HAVING COUNT(*) > 2"),
    ("train", "float",
     "What percentage of all passengers flew on routes of the carriers CIND and GULL? Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN r.carrier_code IN ('CIND', 'GULL') THEN l.passengers "
     "ELSE 0 END) / SUM(l.passengers), 1) FROM flight_leg AS l JOIN route AS r "
     "ON r.route_id = l.route_id"),
    ("train", "table",
     "How many flights of each month landed, and how many passengers did they carry? Go by "
     "departure in UTC, and leave out diverted flights. Spelling of the status varies: ignore case "
     "and spaces. Write the month as YYYY-MM.",
     "SELECT SUBSTR(departs_utc, 1, 7), COUNT(*), SUM(passengers) FROM flight_leg "
     "WHERE LOWER(TRIM(status)) = 'landed' GROUP BY SUBSTR(departs_utc, 1, 7)"),
    ("train", "list",
     "Which countries of Northern, Southern or Eastern Europe have a listed airport but no "
     "carrier? Give the country names.",
     "SELECT c.country_name FROM country AS c WHERE c.un_area IN "
     "('Northern Europe', 'Southern Europe', 'Eastern Europe') "
     "AND EXISTS (SELECT 1 FROM airport AS a WHERE a.iso_code = c.iso_code) "
     "AND NOT EXISTS (SELECT 1 FROM carrier AS k WHERE k.iso_code = c.iso_code)"),
    ("train", "string",
     "To which country did the flights bring the most passengers? Go by the destination of the "
     "route, even if a flight was diverted. Give the country's name.",
     "SELECT c.country_name FROM flight_leg AS l JOIN route AS r ON r.route_id = l.route_id "
     "JOIN airport AS a ON a.iata = r.destination JOIN country AS c ON c.iso_code = a.iso_code "
     "WHERE l.passengers IS NOT NULL GROUP BY c.iso_code ORDER BY SUM(l.passengers) DESC LIMIT 1"),
    ("train", "table",
     "Which carrier of each alliance carried the most passengers on its own routes? Skip carriers "
     "without an alliance. Give the alliance, the carrier's name and the passengers.",
     "SELECT alliance, name, carried FROM (SELECT c.alliance, TRIM(c.carrier_name) AS name, "
     "SUM(l.passengers) AS carried, RANK() OVER (PARTITION BY c.alliance "
     "ORDER BY SUM(l.passengers) DESC) AS place FROM carrier AS c "
     "JOIN route AS r ON r.carrier_code = c.carrier_code "
     "JOIN flight_leg AS l ON l.route_id = r.route_id WHERE c.alliance IS NOT NULL "
     "GROUP BY c.carrier_code) WHERE place = 1"),
    ("eval", "integer",
     "How many codeshare agreements began before 2015? Count one for each route and partner.",
     "SELECT COUNT(*) FROM codeshare WHERE since < '2015'"),
    ("eval", "table",
     "Which three aircraft have the most seats? Give the fleet number and the seats, the largest "
     "first.",
     "SELECT fleet_no, seats FROM aircraft WHERE seats IS NOT NULL ORDER BY seats DESC LIMIT 3"),
    ("eval", "list",
     "Which carriers have more than three aircraft? Leave out retired ones, and give the carrier "
     "codes.",
     "SELECT carrier_code FROM aircraft WHERE retired_on IS NULL GROUP BY carrier_code "
     "HAVING COUNT(*) > 3"),
    ("eval", "integer",
     "How many routes are flown by carriers without an alliance? Count each direction on its own.",
     "SELECT COUNT(*) FROM route AS r JOIN carrier AS c ON c.carrier_code = r.carrier_code "
     "WHERE c.alliance IS NULL"),
    ("eval", "list",
     "Which carriers have no codeshare partner on any of their routes?",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c WHERE NOT EXISTS (SELECT 1 FROM route AS r "
     "JOIN codeshare AS s ON s.route_id = r.route_id WHERE r.carrier_code = c.carrier_code)"),
    ("eval", "string",
     "Which carrier has the highest average delay on routes of more than 4,000 km? Skip flights "
     "without a delay on record, and count early arrivals as negative.",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c JOIN route AS r ON r.carrier_code = "
     "c.carrier_code JOIN flight_leg AS l ON l.route_id = r.route_id WHERE r.distance_km > 4000 "
     "AND l.delay_minutes IS NOT NULL GROUP BY c.carrier_code "
     "ORDER BY AVG(l.delay_minutes) DESC LIMIT 1"),
    ("eval", "list",
     "Which aircraft were delivered in 2017 or 2018? Give their fleet numbers.",
     "SELECT fleet_no FROM aircraft WHERE SUBSTR(delivered, -4) IN ('2017', '2018')"),
    ("eval", "integer",
     "How many flights carried more than 250 passengers?",
     "SELECT COUNT(*) FROM flight_leg WHERE passengers > 250"),
    ("eval", "string",
     "Which aircraft flew the flight with the greatest delay? Give its fleet number.",
     "SELECT fleet_no FROM flight_leg WHERE delay_minutes IS NOT NULL "
     "ORDER BY delay_minutes DESC LIMIT 1"),
    ("eval", "float",
     "What percentage of the flights with a delay on record was at least 15 minutes late? Round to "
     "one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN delay_minutes >= 15 THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM flight_leg WHERE delay_minutes IS NOT NULL"),
    ("eval", "table",
     "Which aircraft of each model has the most seats? Leave out retired ones. Give the model, the "
     "fleet number and the seats, and list all that are level.",
     "SELECT model, fleet_no, seats FROM (SELECT model, fleet_no, seats, RANK() OVER "
     "(PARTITION BY model ORDER BY seats DESC) AS place FROM aircraft "
     "WHERE retired_on IS NULL) WHERE place = 1"),
    ("eval", "list",
     "Which carriers have both an A320neo and a 787-9? Leave out retired aircraft, and give the "
     "carrier codes.",
     "SELECT carrier_code FROM aircraft WHERE model = 'A320neo' AND retired_on IS NULL INTERSECT "
     "SELECT carrier_code FROM aircraft WHERE model = '787-9' AND retired_on IS NULL"),
    ("eval", "integer",
     "How many flights were assigned to an aircraft delivered in 2022 or 2023? Count cancelled "
     "flights too.",
     "SELECT COUNT(*) FROM flight_leg AS l JOIN aircraft AS a ON a.fleet_no = l.fleet_no "
     "WHERE SUBSTR(a.delivered, -4) >= '2022'"),
    ("eval", "string",
     "Which carrier is a codeshare partner on the most routes of others?",
     "SELECT TRIM(c.carrier_name) FROM carrier AS c JOIN codeshare AS s ON s.partner = "
     "c.carrier_code GROUP BY c.carrier_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "float",
     "What percentage of its seats did Kumo Harbour Air fill? Divide the passengers of all flights "
     "by the seats of the aircraft that flew them. Skip flights without a number of passengers, "
     "and round to one decimal.",
     "SELECT ROUND(100.0 * SUM(l.passengers) / SUM(a.seats), 1) FROM flight_leg AS l JOIN "
     "aircraft AS a ON a.fleet_no = l.fleet_no JOIN carrier AS c ON c.carrier_code = "
     "a.carrier_code WHERE c.carrier_name = 'Kumo Harbour Air' AND l.passengers IS NOT NULL"),
)
