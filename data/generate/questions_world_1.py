"""The questions about world_1: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many of the listed countries are landlocked?",
     "SELECT COUNT(*) FROM country WHERE landlocked = 1"),
    ("train", "list",
     "Which of the listed countries joined the United Nations after 1992? Give their English "
     "names.",
     "SELECT TRIM(country_name) FROM country WHERE un_year > 1992"),
    ("train", "string",
     "Which city has the smallest population, apart from capitals and seats of government?",
     "SELECT TRIM(city_name) FROM city WHERE role IS NULL AND population_k IS NOT NULL "
     "ORDER BY population_k LIMIT 1"),
    ("train", "float",
     "What is the average area, in square kilometres, of the countries that use the euro (EUR)? "
     "Skip countries without an area, and round to two decimals.",
     "SELECT ROUND(AVG(area_km2), 2) FROM country WHERE currency = 'EUR'"),
    ("train", "integer",
     "How many dialling codes start with 00 instead of a plus sign?",
     "SELECT COUNT(*) FROM country WHERE TRIM(dialling) LIKE '00%'"),
    ("train", "table",
     "Which countries are larger than 1,200,000 square kilometres? Give the English name and the "
     "area.",
     "SELECT TRIM(country_name), area_km2 FROM country WHERE area_km2 > 1200000"),
    ("train", "list",
     "Which languages belong to the Celtic, the Baltic or the Uralic family? Give each language's "
     "own name.",
     "SELECT own_name FROM language WHERE family IN ('Celtic', 'Baltic', 'Uralic')"),
    ("train", "integer",
     "How many different currencies do the listed countries use?",
     "SELECT COUNT(DISTINCT currency) FROM country"),
    ("train", "float",
     "What percentage of the listed cities has no population on record? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN population_k IS NULL THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM city"),
    ("train", "string",
     "Which country whose English name starts with M has the largest area?",
     "SELECT country_name FROM country WHERE country_name LIKE 'M%' AND area_km2 IS NOT NULL "
     "ORDER BY area_km2 DESC LIMIT 1"),
    ("train", "integer",
     "How many memberships of alliances have ended?",
     "SELECT COUNT(*) FROM membership WHERE left_on IS NOT NULL"),
    ("train", "list",
     "Which countries have an English name of exactly five letters? Do not count spaces around it.",
     "SELECT TRIM(country_name) FROM country WHERE LENGTH(TRIM(country_name)) = 5"),
    ("train", "integer",
     "For how many memberships is the full date of joining known, and not only the year?",
     "SELECT COUNT(*) FROM membership WHERE LENGTH(joined) > 4"),
    ("train", "table",
     "Which countries joined ASEAN after 1990? Give the two-letter code, and the date as it is "
     "written.",
     "SELECT iso2, joined FROM membership WHERE bloc_code = 'ASEAN' "
     "AND SUBSTR(joined, -4) > '1990'"),
    ("train", "list",
     "Which countries in the region Southern Europe use a currency other than the euro (EUR)? Give "
     "their English names.",
     "SELECT TRIM(c.country_name) FROM country AS c JOIN region AS r "
     "ON r.region_code = c.region_code WHERE r.region_name = 'Southern Europe' "
     "AND c.currency <> 'EUR'"),
    ("train", "table",
     "How many listed countries are there on each continent?",
     "SELECT r.continent, COUNT(*) FROM country AS c JOIN region AS r "
     "ON r.region_code = c.region_code GROUP BY r.continent"),
    ("train", "list",
     "Which currencies do two or more of the listed countries share? Give the currency codes.",
     "SELECT currency FROM country GROUP BY currency HAVING COUNT(*) >= 2"),
    ("train", "integer",
     "How many listed cities of landlocked countries are neither a capital nor a seat of "
     "government?",
     "SELECT COUNT(*) FROM city AS t JOIN country AS c ON c.iso2 = t.iso2 "
     "WHERE c.landlocked = 1 AND t.role IS NULL"),
    ("train", "float",
     "What is the average population, in thousands, of the listed cities in countries that joined "
     "the United Nations in 1955? Skip cities without a population, and round to two decimals.",
     "SELECT ROUND(AVG(t.population_k), 2) FROM city AS t JOIN country AS c ON c.iso2 = t.iso2 "
     "WHERE c.un_year = 1955"),
    ("train", "list",
     "Which countries share a land border with Zambia? Give their English names in alphabetical "
     "order.",
     "SELECT TRIM(n.country_name) FROM border AS b JOIN country AS z "
     "ON z.iso2 IN (b.iso2_a, b.iso2_b) JOIN country AS n ON n.iso2 IN (b.iso2_a, b.iso2_b) "
     "WHERE TRIM(z.country_name) = 'Zambia' AND n.iso2 <> z.iso2 ORDER BY TRIM(n.country_name)"),
    ("train", "string",
     "Which language family has the second most languages? Skip languages without a family.",
     "SELECT family FROM (SELECT family, RANK() OVER (ORDER BY COUNT(*) DESC) AS place "
     "FROM language WHERE family IS NOT NULL GROUP BY family) WHERE place = 2"),
    ("train", "integer",
     "How many countries are larger than the average of all recorded areas?",
     "SELECT COUNT(*) FROM country WHERE area_km2 > (SELECT AVG(area_km2) FROM country)"),
    ("train", "list",
     "Which countries have been members of both EU and EFTA, at the same time or not? Give their "
     "two-letter codes.",
     "SELECT iso2 FROM membership WHERE bloc_code = 'EU' "
     "INTERSECT SELECT iso2 FROM membership WHERE bloc_code = 'EFTA'"),
    ("train", "table",
     "Which countries have at least five listed cities, and how many? Put the most cities first, "
     "and equal numbers in alphabetical order of the English names.",
     "SELECT TRIM(c.country_name), COUNT(*) FROM country AS c JOIN city AS t ON t.iso2 = c.iso2 "
     "GROUP BY c.iso2 HAVING COUNT(*) >= 5 ORDER BY COUNT(*) DESC, TRIM(c.country_name)"),
    ("train", "integer",
     "In which year did the number of listed countries in the United Nations first exceed 50?",
     "SELECT MIN(un_year) FROM (SELECT un_year, SUM(COUNT(*)) OVER (ORDER BY un_year) AS so_far "
     "FROM country WHERE un_year IS NOT NULL GROUP BY un_year) WHERE so_far > 50"),
    ("train", "integer",
     "How many languages are official in exactly one of the listed countries? Spelling of the "
     "status varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM (SELECT lang_code FROM country_language "
     "WHERE LOWER(TRIM(status)) = 'official' GROUP BY lang_code HAVING COUNT(*) = 1)"),
    ("train", "list",
     "Which languages have the status regional in at least one country? Spelling of the status "
     "varies: ignore case and spaces. Give their English names.",
     "SELECT DISTINCT l.language_name FROM language AS l JOIN country_language AS s "
     "ON s.lang_code = l.lang_code WHERE LOWER(TRIM(s.status)) = 'regional'"),
    ("train", "table",
     "How many of the listed countries are still members of each alliance? Give the alliance's "
     "full name and the number, in alphabetical order.",
     "SELECT b.bloc_name, COUNT(*) FROM bloc AS b JOIN membership AS m "
     "ON m.bloc_code = b.bloc_code WHERE m.left_on IS NULL GROUP BY b.bloc_code "
     "ORDER BY b.bloc_name"),
    ("train", "list",
     "Which countries share no land border with another listed country?",
     "SELECT TRIM(c.country_name) FROM country AS c WHERE NOT EXISTS "
     "(SELECT 1 FROM border AS b WHERE c.iso2 IN (b.iso2_a, b.iso2_b))"),
    ("train", "integer",
     "How many countries have no city with a population on record?",
     "SELECT COUNT(*) FROM country WHERE iso2 NOT IN "
     "(SELECT iso2 FROM city WHERE population_k IS NOT NULL)"),
    ("train", "table",
     "What is the most populous listed city of each region? Give the region and the city.",
     "SELECT region_name, city FROM (SELECT r.region_name, TRIM(t.city_name) AS city, RANK() OVER "
     "(PARTITION BY r.region_code ORDER BY t.population_k DESC) AS place FROM city AS t "
     "JOIN country AS c ON c.iso2 = t.iso2 JOIN region AS r ON r.region_code = c.region_code "
     "WHERE t.population_k IS NOT NULL) WHERE place = 1"),
    ("train", "string",
     "Which language family comes up most often among the official languages of the European "
     "countries? Count a language once for each country. Spelling of the status varies: ignore "
     "case and spaces.",
     "SELECT l.family FROM language AS l JOIN country_language AS s ON s.lang_code = l.lang_code "
     "JOIN country AS c ON c.iso2 = s.iso2 JOIN region AS r ON r.region_code = c.region_code "
     "WHERE r.continent = 'Europe' AND LOWER(TRIM(s.status)) = 'official' "
     "AND l.family IS NOT NULL GROUP BY l.family ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "string",
     "Which country has English as an official language but has never belonged to a listed "
     "alliance? Spelling of the status varies: ignore case and spaces.",
     "SELECT TRIM(c.country_name) FROM country AS c JOIN country_language AS s ON s.iso2 = c.iso2 "
     "JOIN language AS l ON l.lang_code = s.lang_code WHERE l.language_name = 'English' "
     "AND LOWER(TRIM(s.status)) = 'official' AND c.iso2 NOT IN (SELECT iso2 FROM membership)"),
    ("train", "list",
     "Which countries border both Brazil and Peru? Give their English names.",
     "SELECT TRIM(c.country_name) FROM country AS c JOIN border AS b "
     "ON c.iso2 IN (b.iso2_a, b.iso2_b) WHERE 'BR' IN (b.iso2_a, b.iso2_b) AND c.iso2 <> 'BR' "
     "INTERSECT SELECT TRIM(c.country_name) FROM country AS c JOIN border AS b "
     "ON c.iso2 IN (b.iso2_a, b.iso2_b) WHERE 'PE' IN (b.iso2_a, b.iso2_b) AND c.iso2 <> 'PE'"),
    ("train", "float",
     "What is the average population, in thousands, of the capitals of the present members of the "
     "Southern African Development Community? Count every city with the role capital. Spelling of "
     "the role varies: ignore case and spaces. Round to one decimal.",
     "SELECT ROUND(AVG(t.population_k), 1) FROM bloc AS b JOIN membership AS m "
     "ON m.bloc_code = b.bloc_code JOIN city AS t ON t.iso2 = m.iso2 "
     "WHERE b.bloc_name = 'Southern African Development Community' AND m.left_on IS NULL "
     "AND LOWER(TRIM(t.role)) = 'capital'"),
    ("eval", "integer",
     "How many land borders does Colombia (CO) have?",
     "SELECT COUNT(*) FROM border WHERE 'CO' IN (iso2_a, iso2_b)"),
    ("eval", "list",
     "Which countries that use the euro (EUR) have no local name on record?",
     "SELECT TRIM(country_name) FROM country WHERE currency = 'EUR' AND local_name IS NULL"),
    ("eval", "float",
     "What is the average population, in thousands, of the cities with the role capital? Spelling "
     "of the role varies: ignore case and spaces. Round to one decimal.",
     "SELECT ROUND(AVG(population_k), 1) FROM city WHERE LOWER(TRIM(role)) = 'capital'"),
    ("eval", "string",
     "Which landlocked country has the largest area?",
     "SELECT TRIM(country_name) FROM country WHERE landlocked = 1 AND area_km2 IS NOT NULL "
     "ORDER BY area_km2 DESC LIMIT 1"),
    ("eval", "integer",
     "How many of the listed cities have more than 5 million inhabitants?",
     "SELECT COUNT(*) FROM city WHERE population_k > 5000"),
    ("eval", "table",
     "Which memberships ended before 1980? Give the alliance's code, the country's two-letter "
     "code, and the date of leaving as it is written.",
     "SELECT bloc_code, iso2, left_on FROM membership WHERE left_on < '1980'"),
    ("eval", "float",
     "What percentage of the listed African countries is landlocked? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(c.landlocked) / COUNT(*), 1) FROM country AS c JOIN region AS r "
     "ON r.region_code = c.region_code WHERE r.continent = 'Africa'"),
    ("eval", "list",
     "Which countries have at least seven listed neighbours? Give their English names.",
     "SELECT TRIM(c.country_name) FROM country AS c JOIN border AS b "
     "ON b.iso2_a = c.iso2 OR b.iso2_b = c.iso2 GROUP BY c.iso2 HAVING COUNT(*) >= 7"),
    ("eval", "integer",
     "After which year did the longest gap begin in which no listed country joined the United "
     "Nations?",
     "SELECT before FROM (SELECT LAG(un_year) OVER (ORDER BY un_year) AS before, "
     "un_year - LAG(un_year) OVER (ORDER BY un_year) AS spell FROM country "
     "WHERE un_year IS NOT NULL) WHERE spell IS NOT NULL ORDER BY spell DESC LIMIT 1"),
    ("eval", "integer",
     "How many land borders run between two landlocked countries?",
     "SELECT COUNT(*) FROM border AS b JOIN country AS one ON one.iso2 = b.iso2_a "
     "JOIN country AS other ON other.iso2 = b.iso2_b "
     "WHERE one.landlocked = 1 AND other.landlocked = 1"),
    ("eval", "table",
     "In which years did four or more of the listed countries join the United Nations? Give the "
     "year and the number, in ascending order of the years.",
     "SELECT un_year, COUNT(*) FROM country WHERE un_year IS NOT NULL GROUP BY un_year "
     "HAVING COUNT(*) >= 4 ORDER BY un_year"),
    ("eval", "list",
     "Which countries are in NATO but not in the EU today? Give their two-letter codes.",
     "SELECT iso2 FROM membership WHERE bloc_code = 'NATO' AND left_on IS NULL "
     "EXCEPT SELECT iso2 FROM membership WHERE bloc_code = 'EU' AND left_on IS NULL"),
    ("eval", "list",
     "Which countries outside NATO share a land border with at least four of its present members? "
     "Give the English names.",
     "SELECT TRIM(c.country_name) FROM country AS c JOIN border AS b "
     "ON c.iso2 IN (b.iso2_a, b.iso2_b) JOIN membership AS m ON m.iso2 IN (b.iso2_a, b.iso2_b) "
     "AND m.iso2 <> c.iso2 WHERE m.bloc_code = 'NATO' AND m.left_on IS NULL "
     "AND c.iso2 NOT IN (SELECT iso2 FROM membership WHERE bloc_code = 'NATO' "
     "AND left_on IS NULL) GROUP BY c.iso2 HAVING COUNT(*) >= 4"),
    ("eval", "table",
     "How many different languages are official somewhere on each continent? Spelling of the "
     "status varies: ignore case and spaces. Give the continent and the number, the largest number "
     "first.",
     "SELECT r.continent, COUNT(DISTINCT s.lang_code) FROM region AS r JOIN country AS c "
     "ON c.region_code = r.region_code JOIN country_language AS s ON s.iso2 = c.iso2 "
     "WHERE LOWER(TRIM(s.status)) = 'official' GROUP BY r.continent "
     "ORDER BY COUNT(DISTINCT s.lang_code) DESC"),
    ("eval", "string",
     "In which city is the seat of the alliance that the most countries have left?",
     "SELECT TRIM(t.city_name) FROM bloc AS b JOIN city AS t ON t.city_id = b.seat_id "
     "JOIN membership AS m ON m.bloc_code = b.bloc_code WHERE m.left_on IS NOT NULL "
     "GROUP BY b.bloc_code ORDER BY COUNT(*) DESC LIMIT 1"),
)
