"""The questions about employee_hire_evaluation: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "For how many people on file is no date of birth known?",
     "SELECT COUNT(*) FROM person WHERE born IS NULL"),
    ("train", "string",
     "Which shop was the first of all to open? Give its name without blanks at the ends.",
     "SELECT TRIM(shop_name) FROM shop ORDER BY CASE WHEN opened LIKE '__.__.____' "
     "THEN SUBSTR(opened, 7, 4) || '-' || SUBSTR(opened, 4, 2) || '-' || SUBSTR(opened, 1, 2) "
     "ELSE opened END LIMIT 1"),
    ("train", "list",
     "Which shops have more than 450 square metres of floor on record? Give the shop codes.",
     "SELECT shop_code FROM shop WHERE floor_m2 > 450"),
    ("train", "float",
     "What is the average interview score of all the applications that led to an interview, that "
     "is, that have a score? Round to two decimals.",
     "SELECT ROUND(AVG(interview_score), 2) FROM application"),
    ("train", "integer",
     "How many applications did the applicants themselves withdraw, however the outcome was typed?",
     "SELECT COUNT(*) FROM application WHERE LOWER(TRIM(outcome)) = 'withdrew'"),
    ("train", "table",
     "In which two jobs is the gap between the lowest and the highest hourly pay widest? Give the "
     "title of the job and the gap, the widest first.",
     "SELECT title, pay_high - pay_low FROM job ORDER BY pay_high - pay_low DESC LIMIT 2"),
    ("train", "integer",
     "How many vacancies were posted in the first six months of 2022?",
     "SELECT COUNT(*) FROM posting WHERE posted_on BETWEEN '2022-01-01' AND '2022-06-30'"),
    ("train", "list",
     "How do the people whose home country is Ukraine or Bulgaria write their names in their own "
     "script?",
     "SELECT own_script FROM person WHERE home_country IN ('Ukraine', 'Bulgaria')"),
    ("train", "float",
     "Of all the appraisals for the year 2023, what percentage came with a bonus? Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * COUNT(bonus_eur) / COUNT(*), 1) FROM appraisal WHERE year = 2023"),
    ("train", "string",
     "Among the courses held in house, which takes the most hours?",
     "SELECT course_name FROM course WHERE provider = 'in house' ORDER BY hours DESC LIMIT 1"),
    ("train", "integer",
     "How many euros were given out as bonuses for the appraisal year 2022 in all?",
     "SELECT SUM(bonus_eur) FROM appraisal WHERE year = 2022"),
    ("train", "list",
     "Why did people leave the employments that ended in 2022? List each recorded reason once.",
     "SELECT DISTINCT reason_left FROM employment WHERE ended LIKE '2022-%' "
     "AND reason_left IS NOT NULL"),
    ("train", "integer",
     "How many different people have applied for at least one vacancy?",
     "SELECT COUNT(DISTINCT person_id) FROM application"),
    ("train", "string",
     "Who is the oldest of the people from Lithuania whose date of birth is known? Give the full "
     "name as it is written in the table.",
     "SELECT full_name FROM person WHERE home_country = 'Lithuania' AND born IS NOT NULL "
     "ORDER BY CASE WHEN born LIKE '__.__.____' "
     "THEN SUBSTR(born, 7, 4) || '-' || SUBSTR(born, 4, 2) || '-' || SUBSTR(born, 1, 2) "
     "ELSE born END LIMIT 1"),
    ("train", "table",
     "How often was each rating given over all the appraisals? Write the rating as a capital "
     "letter without blanks, then the count, and leave out appraisals without a rating.",
     "SELECT UPPER(TRIM(rating)), COUNT(*) FROM appraisal WHERE rating IS NOT NULL "
     "GROUP BY UPPER(TRIM(rating))"),
    ("train", "list",
     "Which vacancies drew at least six applications? Give the posting ids.",
     "SELECT posting_id FROM application GROUP BY posting_id HAVING COUNT(*) >= 6"),
    ("train", "integer",
     "Taking only employments that have not ended, how many are paid more per hour than the "
     "average of those same employments?",
     "SELECT COUNT(*) FROM employment WHERE ended IS NULL AND hourly_pay > "
     "(SELECT AVG(hourly_pay) FROM employment WHERE ended IS NULL)"),
    ("train", "list",
     "Who has held three or more employments with the chain, past and present ones together? Give "
     "the full names as they are written in the table.",
     "SELECT p.full_name FROM person AS p JOIN employment AS e ON e.person_id = p.person_id "
     "GROUP BY p.person_id HAVING COUNT(*) >= 3"),
    ("train", "string",
     "Which shop has put up the most vacancies? Give its name without blanks at the ends.",
     "SELECT TRIM(s.shop_name) FROM shop AS s JOIN posting AS p ON p.shop_code = s.shop_code "
     "GROUP BY s.shop_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "table",
     "Counting only employments without an end date, how many weekly hours do the people in each "
     "job work altogether? Give the job title and the hours; leave out jobs that nobody holds.",
     "SELECT j.title, SUM(e.weekly_hours) FROM job AS j "
     "JOIN employment AS e ON e.job_id = j.job_id WHERE e.ended IS NULL GROUP BY j.job_id"),
    ("train", "list",
     "Which people sent in an application in 2019 and again in 2023? Give their person ids.",
     "SELECT person_id FROM application WHERE applied_on LIKE '2019-%' "
     "INTERSECT SELECT person_id FROM application WHERE applied_on LIKE '2023-%'"),
    ("train", "float",
     "What percentage of the applications for vacancies advertised on the website, however that "
     "was typed, ended with the applicant being hired? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(a.outcome)) = 'hired' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM application AS a JOIN posting AS p ON p.posting_id = a.posting_id "
     "WHERE LOWER(TRIM(p.channel)) = 'website'"),
    ("train", "integer",
     "Comparing each rated appraisal with the same person's rated appraisal before it, how many "
     "times did the rating get better? A is the best rating, case and blanks do not matter, and "
     "appraisals without a rating are skipped.",
     "SELECT COUNT(*) FROM (SELECT UPPER(TRIM(rating)) AS rating_now, LAG(UPPER(TRIM(rating))) "
     "OVER (PARTITION BY person_id ORDER BY year) AS rating_before FROM appraisal "
     "WHERE rating IS NOT NULL) WHERE rating_now < rating_before"),
    ("train", "table",
     "How many courses does each known provider hold, in house counting as a provider, and how "
     "many hours do they add up to? Give the provider, the number of courses and the hours.",
     "SELECT provider, COUNT(*), SUM(hours) FROM course WHERE provider IS NOT NULL "
     "GROUP BY provider"),
    ("train", "list",
     "Which people were rated A, capital or not, in their appraisal for 2022? Give their full "
     "names as they are written in the table.",
     "SELECT p.full_name FROM person AS p JOIN appraisal AS a ON a.person_id = p.person_id "
     "WHERE a.year = 2022 AND UPPER(TRIM(a.rating)) = 'A'"),
    ("train", "integer",
     "How many employments without an end date are there in the shops in Finland?",
     "SELECT COUNT(*) FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code "
     "WHERE s.country = 'Finland' AND e.ended IS NULL"),
    ("train", "string",
     "Leaving aside moves to a new post, what is the reason most often recorded for the end of an "
     "employment?",
     "SELECT reason_left FROM employment WHERE reason_left <> 'new post' GROUP BY reason_left "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which shops, closed ones included, have a recorded floor smaller than the average of all the "
     "recorded floors? Give their names without blanks at the ends.",
     "SELECT TRIM(shop_name) FROM shop WHERE floor_m2 < (SELECT AVG(floor_m2) FROM shop)"),
    ("train", "integer",
     "How many vacancies did nobody apply for?",
     "SELECT COUNT(*) FROM posting AS p WHERE NOT EXISTS "
     "(SELECT 1 FROM application AS a WHERE a.posting_id = p.posting_id)"),
    ("train", "table",
     "Who earns the most per hour in each country that has shops, looking only at employments "
     "without an end date? Give the country of the shop, the full name as it is written in the "
     "table and the hourly pay.",
     "SELECT country, full_name, hourly_pay FROM (SELECT s.country, p.full_name, e.hourly_pay, "
     "RANK() OVER (PARTITION BY s.country ORDER BY e.hourly_pay DESC) AS place "
     "FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code "
     "JOIN person AS p ON p.person_id = e.person_id WHERE e.ended IS NULL) WHERE place = 1"),
    ("train", "list",
     "Who got hired through an application dated 2023 or later although an application of theirs "
     "with an earlier date had been rejected? Give the full names as they are written in the "
     "table.",
     "SELECT p.full_name FROM person AS p WHERE EXISTS (SELECT 1 FROM application AS lost "
     "JOIN application AS won ON won.person_id = lost.person_id "
     "AND won.applied_on > lost.applied_on AND won.applied_on >= '2023' "
     "WHERE lost.person_id = p.person_id "
     "AND LOWER(TRIM(lost.outcome)) = 'rejected' AND LOWER(TRIM(won.outcome)) = 'hired')"),
    ("train", "string",
     "Which course has been attended by the largest number of people who now work, in an "
     "employment without an end date, at a shop in Estonia?",
     "SELECT c.course_name FROM course AS c JOIN attendance AS t ON t.course_id = c.course_id "
     "JOIN employment AS e ON e.person_id = t.person_id "
     "JOIN shop AS s ON s.shop_code = e.shop_code WHERE s.country = 'Estonia' "
     "AND e.ended IS NULL GROUP BY c.course_id ORDER BY COUNT(DISTINCT t.person_id) DESC LIMIT 1"),
    ("train", "list",
     "Which courses has nobody attended who was ever employed as an events planner?",
     "SELECT course_name FROM course AS c WHERE NOT EXISTS (SELECT 1 FROM attendance AS t "
     "JOIN employment AS e ON e.person_id = t.person_id JOIN job AS j ON j.job_id = e.job_id "
     "WHERE t.course_id = c.course_id AND j.title = 'events planner')"),
    ("train", "float",
     "What was the average interview score of the people hired for vacancies at shops in Latvia? "
     "Round to two decimals.",
     "SELECT ROUND(AVG(a.interview_score), 2) FROM application AS a "
     "JOIN posting AS p ON p.posting_id = a.posting_id "
     "JOIN shop AS s ON s.shop_code = p.shop_code "
     "WHERE s.country = 'Latvia' AND LOWER(TRIM(a.outcome)) = 'hired'"),
    ("train", "integer",
     "Going through each person's employments by start date, how many times was one at a shop in a "
     "different country from the one just before it?",
     "SELECT COUNT(*) FROM (SELECT s.country AS there, LAG(s.country) OVER "
     "(PARTITION BY e.person_id ORDER BY CASE WHEN e.started LIKE '__.__.____' "
     "THEN SUBSTR(e.started, 7, 4) || '-' || SUBSTR(e.started, 4, 2) || '-' "
     "|| SUBSTR(e.started, 1, 2) ELSE e.started END) AS previous "
     "FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code) WHERE there <> previous"),
    ("eval", "integer",
     "How many of the people with a known date of birth were born in the 1970s?",
     "SELECT COUNT(*) FROM person WHERE born LIKE '197_-__-__' OR born LIKE '__.__.197_'"),
    ("eval", "float",
     "How large is the average bonus, in euros, where the rating was B and a bonus was paid at "
     "all? Treat small and capital letters alike, ignore blanks, and round to two decimals.",
     "SELECT ROUND(AVG(bonus_eur), 2) FROM appraisal WHERE UPPER(TRIM(rating)) = 'B'"),
    ("eval", "list",
     "Among the shops that have not closed, which three have the smallest floors on record? Give "
     "their names without blanks at the ends, the smallest first.",
     "SELECT TRIM(shop_name) FROM shop WHERE closed_on IS NULL AND floor_m2 IS NOT NULL "
     "ORDER BY floor_m2 LIMIT 3"),
    ("eval", "string",
     "When did the last of the appraisal talks for the year 2021 take place? Answer as "
     "YYYY-MM-DD.",
     "SELECT MAX(SUBSTR(held_on, 7, 4) || '-' || SUBSTR(held_on, 4, 2) || '-' "
     "|| SUBSTR(held_on, 1, 2)) FROM appraisal WHERE year = 2021"),
    ("eval", "integer",
     "How many vacancies of 40 hours a week were advertised in a newspaper, capitals and blanks "
     "aside?",
     "SELECT COUNT(*) FROM posting WHERE weekly_hours = 40 "
     "AND LOWER(TRIM(channel)) = 'newspaper'"),
    ("eval", "table",
     "Which courses are known to be held by somebody outside the house? Give the name, the hours "
     "and the provider of each.",
     "SELECT course_name, hours, provider FROM course WHERE provider <> 'in house'"),
    ("eval", "table",
     "How many shops that have not closed are left in each country?",
     "SELECT country, COUNT(*) FROM shop WHERE closed_on IS NULL GROUP BY country"),
    ("eval", "list",
     "For which appraisal years do more than fifteen appraisals show no bonus?",
     "SELECT year FROM appraisal WHERE bonus_eur IS NULL GROUP BY year HAVING COUNT(*) > 15"),
    ("eval", "integer",
     "How many people have received a bonus of 400 euros or more in at least two different years?",
     "SELECT COUNT(*) FROM (SELECT person_id FROM appraisal WHERE bonus_eur >= 400 "
     "GROUP BY person_id HAVING COUNT(*) >= 2)"),
    ("eval", "float",
     "When people with a university education were interviewed, what score did they get on "
     "average? Schooling was typed in several ways; each scored application counts once. Round to "
     "one decimal.",
     "SELECT ROUND(AVG(a.interview_score), 1) FROM application AS a "
     "JOIN person AS p ON p.person_id = a.person_id WHERE LOWER(TRIM(p.schooling)) = 'university'"),
    ("eval", "string",
     "Which job has seen the most employments come to an end? Give its title.",
     "SELECT j.title FROM job AS j JOIN employment AS e ON e.job_id = j.job_id "
     "WHERE e.ended IS NOT NULL GROUP BY j.job_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which courses have at least ten people passed, however the yes was typed?",
     "SELECT c.course_name FROM course AS c JOIN attendance AS t ON t.course_id = c.course_id "
     "WHERE LOWER(t.passed) = 'yes' GROUP BY c.course_id HAVING COUNT(*) >= 10"),
    ("eval", "list",
     "Who works for the chain now, in an employment without an end date, but has never been "
     "appraised? Give the full names as they are written in the table.",
     "SELECT DISTINCT p.full_name FROM person AS p JOIN employment AS e ON e.person_id = "
     "p.person_id WHERE e.ended IS NULL AND p.person_id NOT IN (SELECT person_id FROM appraisal)"),
    ("eval", "table",
     "Among the applicants who were hired, who had the best interview score for each job title? "
     "Give the title, the full name as it is written in the table and the score, and list everyone "
     "who shares the best score of a job.",
     "SELECT title, full_name, interview_score FROM (SELECT j.title, p.full_name, "
     "a.interview_score, RANK() OVER (PARTITION BY j.job_id ORDER BY a.interview_score DESC) "
     "AS place FROM application AS a JOIN posting AS v ON v.posting_id = a.posting_id "
     "JOIN job AS j ON j.job_id = v.job_id JOIN person AS p ON p.person_id = a.person_id "
     "WHERE LOWER(TRIM(a.outcome)) = 'hired') WHERE place = 1"),
    ("eval", "list",
     "Which home countries have had people apply for vacancies without anyone from there ever "
     "being hired through an application?",
     "SELECT p.home_country FROM person AS p JOIN application AS a ON a.person_id = p.person_id "
     "EXCEPT SELECT p.home_country FROM person AS p JOIN application AS a "
     "ON a.person_id = p.person_id WHERE LOWER(TRIM(a.outcome)) = 'hired'"),
)
