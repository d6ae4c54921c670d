"""The questions about cre_Doc_Template_Mgt: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many documents were made without a template?",
     "SELECT COUNT(*) FROM document WHERE template_code IS NULL"),
    ("train", "list",
     "What are the titles of the documents in Ukrainian (language code uk)? Ignore case and spaces "
     "in the code. Give each title once.",
     "SELECT DISTINCT TRIM(title) FROM document WHERE LOWER(TRIM(lang)) = 'uk'"),
    ("train", "float",
     "How many words does a section headed Conditions have on average? Skip sections without a "
     "word count, and round to two decimals.",
     "SELECT ROUND(AVG(words), 2) FROM section WHERE heading = 'Conditions'"),
    ("train", "string",
     "Which clerk joined the office in the earliest year? Give the full name.",
     "SELECT full_name FROM clerk ORDER BY SUBSTR(joined, -4) LIMIT 1"),
    ("train", "integer",
     "How many documents were created in 2020? Dates are written in two ways.",
     "SELECT COUNT(*) FROM document WHERE created_on LIKE '2020-%' OR created_on LIKE '%.2020'"),
    ("train", "table",
     "Which three sections headed Cargo have the most words? Give the document id and the words, "
     "the longest first.",
     "SELECT doc_id, words FROM section WHERE heading = 'Cargo' AND words IS NOT NULL "
     "ORDER BY words DESC LIMIT 3"),
    ("train", "list",
     "Which kinds of templates are there? Spelling of the kind varies: ignore case and spaces. "
     "Give each once, in lower case.",
     "SELECT DISTINCT LOWER(TRIM(kind)) FROM template WHERE kind IS NOT NULL"),
    ("train", "integer",
     "How many document titles mention the ship Marigold? Ignore case.",
     "SELECT COUNT(*) FROM document WHERE title LIKE '%marigold%'"),
    ("train", "string",
     "What is the title of the latest void document? Spelling of the status varies: ignore case "
     "and spaces. Dates are written in two ways.",
     "SELECT TRIM(title) FROM document WHERE LOWER(TRIM(status)) = 'void' "
     "ORDER BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) || '-' "
     "|| SUBSTR(created_on, 4, 2) || '-' || SUBSTR(created_on, 1, 2) ELSE created_on END DESC "
     "LIMIT 1"),
    ("train", "integer",
     "How many signatures that were asked for have no decision yet?",
     "SELECT COUNT(*) FROM signature WHERE decision IS NULL"),
    ("train", "list",
     "Which clerks have left the office? Give their full names.",
     "SELECT full_name FROM clerk WHERE left_in IS NOT NULL"),
    ("train", "float",
     "What percentage of all documents are drafts? Spelling of the status varies: ignore case and "
     "spaces. Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(status)) = 'draft' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM document"),
    ("train", "string",
     "Which template version was the last to be withdrawn? Answer with the template code, a slash "
     "and the version number, as in ABC/1.",
     "SELECT template_code || '/' || version_no FROM template_version "
     "WHERE withdrawn IS NOT NULL ORDER BY withdrawn DESC LIMIT 1"),
    ("train", "table",
     "Which documents created in 2022 replace another document? Dates are written in two ways. "
     "Give the ids of the document and of the one that it replaces.",
     "SELECT doc_id, replaces FROM document WHERE replaces IS NOT NULL "
     "AND (created_on LIKE '2022-%' OR created_on LIKE '__.__.2022')"),
    ("train", "table",
     "How many documents have each status? Spelling of the status varies: ignore case and spaces. "
     "Give the status in lower case and the number.",
     "SELECT LOWER(TRIM(status)), COUNT(*) FROM document GROUP BY LOWER(TRIM(status))"),
    ("train", "list",
     "Which headings stand over more than forty sections?",
     "SELECT heading FROM section WHERE heading IS NOT NULL GROUP BY heading "
     "HAVING COUNT(*) > 40"),
    ("train", "integer",
     "How many sections have more than one and a half times the average number of words? Skip "
     "sections without a word count.",
     "SELECT COUNT(*) FROM section WHERE words > 1.5 * (SELECT AVG(words) FROM section)"),
    ("train", "string",
     "Which clerk has written the most documents? Give the full name.",
     "SELECT c.full_name FROM clerk AS c JOIN document AS d ON d.author_id = c.clerk_id "
     "GROUP BY c.clerk_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which labels are on at least twenty documents?",
     "SELECT l.label_text FROM label AS l JOIN document_label AS x ON x.label_id = l.label_id "
     "GROUP BY l.label_id HAVING COUNT(*) >= 20"),
    ("train", "table",
     "How many templates does each unit own? Give the unit's name and the number, and leave out "
     "units without any.",
     "SELECT u.unit_name, COUNT(*) FROM unit AS u JOIN template AS t "
     "ON t.unit_code = u.unit_code GROUP BY u.unit_code"),
    ("train", "list",
     "Which documents were approved by one clerk and returned by another in 2022? Spelling of the "
     "decision varies: ignore case and spaces. Give the document ids.",
     "SELECT doc_id FROM signature WHERE LOWER(TRIM(decision)) = 'approved' "
     "AND signed_on LIKE '2022-%' INTERSECT SELECT doc_id FROM signature "
     "WHERE LOWER(TRIM(decision)) = 'returned' AND signed_on LIKE '2022-%'"),
    ("train", "float",
     "How many words does a section of a final document have on average? Spelling of the status "
     "varies: ignore case and spaces. Skip sections without a word count, and round to two "
     "decimals.",
     "SELECT ROUND(AVG(s.words), 2) FROM section AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "WHERE LOWER(TRIM(d.status)) = 'final'"),
    ("train", "integer",
     "How many times did the number of fields go down from one version of a template to the next? "
     "Skip versions without a field count.",
     "SELECT COUNT(*) FROM (SELECT field_count, LAG(field_count) OVER "
     "(PARTITION BY template_code ORDER BY version_no) AS previous FROM template_version "
     "WHERE field_count IS NOT NULL) WHERE field_count < previous"),
    ("train", "list",
     "Which documents did Nuno Faroleiro write? Give each title once.",
     "SELECT DISTINCT TRIM(d.title) FROM document AS d JOIN clerk AS c "
     "ON c.clerk_id = d.author_id WHERE c.full_name = 'Nuno Faroleiro'"),
    ("train", "integer",
     "How many documents were made from a template version that had been withdrawn in an earlier "
     "month? Dates are written in two ways.",
     "SELECT COUNT(*) FROM document AS d JOIN template_version AS v "
     "ON v.template_code = d.template_code AND v.version_no = d.version_no "
     "WHERE v.withdrawn < CASE WHEN d.created_on LIKE '__.__.____' "
     "THEN SUBSTR(d.created_on, 7, 4) || '-' || SUBSTR(d.created_on, 4, 2) "
     "ELSE SUBSTR(d.created_on, 1, 7) END"),
    ("train", "string",
     "From which template version were the most documents made? Answer with the template code, a "
     "slash and the version number, as in ABC/1.",
     "SELECT template_code || '/' || version_no FROM document WHERE template_code IS NOT NULL "
     "GROUP BY template_code, version_no ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "table",
     "How many documents were created in each year? Dates are written in two ways. Give the year "
     "as a number and the count, in ascending order of the years.",
     "SELECT CAST(CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) "
     "ELSE SUBSTR(created_on, 1, 4) END AS INTEGER) AS year, COUNT(*) FROM document "
     "GROUP BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) "
     "ELSE SUBSTR(created_on, 1, 4) END ORDER BY CAST(CASE WHEN created_on LIKE '__.__.____' "
     "THEN SUBSTR(created_on, 7, 4) ELSE SUBSTR(created_on, 1, 4) END AS INTEGER)"),
    ("train", "list",
     "Which documents have more than twice as many counted words as the average document? Skip "
     "documents without any, and give the document ids.",
     "SELECT doc_id FROM section WHERE words IS NOT NULL GROUP BY doc_id HAVING SUM(words) > "
     "2 * (SELECT AVG(total) FROM (SELECT SUM(words) AS total FROM section "
     "WHERE words IS NOT NULL GROUP BY doc_id))"),
    ("train", "integer",
     "How many final documents has nobody been asked to sign? Spelling of the status varies: "
     "ignore case and spaces.",
     "SELECT COUNT(*) FROM document AS d WHERE LOWER(TRIM(d.status)) = 'final' AND NOT EXISTS "
     "(SELECT 1 FROM signature AS s WHERE s.doc_id = d.doc_id)"),
    ("train", "list",
     "Which labels have never been put on a void document? Spelling of the status varies: ignore "
     "case and spaces.",
     "SELECT l.label_text FROM label AS l WHERE l.label_id NOT IN (SELECT x.label_id "
     "FROM document_label AS x JOIN document AS d ON d.doc_id = x.doc_id "
     "WHERE LOWER(TRIM(d.status)) = 'void')"),
    ("train", "table",
     "Which document by a clerk of each unit has the most counted words? Give the unit's name, the "
     "document id and the words.",
     "SELECT unit_name, doc_id, total FROM (SELECT u.unit_name, d.doc_id, SUM(s.words) AS total, "
     "RANK() OVER (PARTITION BY u.unit_code ORDER BY SUM(s.words) DESC) AS place "
     "FROM section AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "JOIN clerk AS c ON c.clerk_id = d.author_id JOIN unit AS u ON u.unit_code = c.unit_code "
     "WHERE s.words IS NOT NULL GROUP BY d.doc_id) WHERE place = 1"),
    ("train", "string",
     "Which unit's clerks have written the most documents labelled urgent? Give the unit's name.",
     "SELECT u.unit_name FROM unit AS u JOIN clerk AS c ON c.unit_code = u.unit_code "
     "JOIN document AS d ON d.author_id = c.clerk_id "
     "JOIN document_label AS x ON x.doc_id = d.doc_id JOIN label AS l ON l.label_id = x.label_id "
     "WHERE l.label_text = 'urgent' GROUP BY u.unit_code ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which clerks have written a document from a template version that they drafted themselves? "
     "Give the full names.",
     "SELECT DISTINCT c.full_name FROM clerk AS c JOIN document AS d ON d.author_id = c.clerk_id "
     "JOIN template_version AS v ON v.template_code = d.template_code "
     "AND v.version_no = d.version_no WHERE v.drafted_by = c.clerk_id"),
    ("train", "float",
     "What percentage of the documents made from templates of the Safety unit is final? Spelling "
     "of the status varies: ignore case and spaces. Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(d.status)) = 'final' THEN 1 ELSE 0 END) "
     "/ COUNT(*), 1) FROM document AS d JOIN template AS t ON t.template_code = d.template_code "
     "JOIN unit AS u ON u.unit_code = t.unit_code WHERE u.unit_name = 'Safety'"),
    ("train", "integer",
     "How many English documents (language code en) were sent to at least two clerks for signature "
     "and approved by all of them? A signature without a decision is no approval. Ignore case and "
     "spaces in codes and decisions.",
     "SELECT COUNT(*) FROM document AS d WHERE LOWER(TRIM(d.lang)) = 'en' AND d.doc_id IN "
     "(SELECT s.doc_id FROM signature AS s GROUP BY s.doc_id HAVING COUNT(*) >= 2 "
     "AND SUM(CASE WHEN LOWER(TRIM(s.decision)) = 'approved' THEN 1 ELSE 0 END) = COUNT(*))"),
    ("eval", "integer",
     "How many sections have no heading?",
     "SELECT COUNT(*) FROM section WHERE heading IS NULL"),
    ("eval", "list",
     "Which headings stand over a section of fewer than twenty words? Skip sections without a "
     "heading, and give each heading once.",
     "SELECT DISTINCT heading FROM section WHERE words < 20 AND heading IS NOT NULL"),
    ("eval", "float",
     "How many fields do the template versions issued in 2020 or later have on average? Skip "
     "versions without a field count, and round to two decimals.",
     "SELECT ROUND(AVG(field_count), 2) FROM template_version WHERE issued >= '2020'"),
    ("eval", "string",
     "What is the title of the first document in Greek (language code el)? Ignore case and spaces "
     "in the code. Dates are written in two ways.",
     "SELECT TRIM(title) FROM document WHERE LOWER(TRIM(lang)) = 'el' "
     "ORDER BY CASE WHEN created_on LIKE '__.__.____' THEN SUBSTR(created_on, 7, 4) || '-' "
     "|| SUBSTR(created_on, 4, 2) || '-' || SUBSTR(created_on, 1, 2) ELSE created_on END LIMIT 1"),
    ("eval", "integer",
     "How many different clerks have ever returned a document? Spelling of the decision varies: "
     "ignore case and spaces.",
     "SELECT COUNT(DISTINCT clerk_id) FROM signature WHERE LOWER(TRIM(decision)) = 'returned'"),
    ("eval", "table",
     "Which templates are based on another one? Give the name of the template and of the one it is "
     "based on.",
     "SELECT t.template_name, b.template_name FROM template AS t JOIN template AS b "
     "ON b.template_code = t.based_on"),
    ("eval", "table",
     "Which templates have had at least four versions? Give the template code, the number of "
     "versions and the month in which the first was issued.",
     "SELECT template_code, COUNT(*), MIN(issued) FROM template_version GROUP BY template_code "
     "HAVING COUNT(*) >= 4"),
    ("eval", "list",
     "Which templates had a version withdrawn in 2022 or 2023? Give their names.",
     "SELECT DISTINCT t.template_name FROM template AS t JOIN template_version AS v "
     "ON v.template_code = t.template_code WHERE v.withdrawn >= '2022'"),
    ("eval", "integer",
     "How many final documents have been replaced by another document? Spelling of the status "
     "varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM document WHERE LOWER(TRIM(status)) = 'final' AND doc_id IN "
     "(SELECT replaces FROM document WHERE replaces IS NOT NULL)"),
    ("eval", "float",
     "What percentage of the decisions on documents in a language other than English (en) was "
     "returned? Ignore case and spaces in codes and decisions, skip signatures without a decision, "
     "and round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN LOWER(TRIM(s.decision)) = 'returned' THEN 1 ELSE 0 END) "
     "/ COUNT(s.decision), 1) FROM signature AS s JOIN document AS d ON d.doc_id = s.doc_id "
     "WHERE LOWER(TRIM(d.lang)) <> 'en'"),
    ("eval", "string",
     "Which clerk has been asked for a signature most often? Count requests without a decision "
     "too, and give the full name.",
     "SELECT c.full_name FROM clerk AS c JOIN signature AS s ON s.clerk_id = c.clerk_id "
     "GROUP BY c.clerk_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "list",
     "Which clerks have approved a document but never returned one? Spelling of the decision "
     "varies: ignore case and spaces. Give their clerk ids.",
     "SELECT clerk_id FROM signature WHERE LOWER(TRIM(decision)) = 'approved' "
     "EXCEPT SELECT clerk_id FROM signature WHERE LOWER(TRIM(decision)) = 'returned'"),
    ("eval", "table",
     "Which clerk has written the most documents in each language? Spelling of the language code "
     "varies: ignore case and spaces. Give the code in lower case, the full name and the number of "
     "documents.",
     "SELECT lang, full_name, written FROM (SELECT LOWER(TRIM(d.lang)) AS lang, c.full_name, "
     "COUNT(*) AS written, RANK() OVER (PARTITION BY LOWER(TRIM(d.lang)) ORDER BY COUNT(*) DESC) "
     "AS place FROM document AS d JOIN clerk AS c ON c.clerk_id = d.author_id "
     "GROUP BY LOWER(TRIM(d.lang)), c.clerk_id) WHERE place = 1"),
    ("eval", "list",
     "From which templates was no document made in 2023? Count templates that were never used too. "
     "Dates are written in two ways. Give the names.",
     "SELECT t.template_name FROM template AS t WHERE NOT EXISTS (SELECT 1 FROM document AS d "
     "WHERE d.template_code = t.template_code "
     "AND (d.created_on LIKE '2023-%' OR d.created_on LIKE '%.2023'))"),
    ("eval", "string",
     "On which day was the tenth document made from the Incident report template, in any version? "
     "Dates are written in two ways. Answer as YYYY-MM-DD.",
     "SELECT day FROM (SELECT CASE WHEN d.created_on LIKE '__.__.____' "
     "THEN SUBSTR(d.created_on, 7, 4) || '-' || SUBSTR(d.created_on, 4, 2) || '-' "
     "|| SUBSTR(d.created_on, 1, 2) ELSE d.created_on END AS day, ROW_NUMBER() OVER "
     "(ORDER BY CASE WHEN d.created_on LIKE '__.__.____' THEN SUBSTR(d.created_on, 7, 4) || '-' "
     "|| SUBSTR(d.created_on, 4, 2) || '-' || SUBSTR(d.created_on, 1, 2) ELSE d.created_on END) "
     "AS place FROM document AS d JOIN template AS t ON t.template_code = d.template_code "
     "WHERE t.template_name = 'Incident report') WHERE place = 10"),
)
