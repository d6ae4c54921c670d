"""The questions about employee_hire_evaluation: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many people have no date of birth on record?",
     "SELECT COUNT(*) FROM person WHERE born IS NULL"),
    ("train", "string",
     "Which shop opened first? Dates are written in two ways.",
     "SELECT TRIM(shop_name) FROM shop ORDER BY CASE WHEN opened LIKE '__.__.____' "
     "THEN SUBSTR(opened, 7, 4) || '-' || SUBSTR(opened, 4, 2) || '-' || SUBSTR(opened, 1, 2) "
     "ELSE opened END LIMIT 1"),
    ("train", "list",
     "Which shops have more than 450 square metres of floor? Give the shop codes.",
     "SELECT shop_code FROM shop WHERE floor_m2 > 450"),
    ("train", "float",
     "What is the average interview score of an application? Skip applications without a score, "
     "and round to two decimals.",
     "SELECT ROUND(AVG(interview_score), 2) FROM application"),
    ("train", "integer",
     "How many applications did the applicants themselves withdraw (outcome withdrew)? Spelling of "
     "the outcome varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM application WHERE LOWER(TRIM(outcome)) = 'withdrew'"),
    ("train", "table",
     "Which two jobs have the widest gap between the lowest and the highest hourly pay? Give the "
     "title and the gap, the widest first.",
     "SELECT title, pay_high - pay_low FROM job ORDER BY pay_high - pay_low DESC LIMIT 2"),
    ("train", "integer",
     "How many vacancies were posted in the first six months of 2022?",
     "SELECT COUNT(*) FROM posting WHERE posted_on BETWEEN '2022-01-01' AND '2022-06-30'"),
    ("train", "list",
     "How do the people from Ukraine and Bulgaria write their names in their own script?",
     "SELECT own_script FROM person WHERE home_country IN ('Ukraine', 'Bulgaria')"),
    ("train", "float",
     "What percentage of the appraisals for 2023 came with a bonus? Round to one decimal.",
     "SELECT ROUND(100.0 * COUNT(bonus_eur) / COUNT(*), 1) FROM appraisal WHERE year = 2023"),
    ("train", "string",
     "Which of the courses held in house takes the most hours?",
     "SELECT course_name FROM course WHERE provider = 'in house' ORDER BY hours DESC LIMIT 1"),
    ("train", "integer",
     "How many euros of bonuses were paid in all for the appraisal year 2022?",
     "SELECT SUM(bonus_eur) FROM appraisal WHERE year = 2022"),
    ("train", "list",
     "Why did people leave the employments that ended in 2022? Give each reason once.",
     "SELECT DISTINCT reason_left FROM employment WHERE ended LIKE '2022-%' "
     "AND reason_left IS NOT NULL"),
    ("train", "integer",
     "How many different people have applied for a vacancy?",
     "SELECT COUNT(DISTINCT person_id) FROM application"),
    ("train", "string",
     "Who is the oldest person from Lithuania? Dates of birth are written in two ways. Give the "
     "full name.",
     "SELECT full_name FROM person WHERE home_country = 'Lithuania' AND born IS NOT NULL "
     "ORDER BY CASE WHEN born LIKE '__.__.____' "
     "THEN SUBSTR(born, 7, 4) || '-' || SUBSTR(born, 4, 2) || '-' || SUBSTR(born, 1, 2) "
     "ELSE born END LIMIT 1"),
    ("train", "table",
     "How often was each rating given in the appraisals? Spelling of the rating varies: ignore "
     "case and spaces. Give the rating as a capital letter and the count, and skip appraisals "
     "without one.",
     "SELECT UPPER(TRIM(rating)), COUNT(*) FROM appraisal WHERE rating IS NOT NULL "
     "GROUP BY UPPER(TRIM(rating))"),
    ("train", "list",
     "Which vacancies drew at least six applications? Give the posting ids.",
     "SELECT posting_id FROM application GROUP BY posting_id HAVING COUNT(*) >= 6"),
    ("train", "integer",
     "How many current employments are paid more per hour than the average current employment? A "
     "current employment has no end date.",
     "SELECT COUNT(*) FROM employment WHERE ended IS NULL AND hourly_pay > "
     "(SELECT AVG(hourly_pay) FROM employment WHERE ended IS NULL)"),
    ("train", "list",
     "Who has held three or more employments with the chain, past and present together? Give the "
     "full names.",
     "SELECT p.full_name FROM person AS p JOIN employment AS e ON e.person_id = p.person_id "
     "GROUP BY p.person_id HAVING COUNT(*) >= 3"),
    ("train", "string",
     "Which shop has posted the most vacancies?",
     "SELECT TRIM(s.shop_name) FROM shop AS s JOIN posting AS p ON p.shop_code = s.shop_code "
     "GROUP BY s.shop_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "table",
     "How many weekly hours do the current employments of each job add up to? A current employment "
     "has no end date. Give the job title and the hours.",
     "SELECT j.title, SUM(e.weekly_hours) FROM job AS j "
     "JOIN employment AS e ON e.job_id = j.job_id WHERE e.ended IS NULL GROUP BY j.job_id"),
    ("train", "list",
     "Who applied both in 2019 and in 2023? Give the person ids.",
     "SELECT person_id FROM application WHERE applied_on LIKE '2019-%' "
     "INTERSECT SELECT person_id FROM application WHERE applied_on LIKE '2023-%'"),
    ("train", "float",
     "What percentage of the applications for vacancies advertised on the website ended with a "
     "hire? Spelling of channels and outcomes varies: ignore case and spaces. Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(a.outcome)) = 'hired' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM application AS a JOIN posting AS p ON p.posting_id = a.posting_id "
     "WHERE LOWER(TRIM(p.channel)) = 'website'"),
    ("train", "integer",
     "How many times did a person's rating get better from one rated appraisal to the next? A is "
     "the best. Spelling of the rating varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM (SELECT UPPER(TRIM(rating)) AS rating_now, LAG(UPPER(TRIM(rating))) "
     "OVER (PARTITION BY person_id ORDER BY year) AS rating_before FROM appraisal "
     "WHERE rating IS NOT NULL) WHERE rating_now < rating_before"),
    ("train", "table",
     "How many courses does each provider hold, and how many hours do they add up to? In house "
     "counts as a provider; skip courses without one. Give the provider, the courses and the "
     "hours.",
     "SELECT provider, COUNT(*), SUM(hours) FROM course WHERE provider IS NOT NULL "
     "GROUP BY provider"),
    ("train", "list",
     "Who was rated A in the appraisal for 2022? Spelling of the rating varies: ignore case and "
     "spaces. Give the full names.",
     "SELECT p.full_name FROM person AS p JOIN appraisal AS a ON a.person_id = p.person_id "
     "WHERE a.year = 2022 AND UPPER(TRIM(a.rating)) = 'A'"),
    ("train", "integer",
     "How many current employments are there in the shops in Finland? A current employment has no "
     "end date.",
     "SELECT COUNT(*) FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code "
     "WHERE s.country = 'Finland' AND e.ended IS NULL"),
    ("train", "string",
     "What is the most frequent reason for the end of an employment, apart from a new post?",
     "SELECT reason_left FROM employment WHERE reason_left <> 'new post' GROUP BY reason_left "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which shops, closed ones included, have a smaller floor than the average shop? Skip shops "
     "without a recorded floor.",
     "SELECT TRIM(shop_name) FROM shop WHERE floor_m2 < (SELECT AVG(floor_m2) FROM shop)"),
    ("train", "integer",
     "How many vacancies did nobody apply for?",
     "SELECT COUNT(*) FROM posting AS p WHERE NOT EXISTS "
     "(SELECT 1 FROM application AS a WHERE a.posting_id = p.posting_id)"),
    ("train", "table",
     "Who earns the most per hour in each country that has shops? Count current employments, which "
     "have no end date. Give the shop's country, the full name and the hourly pay.",
     "SELECT country, full_name, hourly_pay FROM (SELECT s.country, p.full_name, e.hourly_pay, "
     "RANK() OVER (PARTITION BY s.country ORDER BY e.hourly_pay DESC) AS place "
     "FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code "
     "JOIN person AS p ON p.person_id = e.person_id WHERE e.ended IS NULL) WHERE place = 1"),
    ("train", "list",
     "Who was hired through an application dated 2023 or later after an earlier application of "
     "theirs had been rejected? Spelling of the outcome varies: ignore case and spaces. Give the "
     "full names.",
     "SELECT p.full_name FROM person AS p WHERE EXISTS (SELECT 1 FROM application AS lost "
     "JOIN application AS won ON won.person_id = lost.person_id "
     "AND won.applied_on > lost.applied_on AND won.applied_on >= '2023' "
     "WHERE lost.person_id = p.person_id "
     "AND LOWER(TRIM(lost.outcome)) = 'rejected' AND LOWER(TRIM(won.outcome)) = 'hired')"),
    ("train", "string",
     "Which course has been attended by the most people who are now employed at a shop in Estonia? "
     "A current employment has no end date.",
     "SELECT c.course_name FROM course AS c JOIN attendance AS t ON t.course_id = c.course_id "
     "JOIN employment AS e ON e.person_id = t.person_id "
     "JOIN shop AS s ON s.shop_code = e.shop_code WHERE s.country = 'Estonia' "
     "AND e.ended IS NULL GROUP BY c.course_id ORDER BY COUNT(DISTINCT t.person_id) DESC LIMIT 1"),
    ("train", "list",
     "Which courses has no present or former events planner attended?",
     "SELECT course_name FROM course AS c WHERE NOT EXISTS (SELECT 1 FROM attendance AS t "
     "JOIN employment AS e ON e.person_id = t.person_id JOIN job AS j ON j.job_id = e.job_id "
     "WHERE t.course_id = c.course_id AND j.title = 'events planner')"),
    ("train", "float",
     "What was the average interview score of the people hired for vacancies at shops in Latvia? "
     "Spelling of the outcome varies: ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(AVG(a.interview_score), 2) FROM application AS a "
     "JOIN posting AS p ON p.posting_id = a.posting_id "
     "JOIN shop AS s ON s.shop_code = p.shop_code "
     "WHERE s.country = 'Latvia' AND LOWER(TRIM(a.outcome)) = 'hired'"),
    ("train", "integer",
     "How many times did a person's next employment take them to a shop in another country? Go by "
     "the start dates, which are written in two ways.",
     "SELECT COUNT(*) FROM (SELECT s.country AS there, LAG(s.country) OVER "
     "(PARTITION BY e.person_id ORDER BY CASE WHEN e.started LIKE '__.__.____' "
     "THEN SUBSTR(e.started, 7, 4) || '-' || SUBSTR(e.started, 4, 2) || '-' "
     "|| SUBSTR(e.started, 1, 2) ELSE e.started END) AS previous "
     "FROM employment AS e JOIN shop AS s ON s.shop_code = e.shop_code) WHERE there <> previous"),
    ("eval", "integer",
     "How many people were born in the 1970s? Dates of birth are written in two ways.",
     "SELECT COUNT(*) FROM person WHERE born LIKE '197_-__-__' OR born LIKE '__.__.197_'"),
    ("eval", "float",
     "What was the average bonus for the rating B, in euros, where one was paid? Spelling of the "
     "rating varies: ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(AVG(bonus_eur), 2) FROM appraisal WHERE UPPER(TRIM(rating)) = 'B'"),
    ("eval", "list",
     "Which three shops that have not closed have the smallest floors? Give the names, the "
     "smallest first.",
     "SELECT TRIM(shop_name) FROM shop WHERE closed_on IS NULL AND floor_m2 IS NOT NULL "
     "ORDER BY floor_m2 LIMIT 3"),
    ("eval", "string",
     "When was the last appraisal talk for the year 2021 held? Answer as YYYY-MM-DD.",
     "SELECT MAX(SUBSTR(held_on, 7, 4) || '-' || SUBSTR(held_on, 4, 2) || '-' "
     "|| SUBSTR(held_on, 1, 2)) FROM appraisal WHERE year = 2021"),
    ("eval", "integer",
     "How many vacancies of 40 hours a week were advertised in a newspaper? Spelling of the "
     "channel varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM posting WHERE weekly_hours = 40 "
     "AND LOWER(TRIM(channel)) = 'newspaper'"),
    ("eval", "table",
     "Which courses are held by an outside provider? Give the name, the hours and the provider of "
     "each.",
     "SELECT course_name, hours, provider FROM course WHERE provider <> 'in house'"),
    ("eval", "table",
     "How many shops are still open in each country?",
     "SELECT country, COUNT(*) FROM shop WHERE closed_on IS NULL GROUP BY country"),
    ("eval", "list",
     "For which appraisal years do more than fifteen appraisals show no bonus?",
     "SELECT year FROM appraisal WHERE bonus_eur IS NULL GROUP BY year HAVING COUNT(*) > 15"),
    ("eval", "integer",
     "How many people received a bonus of 400 euros or more in at least two different years?",
     "SELECT COUNT(*) FROM (SELECT person_id FROM appraisal WHERE bonus_eur >= 400 "
     "GROUP BY person_id HAVING COUNT(*) >= 2)"),
    ("eval", "float",
     "What interview score did people with a university education get on average? Count each "
     "scored application. Spelling of the schooling varies: ignore case and spaces. Round to one "
     "decimal.",
     "SELECT ROUND(AVG(a.interview_score), 1) FROM application AS a "
     "JOIN person AS p ON p.person_id = a.person_id WHERE LOWER(TRIM(p.schooling)) = 'university'"),
    ("eval", "string",
     "In which job have the most employments ended? Give its title.",
     "SELECT j.title FROM job AS j JOIN employment AS e ON e.job_id = j.job_id "
     "WHERE e.ended IS NOT NULL GROUP BY j.job_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which courses have been passed by at least ten people? Ignore case in the entry yes.",
     "SELECT c.course_name FROM course AS c JOIN attendance AS t ON t.course_id = c.course_id "
     "WHERE LOWER(t.passed) = 'yes' GROUP BY c.course_id HAVING COUNT(*) >= 10"),
    ("eval", "list",
     "Who works for the chain now but has never been appraised? A current employment has no end "
     "date. Give the full names.",
     "SELECT DISTINCT p.full_name FROM person AS p JOIN employment AS e ON e.person_id = "
     "p.person_id WHERE e.ended IS NULL AND p.person_id NOT IN (SELECT person_id FROM appraisal)"),
    ("eval", "table",
     "Who had the best interview score among the people hired for each job? Spelling of the "
     "outcome varies: ignore case and spaces. Give the job title, the full name and the score, and "
     "list everyone who shares the best score.",
     "SELECT title, full_name, interview_score FROM (SELECT j.title, p.full_name, "
     "a.interview_score, RANK() OVER (PARTITION BY j.job_id ORDER BY a.interview_score DESC) "
     "AS place FROM application AS a JOIN posting AS v ON v.posting_id = a.posting_id "
     "JOIN job AS j ON j.job_id = v.job_id JOIN person AS p ON p.person_id = a.person_id "
     "WHERE LOWER(TRIM(a.outcome)) = 'hired') WHERE place = 1"),
    ("eval", "list",
     "From which home countries have people applied without anyone ever being hired? Spelling of "
     "the outcome varies: ignore case and spaces.",
     "SELECT p.home_country FROM person AS p JOIN application AS a ON a.person_id = p.person_id "
     "EXCEPT SELECT p.home_country FROM person AS p JOIN application AS a "
     "ON a.person_id = p.person_id WHERE LOWER(TRIM(a.outcome)) = 'hired'"),
)
