"""The questions about pets_1: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many pets have died?",
     "SELECT COUNT(*) FROM pet WHERE died_on IS NOT NULL"),
    ("train", "list",
     "How do the students whose first year was 2022 write their names in their own script? Skip "
     "students without one on record.",
     "SELECT own_script FROM student WHERE first_year = 2022 AND own_script IS NOT NULL"),
    ("train", "float",
     "What did treating an injury cost on average, in euros? Spelling of the reason varies: ignore "
     "case and spaces. Skip visits without a fee, and round to two decimals.",
     "SELECT ROUND(AVG(fee_eur), 2) FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'injury'"),
    ("train", "string",
     "Which residence has the highest weekly rent?",
     "SELECT TRIM(residence_name) FROM residence WHERE weekly_rent IS NOT NULL "
     "ORDER BY weekly_rent DESC LIMIT 1"),
    ("train", "integer",
     "How many clinic visits took place from October to December 2022?",
     "SELECT COUNT(*) FROM clinic_visit WHERE SUBSTR(visited_on, 4) IN "
     "('10/2022', '11/2022', '12/2022')"),
    ("train", "table",
     "Which three clinic visits had the highest fees? Give the visit id, the pet id and the fee, "
     "the highest first.",
     "SELECT visit_id, pet_id, fee_eur FROM clinic_visit WHERE fee_eur IS NOT NULL "
     "ORDER BY fee_eur DESC LIMIT 3"),
    ("train", "list",
     "Which breeds do the pets belong to? Spelling of the breed varies: ignore case and spaces. "
     "Give each once, in lower case.",
     "SELECT DISTINCT LOWER(TRIM(breed)) FROM pet WHERE breed IS NOT NULL"),
    ("train", "integer",
     "How many pets are female (f)? Ignore case and spaces in the entry.",
     "SELECT COUNT(*) FROM pet WHERE LOWER(TRIM(sex)) = 'f'"),
    ("train", "string",
     "Who is the youngest student? Dates of birth are written in two ways. Give the full name.",
     "SELECT full_name FROM student WHERE born IS NOT NULL ORDER BY CASE WHEN born LIKE '____-%' "
     "THEN born ELSE SUBSTR(born, 8, 4) || '-' || SUBSTR('0' || "
     "((INSTR('JanFebMarAprMayJunJulAugSepOctNovDec', SUBSTR(born, 4, 3)) + 2) / 3), -2) || '-' "
     "|| SUBSTR(born, 1, 2) END DESC LIMIT 1"),
    ("train", "integer",
     "How many students were born in 2001? Dates of birth are written in two ways.",
     "SELECT COUNT(*) FROM student WHERE born LIKE '2001-%' OR born LIKE '% 2001'"),
    ("train", "list",
     "For which species is the limit exactly two animals per student? Give the common names.",
     "SELECT common_name FROM species WHERE most_per_student = 2"),
    ("train", "float",
     "What percentage of the living pets has a chip number? Round to one decimal.",
     "SELECT ROUND(100.0 * COUNT(chip_no) / COUNT(*), 1) FROM pet WHERE died_on IS NULL"),
    ("train", "string",
     "On which day did Dr Ravenscar charge the highest fee? Answer as YYYY-MM-DD.",
     "SELECT SUBSTR(visited_on, 7, 4) || '-' || SUBSTR(visited_on, 4, 2) || '-' "
     "|| SUBSTR(visited_on, 1, 2) FROM clinic_visit WHERE vet = 'Dr Ravenscar' "
     "AND fee_eur IS NOT NULL ORDER BY fee_eur DESC LIMIT 1"),
    ("train", "table",
     "Which residences with at least ten places allow pets? Ignore case and spaces in the entry "
     "yes. Give the name and the number of places.",
     "SELECT TRIM(residence_name), places FROM residence "
     "WHERE LOWER(TRIM(pets_allowed)) = 'yes' AND places >= 10"),
    ("train", "table",
     "How many students read each subject? Spelling of the subject varies: ignore case and spaces. "
     "Give the subject in lower case and the number, and skip students without one.",
     "SELECT LOWER(TRIM(subject)), COUNT(*) FROM student WHERE subject IS NOT NULL "
     "GROUP BY LOWER(TRIM(subject))"),
    ("train", "list",
     "Which home countries do at least four students come from?",
     "SELECT home_country FROM student GROUP BY home_country HAVING COUNT(*) >= 4"),
    ("train", "integer",
     "How many clinic visits cost more than twice the average fee?",
     "SELECT COUNT(*) FROM clinic_visit WHERE fee_eur > "
     "2 * (SELECT AVG(fee_eur) FROM clinic_visit)"),
    ("train", "string",
     "Which vet has taken the most money in fees?",
     "SELECT vet FROM clinic_visit WHERE vet IS NOT NULL AND fee_eur IS NOT NULL GROUP BY vet "
     "ORDER BY SUM(fee_eur) DESC LIMIT 1"),
    ("train", "list",
     "Who lives in Otter Court? Give the students' full names.",
     "SELECT s.full_name FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE TRIM(r.residence_name) = 'Otter Court'"),
    ("train", "table",
     "How many living pets belong to each class of animals?",
     "SELECT k.class, COUNT(*) FROM pet AS p JOIN species AS k ON k.species_id = p.species_id "
     "WHERE p.died_on IS NULL GROUP BY k.class"),
    ("train", "float",
     "What is the average fee of the visits that white pets made to the clinic? Skip visits "
     "without a fee, and round to two decimals.",
     "SELECT ROUND(AVG(v.fee_eur), 2) FROM clinic_visit AS v JOIN pet AS p ON p.pet_id = v.pet_id "
     "WHERE p.colour = 'white'"),
    ("train", "integer",
     "How many times did a pet weigh less than at its weighing before? Skip weighings without a "
     "weight.",
     "SELECT COUNT(*) FROM (SELECT grams, LAG(grams) OVER (PARTITION BY pet_id "
     "ORDER BY weighed_on) AS previous FROM weighing WHERE grams IS NOT NULL) "
     "WHERE grams < previous"),
    ("train", "list",
     "Which students have a severe allergy? Ignore case in the severity. Give each full name once.",
     "SELECT DISTINCT s.full_name FROM student AS s JOIN allergy AS a "
     "ON a.student_id = s.student_id WHERE LOWER(a.severity) = 'severe'"),
    ("train", "string",
     "In which residence do the most students live?",
     "SELECT TRIM(r.residence_name) FROM residence AS r JOIN student AS s "
     "ON s.residence_id = r.residence_id GROUP BY r.residence_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "integer",
     "How many students live in residences that do not allow pets? Ignore case and spaces in the "
     "entry no.",
     "SELECT COUNT(*) FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE LOWER(TRIM(r.pets_allowed)) = 'no'"),
    ("train", "list",
     "Which pets have been treated by both Dr Ravenscar and Dr Lindholt? Give the pet ids.",
     "SELECT pet_id FROM clinic_visit WHERE vet = 'Dr Ravenscar' "
     "INTERSECT SELECT pet_id FROM clinic_visit WHERE vet = 'Dr Lindholt'"),
    ("train", "table",
     "Which reasons brought pets to the clinic at least ten times in 2023? Spelling of the reason "
     "varies: ignore case and spaces. Give the reason in lower case, the number of visits and the "
     "highest fee.",
     "SELECT LOWER(TRIM(reason)), COUNT(*), MAX(fee_eur) FROM clinic_visit "
     "WHERE visited_on LIKE '%/2023' GROUP BY LOWER(TRIM(reason)) HAVING COUNT(*) >= 10"),
    ("train", "list",
     "On which days were more pets weighed than on 3 June 2023? Count weighings without a weight "
     "too.",
     "SELECT weighed_on FROM weighing GROUP BY weighed_on HAVING COUNT(*) > "
     "(SELECT COUNT(*) FROM weighing WHERE weighed_on = '2023-06-03')"),
    ("train", "integer",
     "How many living pets were never taken to the clinic?",
     "SELECT COUNT(*) FROM pet AS p WHERE p.died_on IS NULL AND NOT EXISTS "
     "(SELECT 1 FROM clinic_visit AS v WHERE v.pet_id = p.pet_id)"),
    ("train", "list",
     "Which students are allergic to a species of which they now keep a pet? Keeping without an "
     "end date still goes on. Give the full names.",
     "SELECT DISTINCT s.full_name FROM student AS s "
     "JOIN keeper AS k ON k.student_id = s.student_id JOIN pet AS p ON p.pet_id = k.pet_id "
     "JOIN allergy AS a ON a.student_id = s.student_id AND a.species_id = p.species_id "
     "WHERE k.until IS NULL"),
    ("train", "table",
     "Which pet of each class of animals has run up the most in clinic fees? Give the class, the "
     "pet's name and the sum in euros.",
     "SELECT class, TRIM(pet_name), paid FROM (SELECT s.class, p.pet_name, SUM(v.fee_eur) AS paid, "
     "RANK() OVER (PARTITION BY s.class ORDER BY SUM(v.fee_eur) DESC) AS place "
     "FROM clinic_visit AS v JOIN pet AS p ON p.pet_id = v.pet_id "
     "JOIN species AS s ON s.species_id = p.species_id GROUP BY p.pet_id) WHERE place = 1"),
    ("train", "string",
     "Which student's present pets have run up the most in clinic fees? Keeping without an end "
     "date still goes on. Give the full name.",
     "SELECT s.full_name FROM student AS s JOIN keeper AS k ON k.student_id = s.student_id "
     "JOIN clinic_visit AS v ON v.pet_id = k.pet_id WHERE k.until IS NULL "
     "AND v.fee_eur IS NOT NULL GROUP BY s.student_id ORDER BY SUM(v.fee_eur) DESC LIMIT 1"),
    ("train", "list",
     "Of which species has the clinic never seen an animal? Give the common names.",
     "SELECT s.common_name FROM species AS s WHERE NOT EXISTS (SELECT 1 FROM pet AS p "
     "JOIN clinic_visit AS v ON v.pet_id = p.pet_id WHERE p.species_id = s.species_id)"),
    ("train", "float",
     "What percentage of the students in residences that allow pets keeps a pet now? Keeping "
     "without an end date still goes on. Ignore case and spaces in the entry yes. Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN EXISTS (SELECT 1 FROM keeper AS k "
     "WHERE k.student_id = s.student_id AND k.until IS NULL) THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE LOWER(TRIM(r.pets_allowed)) = 'yes'"),
    ("train", "integer",
     "How often did a guinea pig gain more than 20 grams from one weighing to the next? Skip "
     "weighings without a weight.",
     "SELECT COUNT(*) FROM (SELECT w.grams, LAG(w.grams) OVER (PARTITION BY w.pet_id "
     "ORDER BY w.weighed_on) AS previous FROM weighing AS w JOIN pet AS p ON p.pet_id = w.pet_id "
     "JOIN species AS s ON s.species_id = p.species_id WHERE s.common_name = 'guinea pig' "
     "AND w.grams IS NOT NULL) WHERE grams > previous + 20"),
    ("eval", "integer",
     "How many check-ups have no fee on record? Spelling of the reason varies: ignore case and "
     "spaces.",
     "SELECT COUNT(*) FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'check-up' "
     "AND fee_eur IS NULL"),
    ("eval", "list",
     "What were the pets called that died in 2023?",
     "SELECT TRIM(pet_name) FROM pet WHERE died_on LIKE '2023-%'"),
    ("eval", "float",
     "How many euros did the fees of all clinic visits in 2023 come to? Round to one decimal.",
     "SELECT ROUND(SUM(fee_eur), 1) FROM clinic_visit WHERE visited_on LIKE '%/2023'"),
    ("eval", "string",
     "Who was the vet at the latest clinic visit? Skip visits without a vet.",
     "SELECT vet FROM clinic_visit WHERE vet IS NOT NULL ORDER BY SUBSTR(visited_on, 7, 4) "
     "|| SUBSTR(visited_on, 4, 2) || SUBSTR(visited_on, 1, 2) DESC LIMIT 1"),
    ("eval", "integer",
     "How many different students have ever kept a pet in the role shared? Spelling of the role "
     "varies: ignore case and spaces.",
     "SELECT COUNT(DISTINCT student_id) FROM keeper WHERE LOWER(TRIM(role)) = 'shared'"),
    ("eval", "table",
     "Which five weighings on 2 December 2023 gave the lowest weights? Skip weighings without a "
     "weight. Give the pet id and the grams, the lightest first.",
     "SELECT pet_id, grams FROM weighing WHERE weighed_on = '2023-12-02' AND grams IS NOT NULL "
     "ORDER BY grams LIMIT 5"),
    ("eval", "table",
     "How many pets were weighed on each weighing day of 2023? Skip weighings without a weight.",
     "SELECT weighed_on, COUNT(*) FROM weighing WHERE weighed_on LIKE '2023-%' "
     "AND grams IS NOT NULL GROUP BY weighed_on"),
    ("eval", "list",
     "Which colours do at least ten living pets share?",
     "SELECT colour FROM pet WHERE died_on IS NULL GROUP BY colour HAVING COUNT(*) >= 10"),
    ("eval", "integer",
     "How many pets have had two or more different keepers, at the same time or one after the "
     "other?",
     "SELECT COUNT(*) FROM (SELECT pet_id FROM keeper GROUP BY pet_id "
     "HAVING COUNT(DISTINCT student_id) >= 2)"),
    ("eval", "float",
     "What is the average weekly rent of the students' residences? Count each student once, skip "
     "students without a known rent, and round to two decimals.",
     "SELECT ROUND(AVG(r.weekly_rent), 2) FROM student AS s "
     "JOIN residence AS r ON r.residence_id = s.residence_id"),
    ("eval", "string",
     "Which student has kept the most pets over the years, in any role? Count keeping that has "
     "ended too, and give the full name.",
     "SELECT s.full_name FROM student AS s JOIN keeper AS k ON k.student_id = s.student_id "
     "GROUP BY s.student_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which pets came to the clinic with an injury but never for a check-up? Spelling of the "
     "reason varies: ignore case and spaces. Give the pet ids.",
     "SELECT pet_id FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'injury' "
     "EXCEPT SELECT pet_id FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'check-up'"),
    ("eval", "list",
     "Who keeps more animals of one species than a student may? Count every pet kept now, shared "
     "ones too. Keeping without an end date still goes on. Give the full names.",
     "SELECT DISTINCT s.full_name FROM student AS s "
     "JOIN keeper AS k ON k.student_id = s.student_id JOIN pet AS p ON p.pet_id = k.pet_id "
     "JOIN species AS c ON c.species_id = p.species_id "
     "WHERE k.until IS NULL GROUP BY s.student_id, c.species_id "
     "HAVING COUNT(*) > c.most_per_student"),
    ("eval", "table",
     "How many students of each residence keep a pet now, and how many different pets are those? "
     "Keeping without an end date still goes on. Give the residence, the students and the pets, "
     "and leave out residences without any.",
     "SELECT TRIM(r.residence_name), COUNT(DISTINCT s.student_id), COUNT(DISTINCT k.pet_id) "
     "FROM residence AS r JOIN student AS s ON s.residence_id = r.residence_id "
     "JOIN keeper AS k ON k.student_id = s.student_id WHERE k.until IS NULL "
     "GROUP BY r.residence_id"),
    ("eval", "string",
     "Which pet grew the most from one weighing to the next, relative to its weight before? Skip "
     "weighings without a weight, and give the pet's name.",
     "SELECT TRIM(p.pet_name) FROM pet AS p JOIN (SELECT pet_id, grams, LAG(grams) OVER "
     "(PARTITION BY pet_id ORDER BY weighed_on) AS previous FROM weighing WHERE grams IS NOT NULL) "
     "AS w ON w.pet_id = p.pet_id WHERE w.previous IS NOT NULL "
     "ORDER BY 1.0 * w.grams / w.previous DESC LIMIT 1"),
)
