"""The questions about poker_player: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many players have no nickname?",
     "SELECT COUNT(*) FROM player WHERE nickname IS NULL"),
    ("train", "string",
     "Which club has the most tables?",
     "SELECT TRIM(club_name) FROM club WHERE tables IS NOT NULL ORDER BY tables DESC LIMIT 1"),
    ("train", "list",
     "Which players turned professional before the year 2000?",
     "SELECT full_name FROM player WHERE turned_pro < 2000"),
    ("train", "float",
     "What is the average buy-in of a tournament, in euros? Count called-off tournaments too, and "
     "round to two decimals.",
     "SELECT ROUND(AVG(buy_in_eur), 2) FROM tournament"),
    ("train", "integer",
     "How many knock-outs were made with a flush? Spelling of the hand varies: ignore case and "
     "spaces.",
     "SELECT COUNT(*) FROM knockout WHERE LOWER(TRIM(hand)) = 'flush'"),
    ("train", "list",
     "Which tournaments with Bounty in the title cost more than 60 euros to enter?",
     "SELECT title FROM tournament WHERE title LIKE '%Bounty%' AND buy_in_eur > 60"),
    ("train", "string",
     "Who is the oldest player? Dates of birth are written DD.MM.YYYY or YYYY-MM-DD.",
     "SELECT full_name FROM player WHERE born IS NOT NULL ORDER BY CASE WHEN born LIKE '%.%' THEN "
     "SUBSTR(born, 7) || SUBSTR(born, 4, 2) || SUBSTR(born, 1, 2) ELSE REPLACE(born, '-', '') END "
     "LIMIT 1"),
    ("train", "integer",
     "How many stud tournaments were announced? Count called-off ones too. Spelling of the game "
     "varies: ignore case and spaces.",
     "SELECT COUNT(*) FROM tournament WHERE LOWER(TRIM(game)) = 'stud'"),
    ("train", "table",
     "Which backings are for 50 percent of the winnings? Count ended ones too. Give the backer's "
     "id and the player's id.",
     "SELECT backer_id, player_id FROM backing WHERE share_pct = 50"),
    ("train", "float",
     "At which level were players knocked out by two pair on average? Spelling of the hand varies: "
     "ignore case and spaces. Round to two decimals.",
     "SELECT ROUND(AVG(level), 2) FROM knockout WHERE LOWER(TRIM(hand)) = 'two pair'"),
    ("train", "integer",
     "How many different players have knocked somebody out?",
     "SELECT COUNT(DISTINCT by_id) FROM knockout"),
    ("train", "list",
     "Which clubs opened in 2005 or later?",
     "SELECT TRIM(club_name) FROM club WHERE SUBSTR(opened, -4) >= '2005'"),
    ("train", "float",
     "What percentage of the entries with a finishing place won a prize? Round to one decimal.",
     "SELECT ROUND(100.0 * COUNT(prize_eur) / COUNT(*), 1) FROM entry WHERE place IS NOT NULL"),
    ("train", "integer",
     "How many euros of prizes were paid out in all?",
     "SELECT SUM(prize_eur) FROM entry"),
    ("train", "string",
     "Which nickname do two players share?",
     "SELECT nickname FROM player WHERE nickname IS NOT NULL GROUP BY nickname "
     "HAVING COUNT(*) = 2"),
    ("train", "table",
     "Which countries' players have won more than 1,500 euros in prizes altogether? Give the "
     "country and the sum.",
     "SELECT p.country, SUM(e.prize_eur) FROM player AS p JOIN entry AS e "
     "ON e.player_id = p.player_id GROUP BY p.country HAVING SUM(e.prize_eur) > 1500"),
    ("train", "integer",
     "How many tournaments had a buy-in above the average? Count called-off tournaments too, also "
     "in the average.",
     "SELECT COUNT(*) FROM tournament WHERE buy_in_eur > (SELECT AVG(buy_in_eur) FROM tournament)"),
    ("train", "string",
     "Who has won a prize most often?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "WHERE e.prize_eur IS NOT NULL GROUP BY p.player_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "float",
     "What percentage of all prize money went to players from Sweden? Round to one decimal.",
     "SELECT ROUND(100.0 * SUM(CASE WHEN p.country = 'Sweden' THEN e.prize_eur ELSE 0 END) "
     "/ SUM(e.prize_eur), 1) FROM entry AS e JOIN player AS p ON p.player_id = e.player_id"),
    ("train", "list",
     "Which players are members of more than one club?",
     "SELECT p.full_name FROM player AS p JOIN club_member AS m ON m.player_id = p.player_id "
     "GROUP BY p.player_id HAVING COUNT(*) > 1"),
    ("train", "integer",
     "How many different opponents has Nuno Ribalta-Seixo knocked out?",
     "SELECT COUNT(DISTINCT k.victim_id) FROM knockout AS k JOIN player AS p "
     "ON p.player_id = k.by_id WHERE p.full_name = 'Nuno Ribalta-Seixo'"),
    ("train", "table",
     "How many knock-outs were made with each kind of hand? Spelling of the hand varies: ignore "
     "case and spaces. Give the hand in lower case and the number, and skip knock-outs without "
     "one.",
     "SELECT LOWER(TRIM(hand)), COUNT(*) FROM knockout WHERE hand IS NOT NULL GROUP BY "
     "LOWER(TRIM(hand))"),
    ("train", "float",
     "What was the average buy-in, in euros, of tournaments at clubs with fewer than seven tables? "
     "Round to two decimals.",
     "SELECT ROUND(AVG(t.buy_in_eur), 2) FROM tournament AS t JOIN club AS c ON c.club_id = "
     "t.club_id WHERE c.tables < 7"),
    ("train", "table",
     "How many members with a gold card does each club have? Spelling of the card varies: ignore "
     "case and spaces. Leave out clubs with none.",
     "SELECT TRIM(c.club_name), COUNT(*) FROM club AS c JOIN club_member AS m ON m.club_id = "
     "c.club_id WHERE LOWER(TRIM(m.card)) = 'gold' GROUP BY c.club_id"),
    ("train", "integer",
     "Which buy-in, in euros, was asked for at the most tournaments?",
     "SELECT buy_in_eur FROM tournament GROUP BY buy_in_eur ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which tournaments at clubs in Belgium or Sweden were not called off? Give the titles.",
     "SELECT t.title FROM tournament AS t JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country IN ('Belgium', 'Sweden') AND t.status = 'finished'"),
    ("train", "integer",
     "How often was a player knocked out by somebody from the same country?",
     "SELECT COUNT(*) FROM knockout AS k JOIN player AS v ON v.player_id = k.victim_id "
     "JOIN player AS b ON b.player_id = k.by_id WHERE v.country = b.country"),
    ("train", "float",
     "How many euros was a prize won by a professional on average? Professionals have a year of "
     "turning professional. Round to two decimals.",
     "SELECT ROUND(AVG(e.prize_eur), 2) FROM entry AS e JOIN player AS p ON p.player_id = "
     "e.player_id WHERE p.turned_pro IS NOT NULL"),
    ("train", "list",
     "Who has won a tournament at a club of which they are a member?",
     "SELECT DISTINCT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club_member AS m "
     "ON m.club_id = t.club_id AND m.player_id = e.player_id WHERE e.place = 1"),
    ("train", "string",
     "Who came out furthest ahead, taking prizes minus buy-ins and rebuys? Count only entries with "
     "a finishing place. A rebuy costs the tournament's rebuy price, and a missing prize or number "
     "of rebuys is zero.",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id JOIN "
     "tournament AS t ON t.tour_id = e.tour_id WHERE e.place IS NOT NULL GROUP BY p.player_id "
     "ORDER BY SUM(COALESCE(e.prize_eur, 0) - t.buy_in_eur - COALESCE(e.rebuys * t.rebuy_eur, 0)) "
     "DESC LIMIT 1"),
    ("train", "table",
     "Which player took the most prize money at the clubs of each country? Give the clubs' "
     "country, the player and the euros.",
     "SELECT country, full_name, won FROM (SELECT c.country, p.full_name, SUM(e.prize_eur) AS won, "
     "RANK() OVER (PARTITION BY c.country ORDER BY SUM(e.prize_eur) DESC) AS place "
     "FROM club AS c JOIN tournament AS t ON t.club_id = c.club_id "
     "JOIN entry AS e ON e.tour_id = t.tour_id JOIN player AS p ON p.player_id = e.player_id "
     "WHERE e.prize_eur IS NOT NULL GROUP BY c.country, p.player_id) WHERE place = 1"),
    ("train", "list",
     "Which players have won prizes both at a club in Portugal and at one in Sweden?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country = 'Portugal' AND e.prize_eur IS NOT NULL INTERSECT "
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country = 'Sweden' AND e.prize_eur IS NOT NULL"),
    ("train", "integer",
     "How often did a member of the club that held the tournament knock out a player who was not a "
     "member?",
     "SELECT COUNT(*) FROM knockout AS k JOIN tournament AS t ON t.tour_id = k.tour_id "
     "JOIN club_member AS m ON m.club_id = t.club_id AND m.player_id = k.by_id "
     "WHERE NOT EXISTS (SELECT 1 FROM club_member AS v WHERE v.club_id = t.club_id "
     "AND v.player_id = k.victim_id)"),
    ("train", "float",
     "How many euros did the winner get on average at tournaments with a buy-in above the average? "
     "Round to one decimal.",
     "SELECT ROUND(AVG(e.prize_eur), 1) FROM entry AS e JOIN tournament AS t "
     "ON t.tour_id = e.tour_id WHERE e.place = 1 "
     "AND t.buy_in_eur > (SELECT AVG(buy_in_eur) FROM tournament)"),
    ("train", "string",
     "Who won the latest stud tournament? Spelling of the game varies: ignore case and spaces. "
     "Dates are written YYYY-MM-DD or DD/MM/YYYY.",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id WHERE e.place = 1 "
     "AND LOWER(TRIM(t.game)) = 'stud' ORDER BY CASE WHEN t.played_on LIKE '%/%' THEN "
     "SUBSTR(t.played_on, 7) || SUBSTR(t.played_on, 4, 2) || SUBSTR(t.played_on, 1, 2) "
     "ELSE REPLACE(t.played_on, '-', '') END DESC LIMIT 1"),
    ("eval", "integer",
     "How many tournaments were set for May 2023? Dates are written YYYY-MM-DD or DD/MM/YYYY.",
     "SELECT COUNT(*) FROM tournament WHERE played_on LIKE '2023-05-%' "
     "OR played_on LIKE '%/05/2023'"),
    ("eval", "list",
     "Which players from Ireland or Austria have a nickname? Give their full names.",
     "SELECT full_name FROM player WHERE country IN ('Ireland', 'Austria') "
     "AND nickname IS NOT NULL"),
    ("eval", "float",
     "What percentage of the winnings does a backer get on average? Take the backings that have "
     "not ended, and round to one decimal.",
     "SELECT ROUND(AVG(share_pct), 1) FROM backing WHERE until IS NULL"),
    ("eval", "table",
     "Which knock-outs came at level 15 or later? Give the tournament's id, the victim's id and "
     "the level.",
     "SELECT tour_id, victim_id, level FROM knockout WHERE level >= 15"),
    ("eval", "integer",
     "How many entries have no finishing place?",
     "SELECT COUNT(*) FROM entry WHERE place IS NULL"),
    ("eval", "string",
     "Which club in Galway opened most recently? Spelling of the city varies: ignore case and "
     "spaces.",
     "SELECT TRIM(club_name) FROM club WHERE LOWER(TRIM(city)) = 'galway' ORDER BY SUBSTR(opened, "
     "-4) DESC LIMIT 1"),
    ("eval", "list",
     "Who has won at least two tournaments?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "WHERE e.place = 1 GROUP BY p.player_id HAVING COUNT(*) >= 2"),
    ("eval", "integer",
     "How many prizes were more than twice the average prize?",
     "SELECT COUNT(*) FROM entry WHERE prize_eur > 2 * (SELECT AVG(prize_eur) FROM entry)"),
    ("eval", "table",
     "Who was the first player of each country to turn professional? Give the country, the name "
     "and the year.",
     "SELECT country, full_name, turned_pro FROM (SELECT country, full_name, turned_pro, RANK() "
     "OVER (PARTITION BY country ORDER BY turned_pro) AS place FROM player "
     "WHERE turned_pro IS NOT NULL) WHERE place = 1"),
    ("eval", "string",
     "Which country's players have the most entries? Count no-shows and called-off tournaments "
     "too.",
     "SELECT p.country FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "GROUP BY p.country ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "integer",
     "How many players have both backed somebody and been backed by somebody? Count ended backings "
     "too.",
     "SELECT COUNT(*) FROM (SELECT backer_id FROM backing "
     "INTERSECT SELECT player_id FROM backing)"),
    ("eval", "float",
     "How many players got a finishing place in the average tournament? Skip tournaments where "
     "nobody did, and round to two decimals.",
     "SELECT ROUND(AVG(seated), 2) FROM (SELECT COUNT(*) AS seated FROM entry "
     "WHERE place IS NOT NULL GROUP BY tour_id)"),
    ("eval", "list",
     "Which players have never entered a tournament, not even one that was called off?",
     "SELECT p.full_name FROM player AS p WHERE NOT EXISTS "
     "(SELECT 1 FROM entry AS e WHERE e.player_id = p.player_id)"),
    ("eval", "integer",
     "How many tournaments were won by a player from another country than the club's?",
     "SELECT COUNT(*) FROM entry AS e JOIN player AS p ON p.player_id = e.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE e.place = 1 AND p.country <> c.country"),
    ("eval", "table",
     "For each backing of 40 percent or more that has not ended, how many euros has the player won "
     "in prizes? Skip players without a prize. Give the backer, the player and the euros.",
     "SELECT b.full_name, p.full_name, SUM(e.prize_eur) FROM backing AS k JOIN player AS b "
     "ON b.player_id = k.backer_id JOIN player AS p ON p.player_id = k.player_id JOIN entry AS e "
     "ON e.player_id = k.player_id WHERE k.share_pct >= 40 AND k.until IS NULL "
     "AND e.prize_eur IS NOT NULL GROUP BY k.backer_id, k.player_id"),
)
