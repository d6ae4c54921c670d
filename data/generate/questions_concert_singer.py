"""The questions about concert_singer: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "For how many vocalists has no legal name been recorded?",
     "SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL"),
    ("train", "string",
     "Which venue has the largest recorded capacity? Give its name without blanks at the ends.",
     "SELECT TRIM(venue_name) FROM venue WHERE capacity IS NOT NULL "
     "ORDER BY capacity DESC LIMIT 1"),
    ("train", "list",
     "Which bands are filed under jazz, however the genre was typed?",
     "SELECT band_name FROM band WHERE LOWER(TRIM(genre)) = 'jazz'"),
    ("train", "float",
     "How many minutes does a set last on average, counting only the sets whose length was "
     "recorded? Round to two decimals.",
     "SELECT ROUND(AVG(minutes), 2) FROM gig_set"),
    ("train", "integer",
     "How many vocalists are known to have been born in the 1980s?",
     "SELECT COUNT(*) FROM vocalist WHERE SUBSTR(born, -4) BETWEEN '1980' AND '1989'"),
    ("train", "integer",
     "How many gigs were played at venues in Berlin in 2023? Leave out the cancelled and the "
     "postponed ones.",
     "SELECT COUNT(*) FROM gig AS g JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE LOWER(TRIM(v.city)) = 'berlin' AND g.status = 'played' AND g.gig_date LIKE '2023-%'"),
    ("train", "list",
     "Which kinds of voice do more than ten vocalists share? Treat spellings that differ only in "
     "capitals or blanks as one, and answer in lower case.",
     "SELECT LOWER(TRIM(voice)) FROM vocalist WHERE voice IS NOT NULL GROUP BY LOWER(TRIM(voice)) "
     "HAVING COUNT(*) > 10"),
    ("train", "integer",
     "How many venues hold more people than the average venue does? Leave out venues whose "
     "capacity is unknown.",
     "SELECT COUNT(*) FROM venue WHERE capacity > (SELECT AVG(capacity) FROM venue)"),
    ("train", "list",
     "Which vocalists from Germany are in at least one band today, that is, with no year of "
     "leaving it on record? Give their stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v "
     "JOIN band_member AS m ON m.vocalist_id = v.vocalist_id "
     "WHERE v.home_country = 'Germany' AND m.until_year IS NULL"),
    ("train", "table",
     "How many tickets were sold through each sales channel, refunded ones included? Write the "
     "channels in lower case and without blanks, and merge the spellings that then agree.",
     "SELECT LOWER(TRIM(channel)), SUM(quantity) FROM ticket_sale GROUP BY LOWER(TRIM(channel))"),
    ("train", "list",
     "Which bands have never been on the bill of any gig?",
     "SELECT band_name FROM band WHERE NOT EXISTS "
     "(SELECT 1 FROM gig_set WHERE gig_set.band_id = band.band_id)"),
    ("train", "integer",
     "How many minutes of playing are recorded in all for The Paper Herons at venues in Ireland?",
     "SELECT SUM(s.minutes) FROM gig_set AS s JOIN band AS b ON b.band_id = s.band_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE b.band_name = 'The Paper Herons' AND v.country = 'Ireland'"),
    ("train", "list",
     "Which vocalists were on the bill under their own name both at a gig played in Germany and at "
     "one played in Ireland? Give their stage names.",
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'Germany' AND g.status = 'played' "
     "INTERSECT "
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'Ireland' AND g.status = 'played'"),
    ("train", "table",
     "Going by the date of the gig, which gig of each year took the most ticket money, refunds not "
     "deducted? Give the year and the title of the gig.",
     "SELECT year, title FROM (SELECT CAST(SUBSTR(g.gig_date, 1, 4) AS INTEGER) AS year, g.title, "
     "RANK() OVER (PARTITION BY SUBSTR(g.gig_date, 1, 4) "
     "ORDER BY SUM(t.quantity * t.unit_price) DESC) AS place "
     "FROM gig AS g JOIN ticket_sale AS t ON t.gig_id = g.gig_id GROUP BY g.gig_id) "
     "WHERE place = 1"),
    ("train", "integer",
     "How many gigs had their doors set for later than 19:30, as far as the time is known and "
     "whatever became of the gig?",
     "SELECT COUNT(*) FROM gig WHERE doors > '19:30'"),
    ("train", "list",
     "Which venues opened before 1980? Take a rough year such as 'c. 1960' at its word, and give "
     "the names without blanks at the ends.",
     "SELECT TRIM(venue_name) FROM venue WHERE SUBSTR(opened, -4) < '1980'"),
    ("train", "string",
     "Which vocalist from Portugal made the earliest debut? Give the stage name.",
     "SELECT stage_name FROM vocalist WHERE home_country = 'Portugal' ORDER BY debut_year LIMIT 1"),
    ("train", "float",
     "What was the average price of a balcony ticket in euros, each sale counting once however "
     "many tickets it was for? Round to two decimals.",
     "SELECT ROUND(AVG(unit_price), 2) FROM ticket_sale WHERE tier = 'balcony'"),
    ("train", "integer",
     "How many ticket sales used the promo code EARLYOWL, in capitals or in small letters?",
     "SELECT COUNT(*) FROM ticket_sale WHERE LOWER(promo_code) = 'earlyowl'"),
    ("train", "table",
     "Which bands have split up? Give the name, the year they were formed and the year they split.",
     "SELECT band_name, formed_year, split_year FROM band WHERE split_year IS NOT NULL"),
    ("train", "list",
     "Which bands call Rotterdam, Lyon or Berlin home and have not split up?",
     "SELECT band_name FROM band WHERE home_city IN ('Rotterdam', 'Lyon', 'Berlin') "
     "AND split_year IS NULL"),
    ("train", "integer",
     "How many tickets were refunded in 2024, going by the date of the refund?",
     "SELECT SUM(quantity) FROM ticket_sale WHERE refunded_on LIKE '2024-%'"),
    ("train", "string",
     "What was the title of the last gig played in the series Harbour Sessions?",
     "SELECT title FROM gig WHERE series = 'Harbour Sessions' AND status = 'played' "
     "ORDER BY gig_date DESC LIMIT 1"),
    ("train", "table",
     "For each year, how many of its gigs were played and how many were cancelled? Go by the date "
     "of the gig and give the year, the played and the cancelled ones.",
     "SELECT CAST(SUBSTR(gig_date, 1, 4) AS INTEGER), "
     "SUM(CASE WHEN status = 'played' THEN 1 ELSE 0 END), "
     "SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) "
     "FROM gig GROUP BY SUBSTR(gig_date, 1, 4)"),
    ("train", "list",
     "Which bands have had more than five members over the years, those who left included?",
     "SELECT b.band_name FROM band AS b JOIN band_member AS m ON m.band_id = b.band_id "
     "GROUP BY b.band_id HAVING COUNT(*) > 5"),
    ("train", "integer",
     "How many vocalists made their debut after the average debut year of them all?",
     "SELECT COUNT(*) FROM vocalist WHERE debut_year > (SELECT AVG(debut_year) FROM vocalist)"),
    ("train", "string",
     "In which month of which year were the most gigs played, not counting cancelled and "
     "postponed ones? Answer as YYYY-MM.",
     "SELECT SUBSTR(gig_date, 1, 7) FROM gig WHERE status = 'played' GROUP BY SUBSTR(gig_date, 1, "
     "7) ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "float",
     "What percentage of all the gigs, of whatever status, was booked at a venue marked as roofed, "
     "with y or yes in any spelling? A venue without a mark counts as not roofed. Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(v.roofed)) IN ('y', 'yes') THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM gig AS g JOIN venue AS v ON v.venue_id = g.venue_id"),
    ("train", "integer",
     "How many tickets were sold for the gigs of the series Long Evenings, whatever became of the "
     "gigs and of the tickets?",
     "SELECT SUM(t.quantity) FROM ticket_sale AS t JOIN gig AS g ON g.gig_id = t.gig_id "
     "WHERE g.series = 'Long Evenings'"),
    ("train", "list",
     "Which vocalists from Ireland or the United Kingdom have sung the lead vocals in a band, now "
     "or in the past? Give the stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v JOIN band_member AS m ON m.vocalist_id = "
     "v.vocalist_id WHERE m.part = 'lead vocals' AND v.home_country IN ('Ireland', 'United "
     "Kingdom')"),
    ("train", "integer",
     "How many sets of recorded length were played by bands formed before 2005?",
     "SELECT COUNT(*) FROM gig_set AS s JOIN band AS b ON b.band_id = s.band_id "
     "WHERE b.formed_year < 2005 AND s.minutes IS NOT NULL"),
    ("train", "table",
     "Which countries have more than one venue, how many has each, and how many people do the "
     "venues of known capacity hold together?",
     "SELECT country, COUNT(*), SUM(capacity) FROM venue GROUP BY country HAVING COUNT(*) > 1"),
    ("train", "list",
     "Which vocalists were on a bill under their own name beside a band that they have ever been a "
     "member of? Count gigs of any status and give the stage names.",
     "SELECT DISTINCT v.stage_name FROM vocalist AS v JOIN gig_set AS own "
     "ON own.vocalist_id = v.vocalist_id JOIN gig_set AS other ON other.gig_id = own.gig_id "
     "JOIN band_member AS m ON m.band_id = other.band_id AND m.vocalist_id = v.vocalist_id"),
    ("train", "string",
     "Which vocalist earned the most in recorded fees under their own name at gigs played in 2023? "
     "Give the stage name.",
     "SELECT p.stage_name FROM vocalist AS p JOIN gig_set AS s ON s.vocalist_id = p.vocalist_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id WHERE g.status = 'played' AND g.gig_date LIKE '2023-%' "
     "AND s.fee_eur IS NOT NULL GROUP BY p.vocalist_id ORDER BY SUM(s.fee_eur) DESC LIMIT 1"),
    ("train", "float",
     "At venues of more than the average known capacity, how many tickets were sold per gig "
     "played? Count the gigs with at least one sale, and do not deduct refunds. Round to one "
     "decimal.",
     "SELECT ROUND(1.0 * SUM(t.quantity) / COUNT(DISTINCT g.gig_id), 1) FROM gig AS g JOIN venue "
     "AS v ON v.venue_id = g.venue_id JOIN ticket_sale AS t ON t.gig_id = g.gig_id WHERE g.status "
     "= 'played' AND v.capacity > (SELECT AVG(capacity) FROM venue)"),
    ("eval", "integer",
     "How many tickets were sold at the door in December 2023?",
     "SELECT SUM(quantity) FROM ticket_sale WHERE LOWER(TRIM(channel)) = 'door' "
     "AND SUBSTR(sold_on, 4) = '12/2023'"),
    ("eval", "list",
     "Name the four bands that were formed first, the oldest first.",
     "SELECT band_name FROM band ORDER BY formed_year LIMIT 4"),
    ("eval", "float",
     "Of all the tickets sold for gigs that were cancelled, what percentage has no refund on "
     "record? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN t.refunded_on IS NULL THEN t.quantity ELSE 0 END) "
     "/ SUM(t.quantity), 1) FROM ticket_sale AS t JOIN gig AS g ON g.gig_id = t.gig_id "
     "WHERE g.status = 'cancelled'"),
    ("eval", "list",
     "Which vocalists have a year of leaving on record for at least two bands? Give their stage "
     "names.",
     "SELECT v.stage_name FROM vocalist AS v "
     "JOIN band_member AS m ON m.vocalist_id = v.vocalist_id "
     "WHERE m.until_year IS NOT NULL GROUP BY v.vocalist_id HAVING COUNT(*) >= 2"),
    ("eval", "table",
     "Which venues have had more gigs on their calendar than Kesselhalle Süd, and how many has "
     "each had, whatever became of those gigs? Give the names without blanks at the ends.",
     "SELECT TRIM(v.venue_name), COUNT(*) FROM venue AS v JOIN gig AS g ON g.venue_id = v.venue_id "
     "GROUP BY v.venue_id HAVING COUNT(*) > (SELECT COUNT(*) FROM gig AS g2 "
     "JOIN venue AS v2 ON v2.venue_id = g2.venue_id WHERE v2.venue_name = 'Kesselhalle Süd')"),
    ("eval", "string",
     "Which band earned the most in recorded fees for gigs dated 2024 in the United Kingdom?",
     "SELECT b.band_name FROM band AS b JOIN gig_set AS s ON s.band_id = b.band_id "
     "JOIN gig AS g ON g.gig_id = s.gig_id JOIN venue AS v ON v.venue_id = g.venue_id "
     "WHERE v.country = 'United Kingdom' AND g.gig_date LIKE '2024-%' AND s.fee_eur IS NOT NULL "
     "GROUP BY b.band_id ORDER BY SUM(s.fee_eur) DESC LIMIT 1"),
    ("eval", "integer",
     "How many memberships of bands ended in 2020 or later?",
     "SELECT COUNT(*) FROM band_member WHERE until_year >= 2020"),
    ("eval", "list",
     "Which gigs dated in the second half of 2023 or later, from 1 July 2023 on, were cancelled? "
     "Give the titles.",
     "SELECT title FROM gig WHERE status = 'cancelled' AND gig_date >= '2023-07-01'"),
    ("eval", "float",
     "What is the average fee of a band, in euros, over the sets with a fee on record, whether or "
     "not they were played? Leave out vocalists under their own name. Round to one decimal.",
     "SELECT ROUND(AVG(fee_eur), 1) FROM gig_set WHERE band_id IS NOT NULL"),
    ("eval", "string",
     "Which venue is the newest, going by the year it opened? Give its name.",
     "SELECT TRIM(venue_name) FROM venue WHERE opened IS NOT NULL "
     "ORDER BY SUBSTR(opened, -4) DESC LIMIT 1"),
    ("eval", "table",
     "For each tier of ticket, how many tickets were sold and how many euros did they bring in? "
     "Refunds are not deducted.",
     "SELECT tier, SUM(quantity), SUM(quantity * unit_price) FROM ticket_sale GROUP BY tier"),
    ("eval", "list",
     "At which venues has more than one gig been cancelled? Give the names without blanks at the "
     "ends.",
     "SELECT TRIM(v.venue_name) FROM venue AS v JOIN gig AS g ON g.venue_id = v.venue_id "
     "WHERE g.status = 'cancelled' GROUP BY v.venue_id HAVING COUNT(*) > 1"),
    ("eval", "integer",
     "Adding up the tickets in the order of the sale ids, refunds not deducted, with which sale id "
     "does the total first reach 2,000?",
     "SELECT MIN(sale_id) FROM (SELECT sale_id, SUM(quantity) OVER (ORDER BY sale_id) AS total "
     "FROM ticket_sale) WHERE total >= 2000"),
    ("eval", "string",
     "Under which genre are the most bands filed, if capitals and blanks make no difference? "
     "Answer in lower case.",
     "SELECT LOWER(TRIM(genre)) FROM band WHERE genre IS NOT NULL GROUP BY LOWER(TRIM(genre)) "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "In which home countries of vocalists is there no venue on file?",
     "SELECT home_country FROM vocalist EXCEPT SELECT country FROM venue"),
)
