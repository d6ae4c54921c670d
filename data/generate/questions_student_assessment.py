"""The questions about student_assessment: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many learners have no date of birth on record?",
     "SELECT COUNT(*) FROM learner WHERE born IS NULL"),
    ("train", "list",
     "Which tutors have a room whose number starts with A? Ignore case and spaces.",
     "SELECT tutor_name FROM tutor WHERE LOWER(TRIM(room)) LIKE 'a%'"),
    ("train", "string",
     "Which tutor was the first to join the college after 2005?",
     "SELECT tutor_name FROM tutor WHERE joined_year > 2005 ORDER BY joined_year LIMIT 1"),
    ("train", "float",
     "What was the average fee paid for an enrolment? Free places count as 0. Skip enrolments "
     "without a fee, and round to two decimals.",
     "SELECT ROUND(AVG(fee_paid), 2) FROM enrolment"),
    ("train", "integer",
     "How many enrolments were made in August 2023?",
     "SELECT COUNT(*) FROM enrolment WHERE enrolled_on LIKE '2023-08-%'"),
    ("train", "integer",
     "How many marks are for work that was handed in late? Spelling of the note varies: ignore "
     "case and spaces.",
     "SELECT COUNT(*) FROM mark WHERE LOWER(TRIM(handed_in)) = 'late'"),
    ("train", "list",
     "Which towns do learners come from? Spelling of the town varies: ignore case and spaces. Give "
     "each once, in lower case.",
     "SELECT DISTINCT LOWER(TRIM(town)) FROM learner WHERE town IS NOT NULL"),
    ("train", "table",
     "Which level 2 modules are worth more than 15 credits? Give the code and the title of each.",
     "SELECT module_code, title FROM module WHERE level = 2 AND credits > 15"),
    ("train", "integer",
     "How many credits are all modules in the subject languages worth together? Spelling of the "
     "subject varies: ignore case and spaces.",
     "SELECT SUM(credits) FROM module WHERE LOWER(TRIM(subject)) = 'languages'"),
    ("train", "string",
     "When was the last exam of the year held? Answer as YYYY-MM-DD.",
     "SELECT MAX(held_on) FROM assessment WHERE kind = 'exam'"),
    ("train", "list",
     "Which learners were born between 1950 and 1954, both years included? Dates of birth are "
     "written in two ways.",
     "SELECT TRIM(full_name) FROM learner WHERE CASE WHEN born LIKE '%/%' THEN SUBSTR(born, 7) "
     "ELSE SUBSTR(born, 1, 4) END BETWEEN '1950' AND '1954'"),
    ("train", "integer",
     "How many appeals were lodged in 2023? Dates are written in two ways.",
     "SELECT COUNT(*) FROM appeal WHERE lodged LIKE '% 2023' OR lodged LIKE '2023-%'"),
    ("train", "float",
     "What share of a module's final score does a practical count for on average, in percent? "
     "Round to one decimal.",
     "SELECT ROUND(AVG(weight_pct), 1) FROM assessment WHERE kind = 'practical'"),
    ("train", "table",
     "Which learners who enrolled on 21 September 2023 paid more than 100? Give the learner's "
     "number, the module code and the fee.",
     "SELECT learner_id, module_code, fee_paid FROM enrolment "
     "WHERE enrolled_on = '2023-09-21' AND fee_paid > 100"),
    ("train", "list",
     "What are the titles of the modules that Μελίνα Κάππα teaches?",
     "SELECT m.title FROM module AS m JOIN tutor AS t ON t.tutor_id = m.tutor_id "
     "WHERE t.tutor_name = 'Μελίνα Κάππα'"),
    ("train", "table",
     "How many marks are noted as on time, as late and as absent? Spelling of the note varies: "
     "ignore case and spaces. Give the note in lower case and the number.",
     "SELECT LOWER(TRIM(handed_in)), COUNT(*) FROM mark GROUP BY LOWER(TRIM(handed_in))"),
    ("train", "list",
     "Which modules have more than 16 enrolments? Count withdrawn ones too, and give the codes.",
     "SELECT module_code FROM enrolment GROUP BY module_code HAVING COUNT(*) > 16"),
    ("train", "integer",
     "How many times did a learner get fewer than 40 points in an exam? Use the points before any "
     "appeal.",
     "SELECT COUNT(*) FROM mark AS k JOIN assessment AS a ON a.assessment_id = k.assessment_id "
     "WHERE a.kind = 'exam' AND k.points < 40"),
    ("train", "float",
     "What is the average mark in coursework, each taken as a percentage of the points possible? "
     "Use the points before any appeal, skip marks without points, and round to two decimals.",
     "SELECT ROUND(AVG(100.0 * k.points / a.max_points), 2) FROM mark AS k "
     "JOIN assessment AS a ON a.assessment_id = k.assessment_id WHERE a.kind = 'coursework'"),
    ("train", "list",
     "Which tutors mentor more than one other tutor?",
     "SELECT m.tutor_name FROM tutor AS m JOIN tutor AS t ON t.mentor_id = m.tutor_id "
     "GROUP BY m.tutor_id HAVING COUNT(*) > 1"),
    ("train", "string",
     "Which town is home to the most learners? Spelling of the town varies: ignore case and "
     "spaces. Answer in lower case.",
     "SELECT LOWER(TRIM(town)) FROM learner WHERE town IS NOT NULL GROUP BY LOWER(TRIM(town)) "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "integer",
     "How many modules are worth more credits than the average module?",
     "SELECT COUNT(*) FROM module WHERE credits > (SELECT AVG(credits) FROM module)"),
    ("train", "table",
     "What is the highest level offered in each subject? Spelling of the subject varies: ignore "
     "case and spaces. Give the subject in lower case and the level, in alphabetical order.",
     "SELECT LOWER(TRIM(subject)), MAX(level) FROM module GROUP BY LOWER(TRIM(subject)) "
     "ORDER BY LOWER(TRIM(subject))"),
    ("train", "list",
     "Which learners enrolled in both ITA1 and ITA2? Give their numbers.",
     "SELECT learner_id FROM enrolment WHERE module_code = 'ITA1' "
     "INTERSECT SELECT learner_id FROM enrolment WHERE module_code = 'ITA2'"),
    ("train", "string",
     "Which learner has paid the most in fees altogether?",
     "SELECT TRIM(l.full_name) FROM learner AS l JOIN enrolment AS e "
     "ON e.learner_id = l.learner_id WHERE e.fee_paid IS NOT NULL "
     "GROUP BY l.learner_id ORDER BY SUM(e.fee_paid) DESC LIMIT 1"),
    ("train", "string",
     "On which date did the number of enrolments, counted from the earliest, reach 100? Answer as "
     "YYYY-MM-DD.",
     "SELECT MIN(enrolled_on) FROM (SELECT enrolled_on, SUM(COUNT(*)) OVER (ORDER BY enrolled_on) "
     "AS so_far FROM enrolment GROUP BY enrolled_on) WHERE so_far >= 100"),
    ("train", "table",
     "Which tutors teach at least two modules, and how many credits are those worth together? Give "
     "the tutor's name and the sum.",
     "SELECT t.tutor_name, SUM(m.credits) FROM tutor AS t JOIN module AS m "
     "ON m.tutor_id = t.tutor_id GROUP BY t.tutor_id HAVING COUNT(*) >= 2"),
    ("train", "list",
     "Which learners have referred at least three others? Put those who referred the most first, "
     "and equal numbers in alphabetical order.",
     "SELECT TRIM(r.full_name) FROM learner AS r JOIN learner AS l "
     "ON l.referred_by = r.learner_id GROUP BY r.learner_id HAVING COUNT(*) >= 3 "
     "ORDER BY COUNT(*) DESC, TRIM(r.full_name)"),
    ("train", "integer",
     "How many learners are not enrolled in any module?",
     "SELECT COUNT(*) FROM learner AS l WHERE NOT EXISTS "
     "(SELECT 1 FROM enrolment AS e WHERE e.learner_id = l.learner_id)"),
    ("train", "string",
     "Which module has no assessment? Give its title.",
     "SELECT title FROM module WHERE module_code NOT IN (SELECT module_code FROM assessment)"),
    ("train", "table",
     "Which module of each level has the highest average mark? Take each mark as a percentage of "
     "the points possible, skip marks without points, and ignore appeals. Give the level and the "
     "title.",
     "SELECT level, title FROM (SELECT m.level, m.title, RANK() OVER (PARTITION BY m.level "
     "ORDER BY AVG(1.0 * k.points / a.max_points) DESC) AS place FROM module AS m "
     "JOIN assessment AS a ON a.module_code = m.module_code "
     "JOIN mark AS k ON k.assessment_id = a.assessment_id WHERE k.points IS NOT NULL "
     "GROUP BY m.module_code) WHERE place = 1"),
    ("train", "float",
     "What final score did Zoë Marchetti reach in Sampling and Surveys? Add up, over the "
     "assessments, the weight in percent times the points divided by the most points. Ignore "
     "appeals, and round to one decimal.",
     "SELECT ROUND(SUM(1.0 * a.weight_pct * k.points / a.max_points), 1) FROM mark AS k "
     "JOIN assessment AS a ON a.assessment_id = k.assessment_id "
     "JOIN module AS m ON m.module_code = a.module_code "
     "JOIN learner AS l ON l.learner_id = k.learner_id "
     "WHERE TRIM(l.full_name) = 'Zoë Marchetti' AND m.title = 'Sampling and Surveys'"),
    ("train", "list",
     "Which learners are enrolled in Year-end Accounts but not in the module that it needs?",
     "SELECT TRIM(l.full_name) FROM learner AS l JOIN enrolment AS e "
     "ON e.learner_id = l.learner_id JOIN module AS m ON m.module_code = e.module_code "
     "WHERE m.title = 'Year-end Accounts' AND NOT EXISTS (SELECT 1 FROM enrolment AS b "
     "WHERE b.learner_id = l.learner_id AND b.module_code = m.needs)"),
    ("train", "list",
     "Which modules have had at least one appeal rejected but none upheld? Spelling of the ruling "
     "varies: ignore case and spaces. Give the titles.",
     "SELECT m.title FROM module AS m JOIN assessment AS a ON a.module_code = m.module_code "
     "JOIN appeal AS p ON p.assessment_id = a.assessment_id "
     "WHERE LOWER(TRIM(p.ruling)) = 'rejected' EXCEPT SELECT m.title FROM module AS m "
     "JOIN assessment AS a ON a.module_code = m.module_code "
     "JOIN appeal AS p ON p.assessment_id = a.assessment_id "
     "WHERE LOWER(TRIM(p.ruling)) = 'upheld'"),
    ("train", "integer",
     "How many marks in the assessments of STA1 are above the average of their assessment? Use the "
     "points before any appeal.",
     "SELECT COUNT(*) FROM mark AS k JOIN assessment AS a ON a.assessment_id = k.assessment_id "
     "WHERE a.module_code = 'STA1' AND k.points > (SELECT AVG(o.points) FROM mark AS o "
     "WHERE o.assessment_id = k.assessment_id)"),
    ("eval", "integer",
     "How many of the appeals lodged in 2024 still await a ruling?",
     "SELECT COUNT(*) FROM appeal WHERE lodged LIKE '2024-%' AND ruling IS NULL"),
    ("eval", "list",
     "Which modules above level 1 need no other module first? Give the titles.",
     "SELECT title FROM module WHERE level > 1 AND needs IS NULL"),
    ("eval", "float",
     "What percentage of all marks has no points on record? Round to two decimals.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN points IS NULL THEN 1 ELSE 0 END) / COUNT(*), 2) "
     "FROM mark"),
    ("eval", "string",
     "Who is the oldest learner? Dates of birth are written in two ways.",
     "SELECT TRIM(full_name) FROM learner WHERE born IS NOT NULL ORDER BY CASE WHEN born LIKE "
     "'%/%' THEN SUBSTR(born, 7) || '-' || SUBSTR(born, 4, 2) || '-' || SUBSTR(born, 1, 2) "
     "ELSE born END LIMIT 1"),
    ("eval", "integer",
     "How many different rooms do the tutors use? Spelling of the room varies: ignore case and "
     "spaces.",
     "SELECT COUNT(DISTINCT LOWER(TRIM(room))) FROM tutor"),
    ("eval", "table",
     "Which assessments were held after 15 April 2024? Give the module code, the kind and the date "
     "of each, the earliest first.",
     "SELECT module_code, kind, held_on FROM assessment WHERE held_on > '2024-04-15' "
     "ORDER BY held_on"),
    ("eval", "list",
     "Which learners from Mossbank withdrew from a module? Spelling of towns and outcomes varies: "
     "ignore case and spaces. Give each name once.",
     "SELECT DISTINCT TRIM(l.full_name) FROM learner AS l JOIN enrolment AS e "
     "ON e.learner_id = l.learner_id WHERE LOWER(TRIM(l.town)) = 'mossbank' "
     "AND LOWER(TRIM(e.outcome)) = 'withdrawn'"),
    ("eval", "float",
     "By how many points did an upheld appeal raise the mark on average? Spelling of the ruling "
     "varies: ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(AVG(p.new_points - k.points), 2) FROM appeal AS p JOIN mark AS k "
     "ON k.assessment_id = p.assessment_id AND k.learner_id = p.learner_id "
     "WHERE LOWER(TRIM(p.ruling)) = 'upheld'"),
    ("eval", "string",
     "From which module did the most learners withdraw? Spelling of the outcome varies: ignore "
     "case and spaces. Give the title.",
     "SELECT m.title FROM module AS m JOIN enrolment AS e ON e.module_code = m.module_code "
     "WHERE LOWER(TRIM(e.outcome)) = 'withdrawn' GROUP BY m.module_code "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "table",
     "Which three learners collected the most points over the year? Use the points before any "
     "appeal. Give the name and the sum, the highest first.",
     "SELECT TRIM(l.full_name), SUM(k.points) FROM mark AS k JOIN learner AS l "
     "ON l.learner_id = k.learner_id WHERE k.points IS NOT NULL GROUP BY l.learner_id "
     "ORDER BY SUM(k.points) DESC LIMIT 3"),
    ("eval", "list",
     "On which dates were at least 16 enrolments made? Answer as YYYY-MM-DD, the earliest first.",
     "SELECT enrolled_on FROM enrolment GROUP BY enrolled_on HAVING COUNT(*) >= 16 "
     "ORDER BY enrolled_on"),
    ("eval", "integer",
     "How many learners have never referred anyone to the college?",
     "SELECT COUNT(*) FROM (SELECT learner_id FROM learner "
     "EXCEPT SELECT referred_by FROM learner)"),
    ("eval", "string",
     "Which tutor's modules have drawn the most appeals?",
     "SELECT t.tutor_name FROM tutor AS t JOIN module AS m ON m.tutor_id = t.tutor_id "
     "JOIN assessment AS a ON a.module_code = m.module_code "
     "JOIN appeal AS p ON p.assessment_id = a.assessment_id GROUP BY t.tutor_id "
     "ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which learners were absent from at least one exam of a science module? Spelling of subjects "
     "and notes varies: ignore case and spaces.",
     "SELECT DISTINCT TRIM(l.full_name) FROM learner AS l JOIN mark AS k "
     "ON k.learner_id = l.learner_id JOIN assessment AS a ON a.assessment_id = k.assessment_id "
     "JOIN module AS m ON m.module_code = a.module_code WHERE a.kind = 'exam' "
     "AND LOWER(TRIM(m.subject)) = 'science' AND LOWER(TRIM(k.handed_in)) = 'absent'"),
    ("eval", "table",
     "Who got the most points in the exam of each module? Use the points before any appeal. Give "
     "the module code and the name, and list everyone who shares the top.",
     "SELECT code, name FROM (SELECT a.module_code AS code, TRIM(l.full_name) AS name, RANK() "
     "OVER (PARTITION BY a.assessment_id ORDER BY k.points DESC) AS place FROM assessment AS a "
     "JOIN mark AS k ON k.assessment_id = a.assessment_id "
     "JOIN learner AS l ON l.learner_id = k.learner_id "
     "WHERE a.kind = 'exam' AND k.points IS NOT NULL) WHERE place = 1"),
)
