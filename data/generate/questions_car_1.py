"""The questions about car_1: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many models have been dropped?",
     "SELECT COUNT(*) FROM model WHERE dropped_year IS NOT NULL"),
    ("train", "list",
     "Which makers were founded before 1915?",
     "SELECT TRIM(maker_name) FROM maker WHERE founded < 1915"),
    ("train", "string",
     "Which maker that belongs to another maker was founded first?",
     "SELECT TRIM(maker_name) FROM maker WHERE owner_id IS NOT NULL ORDER BY founded LIMIT 1"),
    ("train", "float",
     "What is the average price of an electric variant, in euros? Spelling of the fuel varies: "
     "ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(AVG(price_eur), 2) FROM variant WHERE LOWER(TRIM(fuel)) = 'electric'"),
    ("train", "integer",
     "How many variants weigh more than two tonnes?",
     "SELECT COUNT(*) FROM variant WHERE weight_kg > 2000"),
    ("train", "table",
     "Which variants have more than 250 kW? Give the variant's number, its power in kW and its "
     "price in euros.",
     "SELECT variant_id, power_kw, price_eur FROM variant WHERE power_kw > 250"),
    ("train", "list",
     "Which features belong to the category assistance? Spelling of the category varies: ignore "
     "case and spaces.",
     "SELECT feature_name FROM feature WHERE LOWER(TRIM(category)) = 'assistance'"),
    ("train", "integer",
     "For how many variants is the use per 100 km unknown?",
     "SELECT COUNT(*) FROM variant WHERE use_per_100km IS NULL"),
    ("train", "float",
     "How many litres do the diesel variants use per 100 km on average? Spelling of the fuel "
     "varies: ignore case and spaces. Skip variants without a figure, and round to two decimals.",
     "SELECT ROUND(AVG(CAST(use_per_100km AS REAL)), 2) FROM variant "
     "WHERE LOWER(TRIM(fuel)) = 'diesel'"),
    ("train", "string",
     "When was the first recall of 2022 announced? Answer as YYYY-MM-DD.",
     "SELECT MIN(announced) FROM recall WHERE announced LIKE '2022-%'"),
    ("train", "list",
     "Which models were launched in 2018? Dates are written in two ways.",
     "SELECT model_name FROM model WHERE launched LIKE '2018-%' OR launched LIKE '% 2018'"),
    ("train", "integer",
     "How many road tests did The Open Road do from 2018 to 2020, both years included?",
     "SELECT COUNT(*) FROM road_test WHERE tester = 'The Open Road' "
     "AND SUBSTR(tested_on, -4) BETWEEN '2018' AND '2020'"),
    ("train", "table",
     "Which road tests measured a braking distance of less than 35 metres? Some distances have a "
     "decimal comma. Give the test's number and the distance as a number.",
     "SELECT test_id, CAST(REPLACE(brake_m, ',', '.') AS REAL) FROM road_test "
     "WHERE CAST(REPLACE(brake_m, ',', '.') AS REAL) < 35"),
    ("train", "table",
     "Which makers belong to a maker from another country? Give the maker and its owner.",
     "SELECT TRIM(m.maker_name), TRIM(o.maker_name) FROM maker AS m JOIN maker AS o "
     "ON o.maker_id = m.owner_id WHERE o.country <> m.country"),
    ("train", "list",
     "Which models come from makers in Japan or South Korea?",
     "SELECT d.model_name FROM model AS d JOIN maker AS m ON m.maker_id = d.maker_id "
     "WHERE m.country IN ('Japan', 'South Korea')"),
    ("train", "table",
     "How many variants run on each fuel? Spelling of the fuel varies: ignore case and spaces. "
     "Give the fuel in lower case and the number.",
     "SELECT LOWER(TRIM(fuel)), COUNT(*) FROM variant GROUP BY LOWER(TRIM(fuel))"),
    ("train", "list",
     "Which models come in exactly four variants?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "GROUP BY d.model_id HAVING COUNT(*) = 4"),
    ("train", "integer",
     "How many SUV variants cost less than 35,000 euros? Spelling of the body varies: ignore case "
     "and spaces.",
     "SELECT COUNT(*) FROM variant AS v JOIN model AS d ON d.model_id = v.model_id "
     "WHERE LOWER(TRIM(d.body)) = 'suv' AND v.price_eur < 35000"),
    ("train", "float",
     "How many seconds did electric cars take on average to reach 100 km/h in the road tests? "
     "Spelling of the fuel varies: ignore case and spaces. Skip tests without a time, and round to "
     "two decimals.",
     "SELECT ROUND(AVG(t.to_100_s), 2) FROM road_test AS t JOIN variant AS v "
     "ON v.variant_id = t.variant_id WHERE LOWER(TRIM(v.fuel)) = 'electric'"),
    ("train", "string",
     "Which fault has caused the most recalls?",
     "SELECT fault FROM recall GROUP BY fault ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "integer",
     "How many variants cost more than one and a half times the average price?",
     "SELECT COUNT(*) FROM variant WHERE price_eur > 1.5 * (SELECT AVG(price_eur) FROM variant)"),
    ("train", "list",
     "Which countries have both a maker founded before 1930 and one founded after 1950?",
     "SELECT country FROM maker WHERE founded < 1930 "
     "INTERSECT SELECT country FROM maker WHERE founded > 1950"),
    ("train", "table",
     "In which years were at least five models launched? Dates are written in two ways. Give the "
     "year as a number and the count, in ascending order of the years.",
     "SELECT year, COUNT(*) FROM (SELECT CAST(CASE WHEN launched LIKE '____-__' "
     "THEN SUBSTR(launched, 1, 4) ELSE SUBSTR(launched, -4) END AS INTEGER) AS year FROM model) "
     "GROUP BY year HAVING COUNT(*) >= 5 ORDER BY year"),
    ("train", "table",
     "Which is the cheapest variant of each fuel? Spelling of the fuel varies: ignore case and "
     "spaces. Give the fuel in lower case, the variant's number and its price.",
     "SELECT fuel, variant_id, price_eur FROM (SELECT LOWER(TRIM(fuel)) AS fuel, variant_id, "
     "price_eur, RANK() OVER (PARTITION BY LOWER(TRIM(fuel)) ORDER BY price_eur) AS place "
     "FROM variant) WHERE place = 1"),
    ("train", "string",
     "Which feature is available on the most variants, as standard or at extra cost?",
     "SELECT f.feature_name FROM feature AS f JOIN variant_feature AS o "
     "ON o.feature_code = f.feature_code GROUP BY f.feature_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which features cost more than 700 euros on average where they are not standard?",
     "SELECT f.feature_name FROM feature AS f JOIN variant_feature AS o "
     "ON o.feature_code = f.feature_code WHERE o.extra_eur IS NOT NULL "
     "GROUP BY f.feature_code HAVING AVG(o.extra_eur) > 700"),
    ("train", "integer",
     "How many cars did the recalls announced in 2023 call back in all?",
     "SELECT SUM(a.cars) FROM recall AS r JOIN recall_model AS a ON a.recall_id = r.recall_id "
     "WHERE r.announced LIKE '2023-%'"),
    ("train", "float",
     "What percentage of the features available on variants above 50,000 euros is standard, at no "
     "extra cost? Count each feature of each variant, and round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN o.extra_eur IS NULL THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM variant AS v JOIN variant_feature AS o ON o.variant_id = v.variant_id "
     "WHERE v.price_eur > 50000"),
    ("train", "integer",
     "How many models have never been recalled?",
     "SELECT COUNT(*) FROM model AS d WHERE NOT EXISTS "
     "(SELECT 1 FROM recall_model AS a WHERE a.model_id = d.model_id)"),
    ("train", "string",
     "Which maker has no model in the almanac?",
     "SELECT TRIM(maker_name) FROM maker WHERE maker_id NOT IN (SELECT maker_id FROM model)"),
    ("train", "table",
     "Which model has the most expensive variant of each body? Spelling of the body varies: ignore "
     "case and spaces. Give the body in lower case, the model and the price in euros.",
     "SELECT body, model_name, price_eur FROM (SELECT LOWER(TRIM(d.body)) AS body, d.model_name, "
     "v.price_eur, RANK() OVER (PARTITION BY LOWER(TRIM(d.body)) ORDER BY v.price_eur DESC) "
     "AS place FROM model AS d JOIN variant AS v ON v.model_id = d.model_id) WHERE place = 1"),
    ("train", "float",
     "What was the average braking distance of French cars on a dry road, in metres? Spelling of "
     "the road varies: ignore case and spaces. Some distances have a decimal comma. Round to two "
     "decimals.",
     "SELECT ROUND(AVG(CAST(REPLACE(t.brake_m, ',', '.') AS REAL)), 2) FROM road_test AS t "
     "JOIN variant AS v ON v.variant_id = t.variant_id JOIN model AS d ON d.model_id = v.model_id "
     "JOIN maker AS m ON m.maker_id = d.maker_id WHERE m.country = 'France' "
     "AND LOWER(TRIM(t.road)) = 'dry' AND t.brake_m IS NOT NULL"),
    ("train", "list",
     "Which makers have both a diesel and an electric variant? Spelling of the fuel varies: ignore "
     "case and spaces.",
     "SELECT TRIM(m.maker_name) FROM maker AS m JOIN model AS d ON d.maker_id = m.maker_id "
     "JOIN variant AS v ON v.model_id = d.model_id WHERE LOWER(TRIM(v.fuel)) = 'diesel' "
     "INTERSECT SELECT TRIM(m.maker_name) FROM maker AS m "
     "JOIN model AS d ON d.maker_id = m.maker_id JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'electric'"),
    ("train", "string",
     "Which maker has called back the most cars in all?",
     "SELECT TRIM(m.maker_name) FROM maker AS m JOIN model AS d ON d.maker_id = m.maker_id "
     "JOIN recall_model AS a ON a.model_id = d.model_id WHERE a.cars IS NOT NULL "
     "GROUP BY m.maker_id ORDER BY SUM(a.cars) DESC LIMIT 1"),
    ("train", "list",
     "Which models have been tested by all three testers, in any variant?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "JOIN road_test AS t ON t.variant_id = v.variant_id GROUP BY d.model_id "
     "HAVING COUNT(DISTINCT t.tester) = 3"),
    ("eval", "integer",
     "How many road tests on a wet road were done in 2020 or later? Spelling of the road varies: "
     "ignore case and spaces. Dates are written in several ways.",
     "SELECT COUNT(*) FROM road_test WHERE LOWER(TRIM(road)) = 'wet' AND CASE WHEN tested_on "
     "LIKE '____-__-__' THEN SUBSTR(tested_on, 1, 4) ELSE SUBSTR(tested_on, -4) END >= '2020'"),
    ("eval", "list",
     "What kinds of body are there? Spelling of the body varies: ignore case and spaces. Give each "
     "once, in lower case.",
     "SELECT DISTINCT LOWER(TRIM(body)) FROM model"),
    ("eval", "string",
     "Which is the youngest maker with a name in its own script? Give the name in that script.",
     "SELECT local_name FROM maker WHERE local_name IS NOT NULL ORDER BY founded DESC LIMIT 1"),
    ("eval", "integer",
     "How many of the recalls announced in 2022 or later have not been closed?",
     "SELECT COUNT(*) FROM recall WHERE announced LIKE '____-__-__' AND announced >= '2022' "
     "AND closed_on IS NULL"),
    ("eval", "float",
     "What does a tow bar (TOW) cost on average where it costs extra, in euros? Round to one "
     "decimal.",
     "SELECT ROUND(AVG(extra_eur), 1) FROM variant_feature WHERE feature_code = 'TOW'"),
    ("eval", "table",
     "Which models were dropped in 2021 or 2022? Give the model and the year.",
     "SELECT model_name, dropped_year FROM model WHERE dropped_year IN (2021, 2022)"),
    ("eval", "list",
     "Which models come as a hybrid for less than 30,000 euros? Spelling of the fuel varies: "
     "ignore case and spaces. Give each model once.",
     "SELECT DISTINCT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'hybrid' AND v.price_eur < 30000"),
    ("eval", "table",
     "Which makers have at least four models in the almanac, and how many?",
     "SELECT TRIM(m.maker_name), COUNT(*) FROM maker AS m JOIN model AS d "
     "ON d.maker_id = m.maker_id GROUP BY m.maker_id HAVING COUNT(*) >= 4"),
    ("eval", "float",
     "What is the average power, in kW, of the variants with a head-up display (HUD) as standard, "
     "at no extra cost? Round to one decimal.",
     "SELECT ROUND(AVG(v.power_kw), 1) FROM variant AS v JOIN variant_feature AS o "
     "ON o.variant_id = v.variant_id WHERE o.feature_code = 'HUD' AND o.extra_eur IS NULL"),
    ("eval", "string",
     "Which model has the widest gap in price between its cheapest and its most expensive variant?",
     "SELECT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "GROUP BY d.model_id ORDER BY MAX(v.price_eur) - MIN(v.price_eur) DESC LIMIT 1"),
    ("eval", "integer",
     "In how many road tests did the car reach 100 km/h faster than the average of the same "
     "tester's times?",
     "SELECT COUNT(*) FROM road_test AS t WHERE t.to_100_s < (SELECT AVG(o.to_100_s) "
     "FROM road_test AS o WHERE o.tester = t.tester)"),
    ("eval", "list",
     "In which makers' countries was every maker founded in 1930 or earlier?",
     "SELECT country FROM maker EXCEPT SELECT country FROM maker WHERE founded > 1930"),
    ("eval", "list",
     "Which models have an electric variant, but no variant for which a heat pump (HPM) is "
     "offered? Spelling of the fuel varies: ignore case and spaces.",
     "SELECT DISTINCT d.model_name FROM model AS d JOIN variant AS v ON v.model_id = d.model_id "
     "WHERE LOWER(TRIM(v.fuel)) = 'electric' AND d.model_id NOT IN (SELECT w.model_id "
     "FROM variant AS w JOIN variant_feature AS o ON o.variant_id = w.variant_id "
     "WHERE o.feature_code = 'HPM')"),
    ("eval", "table",
     "How many different recalls have there been of cars from each country's makers? Leave out "
     "countries with fewer than four.",
     "SELECT m.country, COUNT(DISTINCT a.recall_id) FROM maker AS m JOIN model AS d "
     "ON d.maker_id = m.maker_id JOIN recall_model AS a ON a.model_id = d.model_id "
     "GROUP BY m.country HAVING COUNT(DISTINCT a.recall_id) >= 4"),
    ("eval", "integer",
     "What is the largest step in price, in euros, from one variant of a Hayase model to the next "
     "more expensive one of the same model?",
     "SELECT MAX(step) FROM (SELECT v.price_eur - LAG(v.price_eur) OVER (PARTITION BY v.model_id "
     "ORDER BY v.price_eur) AS step FROM variant AS v JOIN model AS d ON d.model_id = v.model_id "
     "JOIN maker AS m ON m.maker_id = d.maker_id WHERE TRIM(m.maker_name) = 'Hayase')"),
)
