"""The questions about pets_1: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many of the pets have died, going by the records?",
     "SELECT COUNT(*) FROM pet WHERE died_on IS NOT NULL"),
    ("train", "list",
     "For the students whose first year was 2022, how are their names written in their own script? "
     "Leave out those for whom none is recorded.",
     "SELECT own_script FROM student WHERE first_year = 2022 AND own_script IS NOT NULL"),
    ("train", "float",
     "What did treating an injury cost on average, in euros? Leave out visits without a fee on "
     "record, do not mind how the reason was typed, and round to two decimals.",
     "SELECT ROUND(AVG(fee_eur), 2) FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'injury'"),
    ("train", "string",
     "Which residence has the highest weekly rent on record? Give its name without blanks at the "
     "ends.",
     "SELECT TRIM(residence_name) FROM residence WHERE weekly_rent IS NOT NULL "
     "ORDER BY weekly_rent DESC LIMIT 1"),
    ("train", "integer",
     "How many clinic visits took place in October, November and December 2022 together?",
     "SELECT COUNT(*) FROM clinic_visit WHERE SUBSTR(visited_on, 4) IN "
     "('10/2022', '11/2022', '12/2022')"),
    ("train", "table",
     "Which three clinic visits had the highest fees of all? Give the visit id, the pet id and the "
     "fee, the highest fee first.",
     "SELECT visit_id, pet_id, fee_eur FROM clinic_visit WHERE fee_eur IS NOT NULL "
     "ORDER BY fee_eur DESC LIMIT 3"),
    ("train", "list",
     "Which breeds are recorded among the pets? Write them in lower case, without blanks at the "
     "ends, each once.",
     "SELECT DISTINCT LOWER(TRIM(breed)) FROM pet WHERE breed IS NOT NULL"),
    ("train", "integer",
     "How many pets are known to be female, whether the f was typed small or large?",
     "SELECT COUNT(*) FROM pet WHERE LOWER(TRIM(sex)) = 'f'"),
    ("train", "string",
     "Who is the youngest of the students whose date of birth is known? Give the full name as it "
     "is written in the table.",
     "SELECT full_name FROM student WHERE born IS NOT NULL ORDER BY CASE WHEN born LIKE '____-%' "
     "THEN born ELSE SUBSTR(born, 8, 4) || '-' || SUBSTR('0' || "
     "((INSTR('JanFebMarAprMayJunJulAugSepOctNovDec', SUBSTR(born, 4, 3)) + 2) / 3), -2) || '-' "
     "|| SUBSTR(born, 1, 2) END DESC LIMIT 1"),
    ("train", "integer",
     "How many students were born in the year 2001, as far as dates of birth are known?",
     "SELECT COUNT(*) FROM student WHERE born LIKE '2001-%' OR born LIKE '% 2001'"),
    ("train", "list",
     "For which species is the limit exactly two animals for each student? Give the common names.",
     "SELECT common_name FROM species WHERE most_per_student = 2"),
    ("train", "float",
     "What percentage of the pets that have not died carries a chip, that is, has a chip number? "
     "Round to one decimal.",
     "SELECT ROUND(100.0 * COUNT(chip_no) / COUNT(*), 1) FROM pet WHERE died_on IS NULL"),
    ("train", "string",
     "On which day did Dr Ravenscar charge the highest fee? Answer as YYYY-MM-DD.",
     "SELECT SUBSTR(visited_on, 7, 4) || '-' || SUBSTR(visited_on, 4, 2) || '-' "
     "|| SUBSTR(visited_on, 1, 2) FROM clinic_visit WHERE vet = 'Dr Ravenscar' "
     "AND fee_eur IS NOT NULL ORDER BY fee_eur DESC LIMIT 1"),
    ("train", "table",
     "Which residences allow pets, however the yes was typed, and are known to have at least ten "
     "places? Give the name without blanks at the ends and the number of places.",
     "SELECT TRIM(residence_name), places FROM residence "
     "WHERE LOWER(TRIM(pets_allowed)) = 'yes' AND places >= 10"),
    ("train", "table",
     "How many students read each subject? Write the subjects in lower case without blanks at the "
     "ends, merge the spellings that then agree, and leave out students without a subject.",
     "SELECT LOWER(TRIM(subject)), COUNT(*) FROM student WHERE subject IS NOT NULL "
     "GROUP BY LOWER(TRIM(subject))"),
    ("train", "list",
     "Which home countries do at least four students come from?",
     "SELECT home_country FROM student GROUP BY home_country HAVING COUNT(*) >= 4"),
    ("train", "integer",
     "How many clinic visits cost more than twice the average recorded fee?",
     "SELECT COUNT(*) FROM clinic_visit WHERE fee_eur > "
     "2 * (SELECT AVG(fee_eur) FROM clinic_visit)"),
    ("train", "string",
     "Which of the vets whose names were noted has taken the most money in recorded fees?",
     "SELECT vet FROM clinic_visit WHERE vet IS NOT NULL AND fee_eur IS NOT NULL GROUP BY vet "
     "ORDER BY SUM(fee_eur) DESC LIMIT 1"),
    ("train", "list",
     "Who lives in Otter Court? Give the students' full names as they are written in the table.",
     "SELECT s.full_name FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE TRIM(r.residence_name) = 'Otter Court'"),
    ("train", "table",
     "How many pets that have not died belong to each class of animals?",
     "SELECT k.class, COUNT(*) FROM pet AS p JOIN species AS k ON k.species_id = p.species_id "
     "WHERE p.died_on IS NULL GROUP BY k.class"),
    ("train", "float",
     "How high is the average recorded fee of the visits that white pets made to the clinic? Round "
     "to two decimals.",
     "SELECT ROUND(AVG(v.fee_eur), 2) FROM clinic_visit AS v JOIN pet AS p ON p.pet_id = v.pet_id "
     "WHERE p.colour = 'white'"),
    ("train", "integer",
     "Passing over weighings without a weight, how many times did a pet weigh less than at its own "
     "weighing before?",
     "SELECT COUNT(*) FROM (SELECT grams, LAG(grams) OVER (PARTITION BY pet_id "
     "ORDER BY weighed_on) AS previous FROM weighing WHERE grams IS NOT NULL) "
     "WHERE grams < previous"),
    ("train", "list",
     "Which students have an allergy noted as severe, in whatever letters? Give the full names as "
     "they are written in the table, each once.",
     "SELECT DISTINCT s.full_name FROM student AS s JOIN allergy AS a "
     "ON a.student_id = s.student_id WHERE LOWER(a.severity) = 'severe'"),
    ("train", "string",
     "In which residence do the most students live? Give its name without blanks at the ends.",
     "SELECT TRIM(r.residence_name) FROM residence AS r JOIN student AS s "
     "ON s.residence_id = r.residence_id GROUP BY r.residence_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "integer",
     "How many students live in residences that do not allow pets?",
     "SELECT COUNT(*) FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE LOWER(TRIM(r.pets_allowed)) = 'no'"),
    ("train", "list",
     "Which pets have been treated by Dr Ravenscar as well as by Dr Lindholt? Give the pet ids.",
     "SELECT pet_id FROM clinic_visit WHERE vet = 'Dr Ravenscar' "
     "INTERSECT SELECT pet_id FROM clinic_visit WHERE vet = 'Dr Lindholt'"),
    ("train", "table",
     "For each reason that brought pets to the clinic at least ten times in 2023, how often was "
     "that and what was the highest recorded fee that year? Give the reason in lower case without "
     "blanks at the ends, the number of visits and the fee.",
     "SELECT LOWER(TRIM(reason)), COUNT(*), MAX(fee_eur) FROM clinic_visit "
     "WHERE visited_on LIKE '%/2023' GROUP BY LOWER(TRIM(reason)) HAVING COUNT(*) >= 10"),
    ("train", "list",
     "On which weighing days were more pets put on the scales than on 3 June 2023? Count the pets "
     "whose weight was not written down too.",
     "SELECT weighed_on FROM weighing GROUP BY weighed_on HAVING COUNT(*) > "
     "(SELECT COUNT(*) FROM weighing WHERE weighed_on = '2023-06-03')"),
    ("train", "integer",
     "How many pets that have not died were never taken to the clinic?",
     "SELECT COUNT(*) FROM pet AS p WHERE p.died_on IS NULL AND NOT EXISTS "
     "(SELECT 1 FROM clinic_visit AS v WHERE v.pet_id = p.pet_id)"),
    ("train", "list",
     "Which students are allergic to a species of which they now keep a pet, with no end of the "
     "keeping on record? Give the full names as they are written in the table.",
     "SELECT DISTINCT s.full_name FROM student AS s "
     "JOIN keeper AS k ON k.student_id = s.student_id JOIN pet AS p ON p.pet_id = k.pet_id "
     "JOIN allergy AS a ON a.student_id = s.student_id AND a.species_id = p.species_id "
     "WHERE k.until IS NULL"),
    ("train", "table",
     "In each class of animals that the clinic has seen, which single pet has run up the most in "
     "recorded fees? Give the class, the pet's name without blanks at the ends and the sum of its "
     "fees in euros.",
     "SELECT class, TRIM(pet_name), paid FROM (SELECT s.class, p.pet_name, SUM(v.fee_eur) AS paid, "
     "RANK() OVER (PARTITION BY s.class ORDER BY SUM(v.fee_eur) DESC) AS place "
     "FROM clinic_visit AS v JOIN pet AS p ON p.pet_id = v.pet_id "
     "JOIN species AS s ON s.species_id = p.species_id GROUP BY p.pet_id) WHERE place = 1"),
    ("train", "string",
     "Take for each student the pets that they keep now, with no end of the keeping on record, and "
     "add up all the recorded clinic fees of those pets. Whose sum is the highest? Give the full "
     "name as it is written in the table.",
     "SELECT s.full_name FROM student AS s JOIN keeper AS k ON k.student_id = s.student_id "
     "JOIN clinic_visit AS v ON v.pet_id = k.pet_id WHERE k.until IS NULL "
     "AND v.fee_eur IS NOT NULL GROUP BY s.student_id ORDER BY SUM(v.fee_eur) DESC LIMIT 1"),
    ("train", "list",
     "Of which species on the college's list has the clinic never seen an animal? Give the common "
     "names.",
     "SELECT s.common_name FROM species AS s WHERE NOT EXISTS (SELECT 1 FROM pet AS p "
     "JOIN clinic_visit AS v ON v.pet_id = p.pet_id WHERE p.species_id = s.species_id)"),
    ("train", "float",
     "What percentage of the students living in residences that allow pets keeps at least one pet "
     "now, with no end of the keeping on record? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN EXISTS (SELECT 1 FROM keeper AS k "
     "WHERE k.student_id = s.student_id AND k.until IS NULL) THEN 1 ELSE 0 END) / COUNT(*), 1) "
     "FROM student AS s JOIN residence AS r ON r.residence_id = s.residence_id "
     "WHERE LOWER(TRIM(r.pets_allowed)) = 'yes'"),
    ("train", "integer",
     "How often was a guinea pig more than 20 grams heavier than at the last weighing before that "
     "had a weight on record for it?",
     "SELECT COUNT(*) FROM (SELECT w.grams, LAG(w.grams) OVER (PARTITION BY w.pet_id "
     "ORDER BY w.weighed_on) AS previous FROM weighing AS w JOIN pet AS p ON p.pet_id = w.pet_id "
     "JOIN species AS s ON s.species_id = p.species_id WHERE s.common_name = 'guinea pig' "
     "AND w.grams IS NOT NULL) WHERE grams > previous + 20"),
    ("eval", "integer",
     "For how many of the check-ups, whichever way the word was typed, is no fee on record?",
     "SELECT COUNT(*) FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'check-up' "
     "AND fee_eur IS NULL"),
    ("eval", "list",
     "What were the pets called that died in 2023? Give the names as they are written in the "
     "table, but without blanks at the ends.",
     "SELECT TRIM(pet_name) FROM pet WHERE died_on LIKE '2023-%'"),
    ("eval", "float",
     "How many euros did all the recorded fees of clinic visits in 2023 come to? Round to one "
     "decimal.",
     "SELECT ROUND(SUM(fee_eur), 1) FROM clinic_visit WHERE visited_on LIKE '%/2023'"),
    ("eval", "string",
     "Among the visits for which the vet was noted, who was the vet of the very latest one?",
     "SELECT vet FROM clinic_visit WHERE vet IS NOT NULL ORDER BY SUBSTR(visited_on, 7, 4) "
     "|| SUBSTR(visited_on, 4, 2) || SUBSTR(visited_on, 1, 2) DESC LIMIT 1"),
    ("eval", "integer",
     "How many different students have ever been down as keeping a pet in the shared role, case "
     "and blanks aside?",
     "SELECT COUNT(DISTINCT student_id) FROM keeper WHERE LOWER(TRIM(role)) = 'shared'"),
    ("eval", "table",
     "Which five weighings at which a weight was put down gave the lightest results on 2 December "
     "2023? Give the pet id and the grams, the lightest first.",
     "SELECT pet_id, grams FROM weighing WHERE weighed_on = '2023-12-02' AND grams IS NOT NULL "
     "ORDER BY grams LIMIT 5"),
    ("eval", "table",
     "How many pets have a weight on record for each weighing day in 2023?",
     "SELECT weighed_on, COUNT(*) FROM weighing WHERE weighed_on LIKE '2023-%' "
     "AND grams IS NOT NULL GROUP BY weighed_on"),
    ("eval", "list",
     "Which colours are shared by at least ten of the pets that have not died?",
     "SELECT colour FROM pet WHERE died_on IS NULL GROUP BY colour HAVING COUNT(*) >= 10"),
    ("eval", "integer",
     "How many pets have had two or more different students as keepers, at the same time or one "
     "after the other?",
     "SELECT COUNT(*) FROM (SELECT pet_id FROM keeper GROUP BY pet_id "
     "HAVING COUNT(DISTINCT student_id) >= 2)"),
    ("eval", "float",
     "What is the average weekly rent, over the students who live in a residence whose rent is "
     "known? Each student counts once; round to two decimals.",
     "SELECT ROUND(AVG(r.weekly_rent), 2) FROM student AS s "
     "JOIN residence AS r ON r.residence_id = s.residence_id"),
    ("eval", "string",
     "Which student has kept the most pets over the years, in any role and whether or not the "
     "keeping has ended? Give the full name as it is written in the table.",
     "SELECT s.full_name FROM student AS s JOIN keeper AS k ON k.student_id = s.student_id "
     "GROUP BY s.student_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which pets came to the clinic with an injury, in any spelling, but never for a check-up? "
     "Give the pet ids.",
     "SELECT pet_id FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'injury' "
     "EXCEPT SELECT pet_id FROM clinic_visit WHERE LOWER(TRIM(reason)) = 'check-up'"),
    ("eval", "list",
     "Who breaks the college's rule on how many animals of a species one student may keep? Count "
     "every pet with no end of the keeping on record, shared ones too, and give the full names as "
     "they are written in the table.",
     "SELECT DISTINCT s.full_name FROM student AS s "
     "JOIN keeper AS k ON k.student_id = s.student_id JOIN pet AS p ON p.pet_id = k.pet_id "
     "JOIN species AS c ON c.species_id = p.species_id "
     "WHERE k.until IS NULL GROUP BY s.student_id, c.species_id "
     "HAVING COUNT(*) > c.most_per_student"),
    ("eval", "table",
     "For each residence where somebody keeps a pet now, with no end of the keeping on record, how "
     "many students do so and how many different pets do they keep? Give the name of the residence "
     "without blanks at the ends, the students and the pets.",
     "SELECT TRIM(r.residence_name), COUNT(DISTINCT s.student_id), COUNT(DISTINCT k.pet_id) "
     "FROM residence AS r JOIN student AS s ON s.residence_id = r.residence_id "
     "JOIN keeper AS k ON k.student_id = s.student_id WHERE k.until IS NULL "
     "GROUP BY r.residence_id"),
    ("eval", "string",
     "Which pet grew the most from one weighing to its next, in proportion to its weight at the "
     "earlier of the two? Skip weighings without a weight on record, and give the name without "
     "blanks at the ends.",
     "SELECT TRIM(p.pet_name) FROM pet AS p JOIN (SELECT pet_id, grams, LAG(grams) OVER "
     "(PARTITION BY pet_id ORDER BY weighed_on) AS previous FROM weighing WHERE grams IS NOT NULL) "
     "AS w ON w.pet_id = p.pet_id WHERE w.previous IS NOT NULL "
     "ORDER BY 1.0 * w.grams / w.previous DESC LIMIT 1"),
)
