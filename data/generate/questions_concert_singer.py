"""The questions about concert_singer: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many vocalists have no legal name on record?",
     "SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL"),
    ("train", "string",
     "Which venue has the largest capacity?",
     "SELECT TRIM(venue_name) FROM venue WHERE capacity IS NOT NULL "
     "ORDER BY capacity DESC LIMIT 1"),
    ("train", "list",
     "Which bands play jazz? Spelling of the genre varies: ignore case and spaces.",
     "SELECT band_name FROM band WHERE LOWER(TRIM(genre)) = 'jazz'"),
    ("train", "float",
     "How many minutes does a set last on average? Skip sets without a recorded length, and round "
     "to two decimals.",
     "SELECT ROUND(AVG(minutes), 2) FROM gig_set"),
    ("train", "integer",
     "How many vocalists were born in the 1980s?",
     "SELECT COUNT(*) FROM vocalist WHERE SUBSTR(born, -4) BETWEEN '1980' AND '1989'"),
    ("train", "integer",
     "How many gigs were played at venues in Berlin in 2023? Leave out cancelled and postponed "
     "gigs. Spelling of the city varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM gig AS g JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE LOWER(TRIM(v.city)) = 'berlin' AND g.status = 'played' AND g.gig_date LIKE '2023-%'"),
    ("train", "list",
     "Which kinds of voice do more than ten vocalists share? Spelling of the voice varies: ignore "
     "case and spaces. Answer in lower case.",
     "SELECT LOWER(TRIM(voice)) FROM vocalist WHERE voice IS NOT NULL GROUP BY LOWER(TRIM(voice)) "
     "HAVING COUNT(*) > 10"),
    ("train", "integer",
     "How many venues hold more people than the average venue? Skip venues of unknown capacity.",
     "SELECT COUNT(*) FROM venue WHERE capacity > (SELECT AVG(capacity) FROM venue)"),
    ("train", "list",
     "Which vocalists from Germany are in a band today? A membership without a year of leaving "
     "still runs. Give their stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v "
     "JOIN band_member AS m ON m.vocalist_id = v.vocalist_id "
     "WHERE v.home_country = 'Germany' AND m.until_year IS NULL"),
    ("train", "table",
     "How many tickets were sold through each sales channel, refunded ones included? Spelling of "
     "the channel varies: ignore case and spaces. Give the channel in lower case and the number.",
     "SELECT LOWER(TRIM(channel)), SUM(quantity) FROM ticket_sale GROUP BY LOWER(TRIM(channel))"),
    ("train", "list",
     "Which bands have never been booked for a gig?",
     "SELECT band_name FROM band WHERE NOT EXISTS "
     "(SELECT 1 FROM gig_set WHERE gig_set.band_id = band.band_id)"),
    ("train", "integer",
     "How many minutes of sets by The Paper Herons at venues in Ireland are recorded in all?",
     "SELECT SUM(s.minutes) FROM gig_set AS s JOIN band AS b ON b.band_id = s.band_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE b.band_name = 'The Paper Herons' AND v.country = 'Ireland'"),
    ("train", "list",
     "Which vocalists performed under their own name at gigs played in both Germany and Ireland? "
     "Give their stage names.",
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'Germany' AND g.status = 'played' "
     "INTERSECT "
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'Ireland' AND g.status = 'played'"),
    ("train", "table",
     "Which gig of each year took the most ticket money? Go by the date of the gig, and do not "
     "deduct refunds. Give the year and the title.",
     "SELECT year, title FROM (SELECT CAST(SUBSTR(g.gig_date, 1, 4) AS INTEGER) AS year, g.title, "
     "RANK() OVER (PARTITION BY SUBSTR(g.gig_date, 1, 4) "
     "ORDER BY SUM(t.quantity * t.unit_price) DESC) AS place "
     "FROM gig AS g JOIN ticket_sale AS t ON t.gig_id = g.gig_id GROUP BY g.gig_id) "
     "WHERE place = 1"),
    ("train", "integer",
     "How many gigs opened their doors later than 19:30? Count gigs of any status.",
     "SELECT COUNT(*) FROM gig WHERE doors > '19:30'"),
    ("train", "list",
     "Which venues opened before 1980? Read 'c. 1960' as 1960.",
     "SELECT TRIM(venue_name) FROM venue WHERE SUBSTR(opened, -4) < '1980'"),
    ("train", "string",
     "Which vocalist from Portugal made the earliest debut? Give the stage name.",
     "SELECT stage_name FROM vocalist WHERE home_country = 'Portugal' ORDER BY debut_year LIMIT 1"),
    ("train", "float",
     "What was the average price of a balcony ticket, in euros? Count each sale once, and round to "
     "two decimals.",
     "SELECT ROUND(AVG(unit_price), 2) FROM ticket_sale WHERE tier = 'balcony'"),
    ("train", "integer",
     "How many ticket sales used the promo code EARLYOWL? Ignore case.",
     "SELECT COUNT(*) FROM ticket_sale WHERE LOWER(promo_code) = 'earlyowl'"),
    ("train", "table",
     "Which bands have split up? Give the name, the year they were formed and the year they split.",
     "SELECT band_name, formed_year, split_year FROM band WHERE split_year IS NOT NULL"),
    ("train", "list",
     "Which bands from Rotterdam, Lyon or Berlin have not split up?",
     "SELECT band_name FROM band WHERE home_city IN ('Rotterdam', 'Lyon', 'Berlin') "
     "AND split_year IS NULL"),
    ("train", "integer",
     "How many tickets were refunded in 2024?",
     "SELECT SUM(quantity) FROM ticket_sale WHERE refunded_on LIKE '2024-%'"),
    ("train", "string",
     "What was the title of the last gig played in the series Harbour Sessions?",
     "SELECT title FROM gig WHERE series = 'Harbour Sessions' AND status = 'played' "
     "ORDER BY gig_date DESC LIMIT 1"),
    ("train", "table",
     "How many gigs of each year were played, and how many were cancelled? Give the year, the "
     "played and the cancelled ones.",
     "SELECT CAST(SUBSTR(gig_date, 1, 4) AS INTEGER), "
     "SUM(CASE WHEN status = 'played' THEN 1 ELSE 0 END), "
     "SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) "
     "FROM gig GROUP BY SUBSTR(gig_date, 1, 4)"),
    ("train", "list",
     "Which bands have had more than five members over the years? Count former members too.",
     "SELECT b.band_name FROM band AS b JOIN band_member AS m ON m.band_id = b.band_id "
     "GROUP BY b.band_id HAVING COUNT(*) > 5"),
    ("train", "integer",
     "How many vocalists made their debut after the average debut year?",
     "SELECT COUNT(*) FROM vocalist WHERE debut_year > (SELECT AVG(debut_year) FROM vocalist)"),
    ("train", "string",
     "In which month were the most gigs played? Leave out cancelled and postponed gigs, and answer "
     "as YYYY-MM.",
     "SELECT SUBSTR(gig_date, 1, 7) FROM gig WHERE status = 'played' GROUP BY SUBSTR(gig_date, 1, "
     "7) ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "float",
     "What percentage of all gigs, of any status, was booked at a roofed venue? Roofed venues say "
     "y or yes: ignore case and spaces. Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(v.roofed)) IN ('y', 'yes') THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM gig AS g JOIN venue AS v ON v.venue_id = g.venue_id"),
    ("train", "integer",
     "How many tickets were sold for gigs of the series Long Evenings? Count cancelled gigs and "
     "refunded tickets too.",
     "SELECT SUM(t.quantity) FROM ticket_sale AS t JOIN gig AS g ON g.gig_id = t.gig_id "
     "WHERE g.series = 'Long Evenings'"),
    ("train", "list",
     "Which vocalists from Ireland or the United Kingdom sing or have sung lead vocals in a band? "
     "Give the stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v JOIN band_member AS m ON m.vocalist_id = "
     "v.vocalist_id WHERE m.part = 'lead vocals' AND v.home_country IN ('Ireland', 'United "
     "Kingdom')"),
    ("train", "integer",
     "How many sets with a recorded length were played by bands formed before 2005?",
     "SELECT COUNT(*) FROM gig_set AS s JOIN band AS b ON b.band_id = s.band_id "
     "WHERE b.formed_year < 2005 AND s.minutes IS NOT NULL"),
    ("train", "table",
     "Which countries have more than one venue? Give the country, the number of venues, and the "
     "people they hold together as far as known.",
     "SELECT country, COUNT(*), SUM(capacity) FROM venue GROUP BY country HAVING COUNT(*) > 1"),
    ("train", "list",
     "Which vocalists appeared under their own name at a gig together with a band that they were "
     "ever a member of? Count gigs of any status, and give the stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v JOIN gig_set AS own "
     "ON own.vocalist_id = v.vocalist_id JOIN gig_set AS other ON other.gig_id = own.gig_id "
     "JOIN band_member AS m ON m.band_id = other.band_id AND m.vocalist_id = v.vocalist_id"),
    ("train", "string",
     "Which vocalist earned the most in fees under their own name at gigs played in 2023? Give the "
     "stage name.",
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id WHERE g.status = 'played' AND g.gig_date LIKE '2023-%' "
     "AND s.fee_eur IS NOT NULL GROUP BY p.vocalist_id ORDER BY SUM(s.fee_eur) DESC LIMIT 1"),
    ("train", "float",
     "How many tickets were sold per played gig at venues above the average capacity? Count gigs "
     "with at least one sale, and do not deduct refunds. Round to one decimal.",
     "SELECT ROUND(1.0 * SUM(t.quantity) / COUNT(DISTINCT g.gig_id), 1) FROM gig AS g JOIN venue "
     "AS v ON v.venue_id = g.venue_id JOIN ticket_sale AS t ON t.gig_id = g.gig_id WHERE g.status "
     "= 'played' AND v.capacity > (SELECT AVG(capacity) FROM venue)"),
    ("eval", "integer",
     "How many tickets were sold at the door in December 2023? Spelling of the channel varies: "
     "ignore case and spaces.",
     "SELECT SUM(quantity) FROM ticket_sale WHERE LOWER(TRIM(channel)) = 'door' "
     "AND SUBSTR(sold_on, 4) = '12/2023'"),
    ("eval", "list",
     "Which four bands were formed first? Put the oldest first.",
     "SELECT band_name FROM band ORDER BY formed_year LIMIT 4"),
    ("eval", "float",
     "What percentage of the tickets for cancelled gigs has not been refunded? Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN t.refunded_on IS NULL THEN t.quantity ELSE 0 END) "
     "/ SUM(t.quantity), 1) FROM ticket_sale AS t JOIN gig AS g ON g.gig_id = t.gig_id "
     "WHERE g.status = 'cancelled'"),
    ("eval", "list",
     "Which vocalists have left at least two bands? Give their stage names.",
     "SELECT v.stage_name FROM vocalist AS v "
     "JOIN band_member AS m ON m.vocalist_id = v.vocalist_id "
     "WHERE m.until_year IS NOT NULL GROUP BY v.vocalist_id HAVING COUNT(*) >= 2"),
    ("eval", "table",
     "Which venues have more gigs on their calendar than Kesselhalle Süd, and how many has each? "
     "Count gigs of any status.",
     "SELECT TRIM(v.venue_name), COUNT(*) FROM venue AS v JOIN gig AS g ON g.venue_id = v.venue_id "
     "GROUP BY v.venue_id HAVING COUNT(*) > (SELECT COUNT(*) FROM gig AS g2 "
     "JOIN venue AS v2 ON v2.venue_id = g2.venue_id WHERE v2.venue_name = 'Kesselhalle Süd')"),
    ("eval", "string",
     "Which band earned the most in fees for gigs in the United Kingdom in 2024? Count gigs of any "
     "status.",
     "SELECT b.band_name FROM band AS b JOIN gig_set AS s ON s.band_id = b.band_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'United Kingdom' AND g.gig_date LIKE '2024-%' AND s.fee_eur IS NOT NULL "
     "GROUP BY b.band_id ORDER BY SUM(s.fee_eur) DESC LIMIT 1"),
    ("eval", "integer",
     "How many band memberships ended in 2020 or later?",
     "SELECT COUNT(*) FROM band_member WHERE until_year >= 2020"),
    ("eval", "list",
     "Which gigs from 1 July 2023 on were cancelled? Give the titles.",
     "SELECT title FROM gig WHERE status = 'cancelled' AND gig_date >= '2023-07-01'"),
    ("eval", "float",
     "What is the average fee of a band for a set, in euros? Count gigs of any status, skip sets "
     "without a fee, and round to one decimal.",
     "SELECT ROUND(AVG(fee_eur), 1) FROM gig_set WHERE band_id IS NOT NULL"),
    ("eval", "string",
     "Which venue opened most recently?",
     "SELECT TRIM(venue_name) FROM venue WHERE opened IS NOT NULL "
     "ORDER BY SUBSTR(opened, -4) DESC LIMIT 1"),
    ("eval", "table",
     "How many tickets of each tier were sold, and how many euros did they bring in? Do not deduct "
     "refunds.",
     "SELECT tier, SUM(quantity), SUM(quantity * unit_price) FROM ticket_sale GROUP BY tier"),
    ("eval", "list",
     "At which venues has more than one gig been cancelled?",
     "SELECT TRIM(v.venue_name) FROM venue AS v JOIN gig AS g ON g.venue_id = v.venue_id "
     "WHERE g.status = 'cancelled' GROUP BY v.venue_id HAVING COUNT(*) > 1"),
    ("eval", "integer",
     "Add up the tickets in the order of the sale ids, without deducting refunds. At which sale id "
     "does the total first reach 2,000?",
     "SELECT MIN(sale_id) FROM (SELECT sale_id, SUM(quantity) OVER (ORDER BY sale_id) AS total "
     "FROM ticket_sale) WHERE total >= 2000"),
    ("eval", "string",
     "Which genre has the most bands? Spelling of the genre varies: ignore case and spaces. Answer "
     "in lower case.",
     "SELECT LOWER(TRIM(genre)) FROM band WHERE genre IS NOT NULL GROUP BY LOWER(TRIM(genre)) "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which home countries of vocalists have no venue?",
     "SELECT home_country FROM vocalist EXCEPT SELECT country FROM venue"),
)
