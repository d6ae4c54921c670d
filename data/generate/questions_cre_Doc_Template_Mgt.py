"""The questions about cre_Doc_Template_Mgt: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many documents name no template that they were made from?",
     "SELECT COUNT(*) FROM document WHERE template_code IS NULL"),
    ("train", "list",
     "What are the titles of the documents in Ukrainian, language code uk in any letters? Give "
     "them as they are written in the table, but without blanks at the ends, each once.",
     "SELECT DISTINCT TRIM(title) FROM document WHERE LOWER(TRIM(lang)) = 'uk'"),
    ("train", "float",
     "How many words does a section headed Conditions have on average? Leave out sections whose "
     "words were not counted, and round to two decimals.",
     "SELECT ROUND(AVG(words), 2) FROM section WHERE heading = 'Conditions'"),
    ("train", "string",
     "Which clerk joined the office earliest, going by the year? Give the full name as it is "
     "written in the table.",
     "SELECT full_name FROM clerk ORDER BY SUBSTR(joined, -4) LIMIT 1"),
    ("train", "integer",
     "How many documents were created in the year 2020?",
     "SELECT COUNT(*) FROM document WHERE created_on LIKE '2020-%' OR created_on LIKE '%.2020'"),
    ("train", "table",
     "Which three sections headed Cargo have the most words? Give the document id and the words of "
     "each, the longest first.",
     "SELECT doc_id, words FROM section WHERE heading = 'Cargo' AND words IS NOT NULL "
     "ORDER BY words DESC LIMIT 3"),
    ("train", "list",
     "Which kinds of templates are there? Write them in lower case without blanks at the ends, "
     "each once, and pass over templates whose kind is not filled in.",
     "SELECT DISTINCT LOWER(TRIM(kind)) FROM template WHERE kind IS NOT NULL"),
    ("train", "integer",
     "In how many titles of documents does the ship Marigold occur, in small or capital letters?",
     "SELECT COUNT(*) FROM document WHERE title LIKE '%marigold%'"),
    ("train", "string",
     "What is the title of the latest document that is void, whichever way that was typed? Give it "
     "as it is written in the table, but without blanks at the ends.",
     "SELECT TRIM(title) FROM document WHERE LOWER(TRIM(status)) = 'void' "
     "ORDER BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) || '-' "
     "|| SUBSTR(created_on, 4, 2) || '-' || SUBSTR(created_on, 1, 2) ELSE created_on END DESC "
     "LIMIT 1"),
    ("train", "integer",
     "How many signatures were asked for without any decision being noted so far?",
     "SELECT COUNT(*) FROM signature WHERE decision IS NULL"),
    ("train", "list",
     "Which clerks have left the office? Give their full names as they are written in the table.",
     "SELECT full_name FROM clerk WHERE left_in IS NOT NULL"),
    ("train", "float",
     "What percentage of all the documents are drafts, case and blanks aside? Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(status)) = 'draft' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM document"),
    ("train", "string",
     "Which version of a template was the last to be withdrawn? Answer with the template code, a "
     "slash and the version number, as in ABC/1.",
     "SELECT template_code || '/' || version_no FROM template_version "
     "WHERE withdrawn IS NOT NULL ORDER BY withdrawn DESC LIMIT 1"),
    ("train", "table",
     "Which documents created in 2022 replace another document? Give the id of the document and "
     "the id of the one that it replaces.",
     "SELECT doc_id, replaces FROM document WHERE replaces IS NOT NULL "
     "AND (created_on LIKE '2022-%' OR created_on LIKE '__.__.2022')"),
    ("train", "table",
     "How many documents have each status? Write the status in lower case without blanks at the "
     "ends and merge the spellings that then agree.",
     "SELECT LOWER(TRIM(status)), COUNT(*) FROM document GROUP BY LOWER(TRIM(status))"),
    ("train", "list",
     "Which headings stand over more than forty sections?",
     "SELECT heading FROM section WHERE heading IS NOT NULL GROUP BY heading "
     "HAVING COUNT(*) > 40"),
    ("train", "integer",
     "How many sections have more than one and a half times as many words as the average section "
     "whose words were counted?",
     "SELECT COUNT(*) FROM section WHERE words > 1.5 * (SELECT AVG(words) FROM section)"),
    ("train", "string",
     "Who has written the most documents? Give the clerk's full name as it is written in the "
     "table.",
     "SELECT c.full_name FROM clerk AS c JOIN document AS d ON d.author_id = c.clerk_id "
     "GROUP BY c.clerk_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which labels have been put on at least twenty documents?",
     "SELECT l.label_text FROM label AS l JOIN document_label AS x ON x.label_id = l.label_id "
     "GROUP BY l.label_id HAVING COUNT(*) >= 20"),
    ("train", "table",
     "How many templates belong to each unit? Give the unit's name and the number, and leave out "
     "units that own none.",
     "SELECT u.unit_name, COUNT(*) FROM unit AS u JOIN template AS t "
     "ON t.unit_code = u.unit_code GROUP BY u.unit_code"),
    ("train", "list",
     "Which documents were both approved by somebody and returned by somebody else, with both "
     "decisions signed in 2022? Capitals and blanks do not matter. Give the document ids.",
     "SELECT doc_id FROM signature WHERE LOWER(TRIM(decision)) = 'approved' "
     "AND signed_on LIKE '2022-%' INTERSECT SELECT doc_id FROM signature "
     "WHERE LOWER(TRIM(decision)) = 'returned' AND signed_on LIKE '2022-%'"),
    ("train", "float",
     "What is the average length, in words, of the sections that belong to final documents? The "
     "status was typed in several ways; sections whose words were not counted do not count. Round "
     "to two decimals.",
     "SELECT ROUND(AVG(s.words), 2) FROM section AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "WHERE LOWER(TRIM(d.status)) = 'final'"),
    ("train", "integer",
     "Going from version to version of the same template and skipping those without a field count, "
     "how many times did the number of fields go down?",
     "SELECT COUNT(*) FROM (SELECT field_count, LAG(field_count) OVER "
     "(PARTITION BY template_code ORDER BY version_no) AS previous FROM template_version "
     "WHERE field_count IS NOT NULL) WHERE field_count < previous"),
    ("train", "list",
     "Which documents did Nuno Faroleiro write? Give their titles as they are written in the "
     "table, but without blanks at the ends, each once.",
     "SELECT DISTINCT TRIM(d.title) FROM document AS d JOIN clerk AS c "
     "ON c.clerk_id = d.author_id WHERE c.full_name = 'Nuno Faroleiro'"),
    ("train", "integer",
     "How many documents were made from a version of their template that had been withdrawn in an "
     "earlier month than the one in which the document was created?",
     "SELECT COUNT(*) FROM document AS d JOIN template_version AS v "
     "ON v.template_code = d.template_code AND v.version_no = d.version_no "
     "WHERE v.withdrawn < CASE WHEN d.created_on LIKE '__.__.____' "
     "THEN SUBSTR(d.created_on, 7, 4) || '-' || SUBSTR(d.created_on, 4, 2) "
     "ELSE SUBSTR(d.created_on, 1, 7) END"),
    ("train", "string",
     "Documents name the template version that they were made from. Which version is named most "
     "often? Answer with the template code, a slash and the version number, as in ABC/1.",
     "SELECT template_code || '/' || version_no FROM document WHERE template_code IS NOT NULL "
     "GROUP BY template_code, version_no ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "table",
     "How many documents were created in each year? Give the year as a number and the count, in "
     "ascending order of the year.",
     "SELECT CAST(CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) "
     "ELSE SUBSTR(created_on, 1, 4) END AS INTEGER) AS year, COUNT(*) FROM document "
     "GROUP BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) "
     "ELSE SUBSTR(created_on, 1, 4) END ORDER BY CAST(CASE WHEN created_on LIKE '__.__.____' "
     "THEN SUBSTR(created_on, 7, 4) ELSE SUBSTR(created_on, 1, 4) END AS INTEGER)"),
    ("train", "list",
     "Add up the counted words of each document. Which documents have more than twice the average "
     "of these sums? Give the document ids; documents without any counted words do not take part.",
     "SELECT doc_id FROM section WHERE words IS NOT NULL GROUP BY doc_id HAVING SUM(words) > "
     "2 * (SELECT AVG(total) FROM (SELECT SUM(words) AS total FROM section "
     "WHERE words IS NOT NULL GROUP BY doc_id))"),
    ("train", "integer",
     "How many final documents, whichever way the status was typed, has nobody been asked to sign?",
     "SELECT COUNT(*) FROM document AS d WHERE LOWER(TRIM(d.status)) = 'final' AND NOT EXISTS "
     "(SELECT 1 FROM signature AS s WHERE s.doc_id = d.doc_id)"),
    ("train", "list",
     "Which labels have never been put on a void document, capitals and blanks in the status "
     "aside?",
     "SELECT l.label_text FROM label AS l WHERE l.label_id NOT IN (SELECT x.label_id "
     "FROM document_label AS x JOIN document AS d ON d.doc_id = x.doc_id "
     "WHERE LOWER(TRIM(d.status)) = 'void')"),
    ("train", "table",
     "For each unit, what is the largest number of counted words in a single document written by "
     "one of its clerks, and which document is that? Give the unit's name, the document id and the "
     "words.",
     "SELECT unit_name, doc_id, total FROM (SELECT u.unit_name, d.doc_id, SUM(s.words) AS total, "
     "RANK() OVER (PARTITION BY u.unit_code ORDER BY SUM(s.words) DESC) AS place "
     "FROM section AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "JOIN clerk AS c ON c.clerk_id = d.author_id JOIN unit AS u ON u.unit_code = c.unit_code "
     "WHERE s.words IS NOT NULL GROUP BY d.doc_id) WHERE place = 1"),
    ("train", "string",
     "The clerks of which unit have written the most documents labelled urgent? Give the unit's "
     "name.",
     "SELECT u.unit_name FROM unit AS u JOIN clerk AS c ON c.unit_code = u.unit_code "
     "JOIN document AS d ON d.author_id = c.clerk_id "
     "JOIN document_label AS x ON x.doc_id = d.doc_id JOIN label AS l ON l.label_id = x.label_id "
     "WHERE l.label_text = 'urgent' GROUP BY u.unit_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which clerks have written a document using a version of a template that they themselves had "
     "drafted? Give the full names as they are written in the table.",
     "SELECT DISTINCT c.full_name FROM clerk AS c JOIN document AS d ON d.author_id = c.clerk_id "
     "JOIN template_version AS v ON v.template_code = d.template_code "
     "AND v.version_no = d.version_no WHERE v.drafted_by = c.clerk_id"),
    ("train", "float",
     "What percentage of the documents made from templates of the Safety unit has the status "
     "final, in any spelling? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(d.status)) = 'final' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM document AS d JOIN template AS t ON t.template_code = d.template_code "
     "JOIN unit AS u ON u.unit_code = t.unit_code WHERE u.unit_name = 'Safety'"),
    ("train", "integer",
     "How many documents in English, language code en in any letters, were sent to at least two "
     "clerks for signature and approved by every one of them? A signature without a decision is "
     "not an approval.",
     "SELECT COUNT(*) FROM document AS d WHERE LOWER(TRIM(d.lang)) = 'en' AND d.doc_id IN "
     "(SELECT s.doc_id FROM signature AS s GROUP BY s.doc_id HAVING COUNT(*) >= 2 "
     "AND SUM(CASE WHEN LOWER(TRIM(s.decision)) = 'approved' THEN 1 ELSE 0 END) = COUNT(*))"),
    ("eval", "integer",
     "How many sections have no heading at all?",
     "SELECT COUNT(*) FROM section WHERE heading IS NULL"),
    ("eval", "list",
     "Which headings stand over at least one section of fewer than twenty words? Pass over "
     "sections without a heading and give each heading once.",
     "SELECT DISTINCT heading FROM section WHERE words < 20 AND heading IS NOT NULL"),
    ("eval", "float",
     "How many fields do the template versions issued in 2020 or later have on average? Leave out "
     "those without a field count and round to two decimals.",
     "SELECT ROUND(AVG(field_count), 2) FROM template_version WHERE issued >= '2020'"),
    ("eval", "string",
     "What is the title of the first document ever written in Greek, language code el in any "
     "letters? Leave away blanks at the ends.",
     "SELECT TRIM(title) FROM document WHERE LOWER(TRIM(lang)) = 'el' "
     "ORDER BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) || '-' "
     "|| SUBSTR(created_on, 4, 2) || '-' || SUBSTR(created_on, 1, 2) ELSE created_on END LIMIT 1"),
    ("eval", "integer",
     "How many different clerks have ever returned a document, however the decision was typed?",
     "SELECT COUNT(DISTINCT clerk_id) FROM signature WHERE LOWER(TRIM(decision)) = 'returned'"),
    ("eval", "table",
     "Which templates grew out of another one, and out of which? Give the names of both, the newer "
     "template's name on the left.",
     "SELECT t.template_name, b.template_name FROM template AS t JOIN template AS b "
     "ON b.template_code = t.based_on"),
    ("eval", "table",
     "Which templates have had at least four versions? Give the template code, the number of "
     "versions and the month in which the first of them was issued.",
     "SELECT template_code, COUNT(*), MIN(issued) FROM template_version GROUP BY template_code "
     "HAVING COUNT(*) >= 4"),
    ("eval", "list",
     "Of which templates was a version withdrawn in 2022 or 2023? Give their names.",
     "SELECT DISTINCT t.template_name FROM template AS t JOIN template_version AS v "
     "ON v.template_code = t.template_code WHERE v.withdrawn >= '2022'"),
    ("eval", "integer",
     "How many documents have been replaced by another document and are nevertheless final, "
     "whichever way the status was typed?",
     "SELECT COUNT(*) FROM document WHERE LOWER(TRIM(status)) = 'final' AND doc_id IN "
     "(SELECT replaces FROM document WHERE replaces IS NOT NULL)"),
    ("eval", "float",
     "Looking at documents in a language other than English, what percentage of the decisions on "
     "them sent the document back as returned? Capitals and blanks do not matter anywhere, "
     "signatures without a decision do not count; round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(s.decision)) = 'returned' THEN 1 ELSE 0 END) "
     "/ COUNT(s.decision), 1) FROM signature AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "WHERE LOWER(TRIM(d.lang)) <> 'en'"),
    ("eval", "string",
     "Which clerk has been asked for a signature most often, whether or not a decision followed? "
     "Give the full name as it is written in the table.",
     "SELECT c.full_name FROM clerk AS c JOIN signature AS s ON s.clerk_id = c.clerk_id "
     "GROUP BY c.clerk_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which clerks have approved something but never returned anything, however the decisions were "
     "typed? Give their clerk ids.",
     "SELECT clerk_id FROM signature WHERE LOWER(TRIM(decision)) = 'approved' "
     "EXCEPT SELECT clerk_id FROM signature WHERE LOWER(TRIM(decision)) = 'returned'"),
    ("eval", "table",
     "For each language of the documents, which clerk has written the most? Give the language in "
     "lower case without blanks, the clerk's full name as it is written in the table and the "
     "number of documents.",
     "SELECT lang, full_name, written FROM (SELECT LOWER(TRIM(d.lang)) AS lang, c.full_name, "
     "COUNT(*) AS written, RANK() OVER (PARTITION BY LOWER(TRIM(d.lang)) ORDER BY COUNT(*) DESC) "
     "AS place FROM document AS d JOIN clerk AS c ON c.clerk_id = d.author_id "
     "GROUP BY LOWER(TRIM(d.lang)), c.clerk_id) WHERE place = 1"),
    ("eval", "list",
     "From which templates was no document made in 2023? Give the names of the templates, those "
     "never used at all included.",
     "SELECT t.template_name FROM template AS t WHERE NOT EXISTS (SELECT 1 FROM document AS d "
     "WHERE d.template_code = t.template_code "
     "AND (d.created_on LIKE '2023-%' OR d.created_on LIKE '%.2023'))"),
    ("eval", "string",
     "On which day was the tenth document made from any version of the Incident report template? "
     "Answer as YYYY-MM-DD.",
     "SELECT day FROM (SELECT CASE WHEN d.created_on LIKE '__.__.____' "
     "THEN SUBSTR(d.created_on, 7, 4) || '-' || SUBSTR(d.created_on, 4, 2) || '-' "
     "|| SUBSTR(d.created_on, 1, 2) ELSE d.created_on END AS day, ROW_NUMBER() OVER "
     "(ORDER BY CASE WHEN d.created_on LIKE '__.__.____' THEN SUBSTR(d.created_on, 7, 4) || '-' "
     "|| SUBSTR(d.created_on, 4, 2) || '-' || SUBSTR(d.created_on, 1, 2) ELSE d.created_on END) "
     "AS place FROM document AS d JOIN template AS t ON t.template_code = d.template_code "
     "WHERE t.template_name = 'Incident report') WHERE place = 10"),
)
