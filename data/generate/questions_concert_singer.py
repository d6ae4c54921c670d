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
)
