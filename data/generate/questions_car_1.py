"""The questions about car_1: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many models have been dropped, that is, have a year of being dropped on record?",
     "SELECT COUNT(*) FROM model WHERE dropped_year IS NOT NULL"),
    ("train", "list",
     "Which makers were founded before 1915? Give their names without blanks at the ends.",
     "SELECT TRIM(maker_name) FROM maker WHERE founded < 1915"),
    ("train", "string",
     "Of the makers that belong to another maker, which was founded first? Give its name without "
     "blanks at the ends.",
     "SELECT TRIM(maker_name) FROM maker WHERE owner_id IS NOT NULL ORDER BY founded LIMIT 1"),
    ("train", "float",
     "What is the average price in euros of an electric variant? Allow for the ways the fuel was "
     "typed and round to two decimals.",
     "SELECT ROUND(AVG(price_eur), 2) FROM variant WHERE LOWER(TRIM(fuel)) = 'electric'"),
    ("train", "integer",
     "How many variants are known to weigh more than two tonnes?",
     "SELECT COUNT(*) FROM variant WHERE weight_kg > 2000"),
    ("train", "table",
     "Which variants have more than 250 kW? Give the number of the variant, its power in kW and "
     "its price in euros.",
     "SELECT variant_id, power_kw, price_eur FROM variant WHERE power_kw > 250"),
    ("train", "list",
     "What are the names of the features filed under assistance, however the category was typed?",
     "SELECT feature_name FROM feature WHERE LOWER(TRIM(category)) = 'assistance'"),
    ("train", "integer",
     "For how many variants does the almanac not say how much fuel or power they use?",
     "SELECT COUNT(*) FROM variant WHERE use_per_100km IS NULL"),
    ("train", "float",
     "How many litres do the diesel variants use per 100 km on average, where that is known? "
     "Spellings of the fuel vary; round to two decimals.",
     "SELECT ROUND(AVG(CAST(use_per_100km AS REAL)), 2) FROM variant "
     "WHERE LOWER(TRIM(fuel)) = 'diesel'"),
    ("train", "string",
     "On what day was the first recall of 2022 announced? Answer as YYYY-MM-DD.",
     "SELECT MIN(announced) FROM recall WHERE announced LIKE '2022-%'"),
    ("train", "list",
     "Which models were launched in 2018? The dates come in two forms.",
     "SELECT model_name FROM model WHERE launched LIKE '2018-%' OR launched LIKE '% 2018'"),
    ("train", "integer",
     "How many road tests did The Open Road do in the years 2018 to 2020, both included?",
     "SELECT COUNT(*) FROM road_test WHERE tester = 'The Open Road' "
     "AND SUBSTR(tested_on, -4) BETWEEN '2018' AND '2020'"),
    ("train", "table",
     "Which road tests measured a braking distance of less than 35 metres? Give the number of the "
     "test and the distance in metres as a number.",
     "SELECT test_id, CAST(REPLACE(brake_m, ',', '.') AS REAL) FROM road_test "
     "WHERE CAST(REPLACE(brake_m, ',', '.') AS REAL) < 35"),
    ("train", "table",
     "Which makers belong to a maker from another country? Give the name of the maker and then "
     "that of its owner, without blanks at the ends.",
     "SELECT TRIM(m.maker_name), TRIM(o.maker_name) FROM maker AS m JOIN maker AS o "
     "ON o.maker_id = m.owner_id WHERE o.country <> m.country"),
    ("train", "list",
     "Which models come from makers in Japan or South Korea?",
     "SELECT d.model_name FROM model AS d JOIN maker AS m ON m.maker_id = d.maker_id "
     "WHERE m.country IN ('Japan', 'South Korea')"),
    ("train", "table",
     "How many variants run on each fuel? Merge spellings that differ only in capitals or blanks, "
     "and write the fuels in lower case.",
     "SELECT LOWER(TRIM(fuel)), COUNT(*) FROM variant GROUP BY LOWER(TRIM(fuel))"),
    ("train", "list",
     "Which models come in four variants?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "GROUP BY d.model_id HAVING COUNT(*) = 4"),
    ("train", "integer",
     "How many variants of an SUV, in whatever spelling, cost less than 35,000 euros?",
     "SELECT COUNT(*) FROM variant AS v JOIN model AS d ON d.model_id = v.model_id "
     "WHERE LOWER(TRIM(d.body)) = 'suv' AND v.price_eur < 35000"),
    ("train", "float",
     "How many seconds did electric cars take on average to reach 100 km/h in the road tests that "
     "measured it? Allow for the ways the fuel was typed and round to two decimals.",
     "SELECT ROUND(AVG(t.to_100_s), 2) FROM road_test AS t JOIN variant AS v "
     "ON v.variant_id = t.variant_id WHERE LOWER(TRIM(v.fuel)) = 'electric'"),
    ("train", "string",
     "Which fault has been the cause of the most recalls?",
     "SELECT fault FROM recall GROUP BY fault ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "integer",
     "How many variants are more than one and a half times as expensive as the average variant?",
     "SELECT COUNT(*) FROM variant WHERE price_eur > 1.5 * (SELECT AVG(price_eur) FROM variant)"),
    ("train", "list",
     "Which countries have both a maker founded before 1930 and one founded after 1950?",
     "SELECT country FROM maker WHERE founded < 1930 "
     "INTERSECT SELECT country FROM maker WHERE founded > 1950"),
    ("train", "table",
     "How many models were launched in each year, leaving out years with fewer than five? Give the "
     "year as a number and the count, in ascending order of the years.",
     "SELECT year, COUNT(*) FROM (SELECT CAST(CASE WHEN launched LIKE '____-__' "
     "THEN SUBSTR(launched, 1, 4) ELSE SUBSTR(launched, -4) END AS INTEGER) AS year FROM model) "
     "GROUP BY year HAVING COUNT(*) >= 5 ORDER BY year"),
    ("train", "table",
     "Which is the cheapest variant of each fuel? Give the fuel in lower case without blanks, "
     "merging spellings that then agree, the number of the variant and its price.",
     "SELECT fuel, variant_id, price_eur FROM (SELECT LOWER(TRIM(fuel)) AS fuel, variant_id, "
     "price_eur, RANK() OVER (PARTITION BY LOWER(TRIM(fuel)) ORDER BY price_eur) AS place "
     "FROM variant) WHERE place = 1"),
    ("train", "string",
     "Which feature is available, as standard or at extra cost, on the most variants?",
     "SELECT f.feature_name FROM feature AS f JOIN variant_feature AS o "
     "ON o.feature_code = f.feature_code GROUP BY f.feature_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which features cost more than 700 euros on average where they are not standard? Give their "
     "names.",
     "SELECT f.feature_name FROM feature AS f JOIN variant_feature AS o "
     "ON o.feature_code = f.feature_code WHERE o.extra_eur IS NOT NULL "
     "GROUP BY f.feature_code HAVING AVG(o.extra_eur) > 700"),
    ("train", "integer",
     "How many cars, as far as their number is known, were called back by the recalls announced in "
     "2023?",
     "SELECT SUM(a.cars) FROM recall AS r JOIN recall_model AS a ON a.recall_id = r.recall_id "
     "WHERE r.announced LIKE '2023-%'"),
    ("train", "float",
     "Of all the features available on variants that cost more than 50,000 euros, what percentage "
     "is standard, at no extra cost? Count each feature of each variant and round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN o.extra_eur IS NULL THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM variant AS v JOIN variant_feature AS o ON o.variant_id = v.variant_id "
     "WHERE v.price_eur > 50000"),
    ("train", "integer",
     "How many models have never been part of a recall?",
     "SELECT COUNT(*) FROM model AS d WHERE NOT EXISTS "
     "(SELECT 1 FROM recall_model AS a WHERE a.model_id = d.model_id)"),
    ("train", "string",
     "Which maker has no model in the almanac? Give its name without blanks at the ends.",
     "SELECT TRIM(maker_name) FROM maker WHERE maker_id NOT IN (SELECT maker_id FROM model)"),
    ("train", "table",
     "For each body, allowing for the ways it was typed, which model has the most expensive "
     "variant? Give the body in lower case, the model and the price in euros.",
     "SELECT body, model_name, price_eur FROM (SELECT LOWER(TRIM(d.body)) AS body, d.model_name, "
     "v.price_eur, RANK() OVER (PARTITION BY LOWER(TRIM(d.body)) ORDER BY v.price_eur DESC) "
     "AS place FROM model AS d JOIN variant AS v ON v.model_id = d.model_id) WHERE place = 1"),
    ("train", "float",
     "What was the average braking distance in metres of French cars on a dry road, in the tests "
     "that have one on record? Mind the ways roads and distances are written; round to two "
     "decimals.",
     "SELECT ROUND(AVG(CAST(REPLACE(t.brake_m, ',', '.') AS REAL)), 2) FROM road_test AS t "
     "JOIN variant AS v ON v.variant_id = t.variant_id JOIN model AS d ON d.model_id = v.model_id "
     "JOIN maker AS m ON m.maker_id = d.maker_id WHERE m.country = 'France' "
     "AND LOWER(TRIM(t.road)) = 'dry' AND t.brake_m IS NOT NULL"),
    ("train", "list",
     "Which makers have both a diesel and an electric variant on their books? Allow for the ways "
     "fuels were typed, and give the makers' names without blanks at the ends.",
     "SELECT TRIM(m.maker_name) FROM maker AS m JOIN model AS d ON d.maker_id = m.maker_id "
     "JOIN variant AS v ON v.model_id = d.model_id WHERE LOWER(TRIM(v.fuel)) = 'diesel' "
     "INTERSECT SELECT TRIM(m.maker_name) FROM maker AS m "
     "JOIN model AS d ON d.maker_id = m.maker_id JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'electric'"),
    ("train", "string",
     "Which maker has had to call back the most cars, going by the numbers that are known? Give "
     "its name without blanks at the ends.",
     "SELECT TRIM(m.maker_name) FROM maker AS m JOIN model AS d ON d.maker_id = m.maker_id "
     "JOIN recall_model AS a ON a.model_id = d.model_id WHERE a.cars IS NOT NULL "
     "GROUP BY m.maker_id ORDER BY SUM(a.cars) DESC LIMIT 1"),
    ("train", "list",
     "Of which models have all three testers tried at least one variant each?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "JOIN road_test AS t ON t.variant_id = v.variant_id GROUP BY d.model_id "
     "HAVING COUNT(DISTINCT t.tester) = 3"),
    ("eval", "integer",
     "How many road tests have been done on a wet road since the start of 2020? The road and the "
     "date are each written in several ways.",
     "SELECT COUNT(*) FROM road_test WHERE LOWER(TRIM(road)) = 'wet' AND CASE WHEN tested_on "
     "LIKE '____-__-__' THEN SUBSTR(tested_on, 1, 4) ELSE SUBSTR(tested_on, -4) END >= '2020'"),
    ("eval", "list",
     "What kinds of body are there? Name each once, in lower case and without blanks at the ends.",
     "SELECT DISTINCT LOWER(TRIM(body)) FROM model"),
    ("eval", "string",
     "Among the makers with a name in their own script on record, which is the youngest? Give the "
     "name in that script.",
     "SELECT local_name FROM maker WHERE local_name IS NOT NULL ORDER BY founded DESC LIMIT 1"),
    ("eval", "integer",
     "How many of the recalls announced in 2022 or later have not been closed?",
     "SELECT COUNT(*) FROM recall WHERE announced LIKE '____-__-__' AND announced >= '2022' "
     "AND closed_on IS NULL"),
    ("eval", "float",
     "What does a tow bar (TOW) cost on average on the variants where it costs extra, in euros? "
     "Round to one decimal.",
     "SELECT ROUND(AVG(extra_eur), 1) FROM variant_feature WHERE feature_code = 'TOW'"),
    ("eval", "table",
     "Which models were dropped in 2021 or 2022? Give each model's name with the year.",
     "SELECT model_name, dropped_year FROM model WHERE dropped_year IN (2021, 2022)"),
    ("eval", "list",
     "Which models can be had as a hybrid for less than 30,000 euros? The fuel is typed in several "
     "ways; name each model once.",
     "SELECT DISTINCT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'hybrid' AND v.price_eur < 30000"),
    ("eval", "table",
     "Which makers have at least four models in the almanac, and how many? Give the makers' names "
     "without blanks at the ends.",
     "SELECT TRIM(m.maker_name), COUNT(*) FROM maker AS m JOIN model AS d "
     "ON d.maker_id = m.maker_id GROUP BY m.maker_id HAVING COUNT(*) >= 4"),
    ("eval", "float",
     "How many kW do the variants have on average that come with a head-up display (HUD) as "
     "standard, without extra cost? Round to one decimal.",
     "SELECT ROUND(AVG(v.power_kw), 1) FROM variant AS v JOIN variant_feature AS o "
     "ON o.variant_id = v.variant_id WHERE o.feature_code = 'HUD' AND o.extra_eur IS NULL"),
    ("eval", "string",
     "For which model is the gap in price between its cheapest and its most expensive variant the "
     "widest?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "GROUP BY d.model_id ORDER BY MAX(v.price_eur) - MIN(v.price_eur) DESC LIMIT 1"),
    ("eval", "integer",
     "In how many road tests did the car reach 100 km/h in less time than the average of all the "
     "times that the same tester recorded?",
     "SELECT COUNT(*) FROM road_test AS t WHERE t.to_100_s < (SELECT AVG(o.to_100_s) "
     "FROM road_test AS o WHERE o.tester = t.tester)"),
    ("eval", "list",
     "In which of the makers' countries was every maker on record founded in 1930 or earlier?",
     "SELECT country FROM maker EXCEPT SELECT country FROM maker WHERE founded > 1930"),
    ("eval", "list",
     "Which models have an electric variant, however that was typed, but no variant for which a "
     "heat pump (HPM) is offered?",
     "SELECT DISTINCT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'electric' AND d.model_id NOT IN (SELECT w.model_id "
     "FROM variant AS w JOIN variant_feature AS o ON o.variant_id = w.variant_id "
     "WHERE o.feature_code = 'HPM')"),
    ("eval", "table",
     "How many different recalls have there been of cars from makers in each country? Leave out "
     "countries with fewer than four.",
     "SELECT m.country, COUNT(DISTINCT a.recall_id) FROM maker AS m JOIN model AS d "
     "ON d.maker_id = m.maker_id JOIN recall_model AS a ON a.model_id = d.model_id "
     "GROUP BY m.country HAVING COUNT(DISTINCT a.recall_id) >= 4"),
    ("eval", "integer",
     "What is the largest difference in price, in euros, between one variant of a model of Hayase "
     "and the next more expensive variant of the same model?",
     "SELECT MAX(step) FROM (SELECT v.price_eur - LAG(v.price_eur) OVER (PARTITION BY v.model_id "
     "ORDER BY v.price_eur) AS step FROM variant AS v JOIN model AS d ON d.model_id = v.model_id "
     "JOIN maker AS m ON m.maker_id = d.maker_id WHERE TRIM(m.maker_name) = 'Hayase')"),
)
