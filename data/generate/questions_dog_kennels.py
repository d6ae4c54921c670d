"""The questions about dog_kennels: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many dogs have no breed on record?",
     "SELECT COUNT(*) FROM dog WHERE breed IS NULL"),
    ("train", "string",
     "Which heated run has the largest floor? Give its code.",
     "SELECT run_code FROM kennel_run WHERE heated = 1 ORDER BY area_m2 DESC LIMIT 1"),
    ("train", "list",
     "Which walkers have left the kennel?",
     "SELECT walker_name FROM walker WHERE left_on IS NOT NULL"),
    ("train", "float",
     "What do the dogs weigh on average, in kilograms? Skip dogs that were never weighed, and "
     "round to one decimal.",
     "SELECT ROUND(AVG(weight_kg), 1) FROM dog"),
    ("train", "integer",
     "How many bookings came in online? Count cancelled ones too. Spelling of the way of booking "
     "varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM stay WHERE LOWER(TRIM(booked)) = 'online'"),
    ("train", "integer",
     "How many dogs were born in 2021? Dates of birth are written in two ways.",
     "SELECT COUNT(*) FROM dog WHERE born LIKE '2021-%' OR born LIKE '%/2021'"),
    ("train", "list",
     "Which runs have a weight limit of 30 kg or more? Give the codes.",
     "SELECT run_code FROM kennel_run WHERE max_kg >= 30"),
    ("train", "table",
     "Which are the three heaviest dogs? Give the name and the weight, the heaviest first.",
     "SELECT call_name, weight_kg FROM dog WHERE weight_kg IS NOT NULL "
     "ORDER BY weight_kg DESC LIMIT 3"),
    ("train", "string",
     "Which dog was the last to die? Give its name.",
     "SELECT call_name FROM dog WHERE died_on IS NOT NULL ORDER BY died_on DESC LIMIT 1"),
    ("train", "integer",
     "How many households said yes to the newsletter? Ignore case and spaces in the entry yes.",
     "SELECT COUNT(*) FROM household WHERE LOWER(TRIM(newsletter)) = 'yes'"),
    ("train", "float",
     "How long was the average walk in the rain, in kilometres? Round to two decimals.",
     "SELECT ROUND(AVG(km), 2) FROM outing WHERE rain = 1"),
    ("train", "list",
     "In which towns do the households in France live? Spelling of the town varies: ignore case "
     "and spaces. Give each once, in lower case.",
     "SELECT DISTINCT LOWER(TRIM(town)) FROM household WHERE country = 'FR'"),
    ("train", "integer",
     "How many different dogs have been off the leash on a walk?",
     "SELECT COUNT(DISTINCT dog_id) FROM outing_dog WHERE off_leash = 1"),
    ("train", "string",
     "Which of the walkers who still work here was hired first?",
     "SELECT walker_name FROM walker WHERE left_on IS NULL ORDER BY SUBSTR(hired, -4) LIMIT 1"),
    ("train", "list",
     "Which dogs were booked in more than five times? Count cancelled bookings too, and give the "
     "names.",
     "SELECT d.call_name FROM dog AS d JOIN stay AS s ON s.dog_id = d.dog_id GROUP BY d.dog_id "
     "HAVING COUNT(*) > 5"),
    ("train", "table",
     "How many walks followed each route, and how many kilometres were they together? Round the "
     "kilometres to one decimal.",
     "SELECT route, COUNT(*), ROUND(SUM(km), 1) FROM outing GROUP BY route"),
    ("train", "integer",
     "How many dogs weigh more than the average dog? Skip dogs that were never weighed.",
     "SELECT COUNT(*) FROM dog WHERE weight_kg > (SELECT AVG(weight_kg) FROM dog)"),
    ("train", "table",
     "How many bookings asked for each kind of food? Spelling of the food varies: ignore case and "
     "spaces. Give the kind in lower case and the number, and skip bookings without one.",
     "SELECT LOWER(TRIM(food)), COUNT(*) FROM stay WHERE food IS NOT NULL "
     "GROUP BY LOWER(TRIM(food))"),
    ("train", "float",
     "What percentage of the stays was in the garden wing? Skip cancelled bookings, which have no "
     "run, and round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN r.wing = 'garden' THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM stay AS s JOIN kennel_run AS r ON r.run_code = s.run_code"),
    ("train", "list",
     "Who led at least one walk on the route Lange Erlen in 2023?",
     "SELECT DISTINCT w.walker_name FROM walker AS w JOIN outing AS o "
     "ON o.walker_id = w.walker_id WHERE o.route = 'Lange Erlen' AND o.walked_on LIKE '2023-%'"),
    ("train", "table",
     "How many dogs are of a breed from each country of origin? Skip dogs without a breed. Give "
     "the country and the number.",
     "SELECT b.origin, COUNT(*) FROM dog AS d JOIN breed AS b ON b.breed = d.breed "
     "GROUP BY b.origin"),
    ("train", "list",
     "On which dates did a walk take the same route as the walk before it? Answer as YYYY-MM-DD.",
     "SELECT walked_on FROM (SELECT walked_on, route, LAG(route) OVER (ORDER BY walked_on) AS "
     "route_before FROM outing) WHERE route = route_before"),
    ("train", "string",
     "Which walker's walks are the longest on average?",
     "SELECT w.walker_name FROM walker AS w JOIN outing AS o ON o.walker_id = w.walker_id "
     "GROUP BY w.walker_id ORDER BY AVG(o.km) DESC LIMIT 1"),
    ("train", "float",
     "How many nights did dogs of more than 30 kg stay on average? Skip cancelled bookings, which "
     "have no number of nights, and round to two decimals.",
     "SELECT ROUND(AVG(s.nights), 2) FROM stay AS s JOIN dog AS d ON d.dog_id = s.dog_id "
     "WHERE d.weight_kg > 30"),
    ("train", "integer",
     "How many dogs have stayed in both run N1 and run N2?",
     "SELECT COUNT(*) FROM (SELECT dog_id FROM stay WHERE run_code = 'N1' "
     "INTERSECT SELECT dog_id FROM stay WHERE run_code = 'N2')"),
    ("train", "list",
     "Which dogs were noted as nervous on at least two walks? Spelling of the mood varies: ignore "
     "case and spaces. Give their names.",
     "SELECT d.call_name FROM dog AS d JOIN outing_dog AS m ON m.dog_id = d.dog_id "
     "WHERE LOWER(TRIM(m.mood)) = 'nervous' GROUP BY d.dog_id HAVING COUNT(*) >= 2"),
    ("train", "table",
     "How many runs does each wing have, and how many square metres are they together?",
     "SELECT wing, COUNT(*), SUM(area_m2) FROM kennel_run GROUP BY wing"),
    ("train", "integer",
     "How many bookings were for dogs born before 2012? Count cancelled bookings too. Dates of "
     "birth are written in two ways.",
     "SELECT COUNT(*) FROM stay AS s JOIN dog AS d ON d.dog_id = s.dog_id WHERE CASE WHEN d.born "
     "LIKE '%/%' THEN SUBSTR(d.born, 4) ELSE SUBSTR(d.born, 1, 4) END < '2012'"),
    ("train", "list",
     "Which breeds on the kennel's list do none of its dogs belong to?",
     "SELECT breed FROM breed WHERE NOT EXISTS (SELECT 1 FROM dog WHERE dog.breed = breed.breed)"),
    ("train", "string",
     "Which household ran up the largest bill? Charge each stay to the dog's main household: "
     "nights times the nightly rate, plus extras. Missing extras are zero, and bookings without "
     "nights cost nothing. Give the contact.",
     "SELECT h.contact FROM household AS h JOIN dog_household AS k "
     "ON k.household_id = h.household_id JOIN stay AS s ON s.dog_id = k.dog_id "
     "WHERE k.role = 'main' AND s.nights IS NOT NULL GROUP BY h.household_id "
     "ORDER BY SUM(s.nights * s.nightly_eur + COALESCE(s.extras_eur, 0)) DESC LIMIT 1"),
    ("train", "float",
     "How many kilometres did Bernese Mountain Dogs walk on the outings? Count an outing once for "
     "each such dog, and round to one decimal.",
     "SELECT ROUND(SUM(o.km), 1) FROM outing AS o JOIN outing_dog AS m ON m.outing_id = "
     "o.outing_id JOIN dog AS d ON d.dog_id = m.dog_id WHERE d.breed = 'Bernese Mountain Dog'"),
    ("train", "list",
     "Whose dogs did Lena Sigristin walk in the rain? Give the contacts of the main households.",
     "SELECT DISTINCT h.contact FROM household AS h JOIN dog_household AS k "
     "ON k.household_id = h.household_id JOIN outing_dog AS m ON m.dog_id = k.dog_id "
     "JOIN outing AS o ON o.outing_id = m.outing_id JOIN walker AS w "
     "ON w.walker_id = o.walker_id WHERE k.role = 'main' AND o.rain = 1 "
     "AND w.walker_name = 'Lena Sigristin'"),
    ("train", "table",
     "Which run of each wing was slept in for the most nights? Give the wing, the run's code and "
     "the nights.",
     "SELECT wing, run_code, nights FROM (SELECT r.wing, r.run_code, SUM(s.nights) AS nights, "
     "RANK() OVER (PARTITION BY r.wing ORDER BY SUM(s.nights) DESC) AS place FROM kennel_run AS r "
     "JOIN stay AS s ON s.run_code = r.run_code GROUP BY r.run_code) WHERE place = 1"),
    ("train", "integer",
     "How many dogs whose main household is in Switzerland have never had a booking, not even a "
     "cancelled one?",
     "SELECT COUNT(*) FROM dog_household AS k JOIN household AS h "
     "ON h.household_id = k.household_id WHERE k.role = 'main' AND h.country = 'CH' "
     "AND NOT EXISTS (SELECT 1 FROM stay AS s WHERE s.dog_id = k.dog_id)"),
    ("train", "string",
     "Which walker took out the fewest different dogs in 2024? Skip walkers who took out none that "
     "year.",
     "SELECT w.walker_name FROM walker AS w JOIN outing AS o ON o.walker_id = w.walker_id "
     "JOIN outing_dog AS m ON m.outing_id = o.outing_id WHERE o.walked_on >= '2024' "
     "GROUP BY w.walker_id ORDER BY COUNT(DISTINCT m.dog_id) LIMIT 1"),
    ("eval", "integer",
     "How many walks took place in the first three months of 2024?",
     "SELECT COUNT(*) FROM outing WHERE walked_on BETWEEN '2024-01-01' AND '2024-03-31'"),
    ("eval", "list",
     "Which dogs weigh less than 6 kg? Give their names.",
     "SELECT call_name FROM dog WHERE weight_kg < 6"),
    ("eval", "float",
     "How many euros were the extras of a stay on average? Skip stays without extras, and round to "
     "two decimals.",
     "SELECT ROUND(AVG(extras_eur), 2) FROM stay WHERE extras_eur IS NOT NULL"),
    ("eval", "table",
     "Which unheated runs are larger than 8 square metres? Give the code and the area.",
     "SELECT run_code, area_m2 FROM kennel_run WHERE heated = 0 AND area_m2 > 8"),
    ("eval", "integer",
     "How many bookings were for arrival in December 2023? Count cancelled ones too. Dates are "
     "written in two ways.",
     "SELECT COUNT(*) FROM stay WHERE arrived LIKE '2023-12-%' OR arrived LIKE '%/12/2023'"),
    ("eval", "integer",
     "How many households were referred to the kennel by a household in a different country?",
     "SELECT COUNT(*) FROM household AS h JOIN household AS r ON r.household_id = h.referred_by "
     "WHERE r.country <> h.country"),
    ("eval", "integer",
     "How many stays lasted more than twice as many nights as the average stay? Skip cancelled "
     "bookings, which have no number of nights.",
     "SELECT COUNT(*) FROM stay WHERE nights > 2 * (SELECT AVG(nights) FROM stay)"),
    ("eval", "list",
     "Which households are the main household of three dogs or more? Count dead dogs too, and give "
     "the contacts.",
     "SELECT h.contact FROM household AS h JOIN dog_household AS k "
     "ON k.household_id = h.household_id WHERE k.role = 'main' GROUP BY h.household_id "
     "HAVING COUNT(*) >= 3"),
    ("eval", "string",
     "Which breed has the lowest average weight? Take only breeds with at least three weighed "
     "dogs.",
     "SELECT breed FROM dog WHERE breed IS NOT NULL AND weight_kg IS NOT NULL GROUP BY breed "
     "HAVING COUNT(*) >= 3 ORDER BY AVG(weight_kg) LIMIT 1"),
    ("eval", "table",
     "How many bookings came in each way, and how many of them were cancelled? Cancelled bookings "
     "have no run. Spelling of the way of booking varies: ignore case and spaces. Give it in lower "
     "case with the two numbers.",
     "SELECT LOWER(TRIM(booked)), COUNT(*), SUM(CASE WHEN run_code IS NULL THEN 1 ELSE 0 END) "
     "FROM stay GROUP BY LOWER(TRIM(booked))"),
    ("eval", "float",
     "How heavy is the average male dog (m) of a German breed, in kilograms? Ignore case and "
     "spaces in the entry. Skip dogs that were never weighed, and round to two decimals.",
     "SELECT ROUND(AVG(d.weight_kg), 2) FROM dog AS d JOIN breed AS b ON b.breed = d.breed "
     "WHERE b.origin = 'Germany' AND LOWER(TRIM(d.sex)) = 'm'"),
    ("eval", "list",
     "Which households in Germany have never referred another household to the kennel? Give the "
     "contacts.",
     "SELECT h.contact FROM household AS h WHERE h.country = 'DE' AND NOT EXISTS "
     "(SELECT 1 FROM household AS r WHERE r.referred_by = h.household_id)"),
    ("eval", "list",
     "Which dogs have stayed in both the quiet wing and the south wing? Give their dog ids.",
     "SELECT s.dog_id FROM stay AS s JOIN kennel_run AS r ON r.run_code = s.run_code "
     "WHERE r.wing = 'quiet' INTERSECT SELECT s.dog_id FROM stay AS s JOIN kennel_run AS r "
     "ON r.run_code = s.run_code WHERE r.wing = 'south'"),
    ("eval", "integer",
     "Add up the nights of dogs of more than 30 kg in the order of the stay ids. At which stay id "
     "does the total first pass 60?",
     "SELECT MIN(stay_id) FROM (SELECT s.stay_id, SUM(s.nights) OVER (ORDER BY s.stay_id) AS "
     "total FROM stay AS s JOIN dog AS d ON d.dog_id = s.dog_id WHERE d.weight_kg > 30) WHERE "
     "total > 60"),
    ("eval", "table",
     "How many different dogs from each country have stayed, and for how many nights in all? Go by "
     "the country code of the main household, and skip cancelled bookings, which have no number of "
     "nights.",
     "SELECT h.country, COUNT(DISTINCT s.dog_id), SUM(s.nights) FROM household AS h "
     "JOIN dog_household AS k ON k.household_id = h.household_id JOIN stay AS s "
     "ON s.dog_id = k.dog_id WHERE k.role = 'main' AND s.nights IS NOT NULL GROUP BY h.country"),
)
