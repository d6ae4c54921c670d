"""The questions about poker_player: (split, answer type, question, gold SQL).

Difficulty, tables and answers are computed (build.py); ids count up within each split.
"""

QUESTIONS = (
    ("train", "integer",
     "How many of the players go without a nickname?",
     "SELECT COUNT(*) FROM player WHERE nickname IS NULL"),
    ("train", "string",
     "Which club has the most tables, as far as that is known? Give its name without blanks at the "
     "ends.",
     "SELECT TRIM(club_name) FROM club WHERE tables IS NOT NULL ORDER BY tables DESC LIMIT 1"),
    ("train", "list",
     "Which players turned professional before the year 2000?",
     "SELECT full_name FROM player WHERE turned_pro < 2000"),
    ("train", "float",
     "What is the average buy-in in euros over all the tournaments, including the ones that were "
     "called off? Round to two decimals.",
     "SELECT ROUND(AVG(buy_in_eur), 2) FROM tournament"),
    ("train", "integer",
     "How many of the knock-outs were made with a flush, however that was typed?",
     "SELECT COUNT(*) FROM knockout WHERE LOWER(TRIM(hand)) = 'flush'"),
    ("train", "list",
     "Which tournaments with Bounty in their title cost more than 60 euros to enter?",
     "SELECT title FROM tournament WHERE title LIKE '%Bounty%' AND buy_in_eur > 60"),
    ("train", "string",
     "Who is the oldest of the players whose date of birth is known? The dates are written "
     "DD.MM.YYYY or YYYY-MM-DD.",
     "SELECT full_name FROM player WHERE born IS NOT NULL ORDER BY CASE WHEN born LIKE '%.%' THEN "
     "SUBSTR(born, 7) || SUBSTR(born, 4, 2) || SUBSTR(born, 1, 2) ELSE REPLACE(born, '-', '') END "
     "LIMIT 1"),
    ("train", "integer",
     "How many stud tournaments were announced, in whatever spelling and whether or not they were "
     "called off?",
     "SELECT COUNT(*) FROM tournament WHERE LOWER(TRIM(game)) = 'stud'"),
    ("train", "table",
     "Which backings, ended ones included, are for half of the winnings, 50 percent? Give the id "
     "of the backer and that of the player backed.",
     "SELECT backer_id, player_id FROM backing WHERE share_pct = 50"),
    ("train", "float",
     "At which level, on average, were players knocked out by two pair, however it was typed? "
     "Round to two decimals.",
     "SELECT ROUND(AVG(level), 2) FROM knockout WHERE LOWER(TRIM(hand)) = 'two pair'"),
    ("train", "integer",
     "How many different players have knocked somebody out? Leave out knock-outs without a name.",
     "SELECT COUNT(DISTINCT by_id) FROM knockout"),
    ("train", "list",
     "Which clubs opened in 2005 or later? Give the names without blanks at the ends.",
     "SELECT TRIM(club_name) FROM club WHERE SUBSTR(opened, -4) >= '2005'"),
    ("train", "float",
     "Of all the entries with a finishing place, what percentage won a prize? Round to one "
     "decimal.",
     "SELECT ROUND(100.0 * COUNT(prize_eur) / COUNT(*), 1) FROM entry WHERE place IS NOT NULL"),
    ("train", "integer",
     "How many euros were paid out as prizes in all?",
     "SELECT SUM(prize_eur) FROM entry"),
    ("train", "string",
     "Which nickname do two players have in common?",
     "SELECT nickname FROM player WHERE nickname IS NOT NULL GROUP BY nickname "
     "HAVING COUNT(*) = 2"),
    ("train", "table",
     "Which countries' players have won more than 1,500 euros in prizes altogether, and how much?",
     "SELECT p.country, SUM(e.prize_eur) FROM player AS p JOIN entry AS e "
     "ON e.player_id = p.player_id GROUP BY p.country HAVING SUM(e.prize_eur) > 1500"),
    ("train", "integer",
     "How many tournaments had a buy-in above the average one, counting those called off in the "
     "average and in the number?",
     "SELECT COUNT(*) FROM tournament WHERE buy_in_eur > (SELECT AVG(buy_in_eur) FROM tournament)"),
    ("train", "string",
     "Who has won prizes the largest number of times, whatever they were worth?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "WHERE e.prize_eur IS NOT NULL GROUP BY p.player_id ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "float",
     "What percentage of all the prize money went to players from Sweden? Round to one decimal.",
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
     "For every kind of hand that knocked players out, how often did it do so? Merge spellings "
     "that differ only in capitals or blanks, write the hands in lower case, and leave out "
     "knock-outs without a hand.",
     "SELECT LOWER(TRIM(hand)), COUNT(*) FROM knockout WHERE hand IS NOT NULL GROUP BY "
     "LOWER(TRIM(hand))"),
    ("train", "float",
     "What was the average buy-in, in euros, of tournaments at clubs known to have fewer than "
     "seven tables? Round to two decimals.",
     "SELECT ROUND(AVG(t.buy_in_eur), 2) FROM tournament AS t JOIN club AS c ON c.club_id = "
     "t.club_id WHERE c.tables < 7"),
    ("train", "table",
     "How many members with a gold card does each club have, whichever way gold is typed? Leave "
     "out clubs with none, and give the club names without blanks at the ends.",
     "SELECT TRIM(c.club_name), COUNT(*) FROM club AS c JOIN club_member AS m ON m.club_id = "
     "c.club_id WHERE LOWER(TRIM(m.card)) = 'gold' GROUP BY c.club_id"),
    ("train", "integer",
     "Which buy-in, in euros, was asked for at the largest number of tournaments?",
     "SELECT buy_in_eur FROM tournament GROUP BY buy_in_eur ORDER BY COUNT(*) DESC LIMIT 1"),
    ("train", "list",
     "Which tournaments were held at clubs in Belgium or Sweden, leaving out any that was called "
     "off? Give the titles.",
     "SELECT t.title FROM tournament AS t JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country IN ('Belgium', 'Sweden') AND t.status = 'finished'"),
    ("train", "integer",
     "How many times was a player knocked out by somebody from the same country?",
     "SELECT COUNT(*) FROM knockout AS k JOIN player AS v ON v.player_id = k.victim_id "
     "JOIN player AS b ON b.player_id = k.by_id WHERE v.country = b.country"),
    ("train", "float",
     "When a professional won a prize, how many euros was it on average? A professional is a "
     "player with a year of turning professional. Round to two decimals.",
     "SELECT ROUND(AVG(e.prize_eur), 2) FROM entry AS e JOIN player AS p ON p.player_id = "
     "e.player_id WHERE p.turned_pro IS NOT NULL"),
    ("train", "list",
     "Who has won a tournament at a club of which they are a member?",
     "SELECT DISTINCT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club_member AS m "
     "ON m.club_id = t.club_id AND m.player_id = e.player_id WHERE e.place = 1"),
    ("train", "string",
     "Who came out furthest ahead, taking prizes minus buy-ins and rebuys? Count only entries "
     "with a finishing place; every rebuy costs the rebuy price of its tournament, and an empty "
     "prize or number of rebuys is zero.",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id JOIN "
     "tournament AS t ON t.tour_id = e.tour_id WHERE e.place IS NOT NULL GROUP BY p.player_id "
     "ORDER BY SUM(COALESCE(e.prize_eur, 0) - t.buy_in_eur - COALESCE(e.rebuys * t.rebuy_eur, 0)) "
     "DESC LIMIT 1"),
    ("train", "table",
     "In each country with a club, which player took the most prize money at its tournaments, and "
     "how much was it? Give the country of the clubs, the player and the euros.",
     "SELECT country, full_name, won FROM (SELECT c.country, p.full_name, SUM(e.prize_eur) AS won, "
     "RANK() OVER (PARTITION BY c.country ORDER BY SUM(e.prize_eur) DESC) AS place "
     "FROM club AS c JOIN tournament AS t ON t.club_id = c.club_id "
     "JOIN entry AS e ON e.tour_id = t.tour_id JOIN player AS p ON p.player_id = e.player_id "
     "WHERE e.prize_eur IS NOT NULL GROUP BY c.country, p.player_id) WHERE place = 1"),
    ("train", "list",
     "Which players have won prizes both at a club in Portugal and at a club in Sweden?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country = 'Portugal' AND e.prize_eur IS NOT NULL INTERSECT "
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE c.country = 'Sweden' AND e.prize_eur IS NOT NULL"),
    ("train", "integer",
     "How often did a member of the club that held the tournament knock out a player who was not a "
     "member of it?",
     "SELECT COUNT(*) FROM knockout AS k JOIN tournament AS t ON t.tour_id = k.tour_id "
     "JOIN club_member AS m ON m.club_id = t.club_id AND m.player_id = k.by_id "
     "WHERE NOT EXISTS (SELECT 1 FROM club_member AS v WHERE v.club_id = t.club_id "
     "AND v.player_id = k.victim_id)"),
    ("train", "float",
     "How many euros did the winner get on average at tournaments with a buy-in above the average "
     "of all tournaments? Round to one decimal.",
     "SELECT ROUND(AVG(e.prize_eur), 1) FROM entry AS e JOIN tournament AS t "
     "ON t.tour_id = e.tour_id WHERE e.place = 1 "
     "AND t.buy_in_eur > (SELECT AVG(buy_in_eur) FROM tournament)"),
    ("train", "string",
     "Who won the last stud tournament to be played, by its date? The game is typed in several "
     "ways, and dates are written YYYY-MM-DD or DD/MM/YYYY.",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id WHERE e.place = 1 "
     "AND LOWER(TRIM(t.game)) = 'stud' ORDER BY CASE WHEN t.played_on LIKE '%/%' THEN "
     "SUBSTR(t.played_on, 7) || SUBSTR(t.played_on, 4, 2) || SUBSTR(t.played_on, 1, 2) "
     "ELSE REPLACE(t.played_on, '-', '') END DESC LIMIT 1"),
    ("eval", "integer",
     "How many tournaments were dated May 2023? Some dates are YYYY-MM-DD, some DD/MM/YYYY.",
     "SELECT COUNT(*) FROM tournament WHERE played_on LIKE '2023-05-%' "
     "OR played_on LIKE '%/05/2023'"),
    ("eval", "list",
     "Which players from Ireland or Austria have a nickname on record? Give their full names.",
     "SELECT full_name FROM player WHERE country IN ('Ireland', 'Austria') "
     "AND nickname IS NOT NULL"),
    ("eval", "float",
     "What share of the winnings, in percent, does a backer get on average, taking the backings "
     "that have not ended? Round to one decimal.",
     "SELECT ROUND(AVG(share_pct), 1) FROM backing WHERE until IS NULL"),
    ("eval", "table",
     "Which knock-outs came at level 15 or later? Give the tournament's id, the victim's id and "
     "the level.",
     "SELECT tour_id, victim_id, level FROM knockout WHERE level >= 15"),
    ("eval", "integer",
     "How many entries never got a finishing place?",
     "SELECT COUNT(*) FROM entry WHERE place IS NULL"),
    ("eval", "string",
     "Of the clubs in Galway, which opened most recently? Give its name without blanks at the "
     "ends.",
     "SELECT TRIM(club_name) FROM club WHERE LOWER(TRIM(city)) = 'galway' ORDER BY SUBSTR(opened, "
     "-4) DESC LIMIT 1"),
    ("eval", "list",
     "Who has won at least two tournaments?",
     "SELECT p.full_name FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "WHERE e.place = 1 GROUP BY p.player_id HAVING COUNT(*) >= 2"),
    ("eval", "integer",
     "How many single prizes were more than twice the average prize?",
     "SELECT COUNT(*) FROM entry WHERE prize_eur > 2 * (SELECT AVG(prize_eur) FROM entry)"),
    ("eval", "table",
     "In each country that has a professional among the players, who was the first to turn "
     "professional? Give the country, the name and the year.",
     "SELECT country, full_name, turned_pro FROM (SELECT country, full_name, turned_pro, RANK() "
     "OVER (PARTITION BY country ORDER BY turned_pro) AS place FROM player "
     "WHERE turned_pro IS NOT NULL) WHERE place = 1"),
    ("eval", "string",
     "The players of which country have the most entries between them, no-shows and called-off "
     "tournaments included?",
     "SELECT p.country FROM player AS p JOIN entry AS e ON e.player_id = p.player_id "
     "GROUP BY p.country ORDER BY COUNT(*) DESC LIMIT 1"),
    ("eval", "integer",
     "How many players have both backed somebody and been backed by somebody? Backings that have "
     "ended count too.",
     "SELECT COUNT(*) FROM (SELECT backer_id FROM backing "
     "INTERSECT SELECT player_id FROM backing)"),
    ("eval", "float",
     "How many players got a finishing place in an average tournament, leaving out tournaments "
     "where nobody did? Round to two decimals.",
     "SELECT ROUND(AVG(seated), 2) FROM (SELECT COUNT(*) AS seated FROM entry "
     "WHERE place IS NOT NULL GROUP BY tour_id)"),
    ("eval", "list",
     "Which players on file have never put their name down for a tournament, not even for one that "
     "was called off?",
     "SELECT p.full_name FROM player AS p WHERE NOT EXISTS "
     "(SELECT 1 FROM entry AS e WHERE e.player_id = p.player_id)"),
    ("eval", "integer",
     "How many tournaments were won by a player from another country than the club's?",
     "SELECT COUNT(*) FROM entry AS e JOIN player AS p ON p.player_id = e.player_id "
     "JOIN tournament AS t ON t.tour_id = e.tour_id JOIN club AS c ON c.club_id = t.club_id "
     "WHERE e.place = 1 AND p.country <> c.country"),
    ("eval", "table",
     "For each backing of 40 percent or more that has not ended, who is the backer, who is the "
     "player, and how many euros has that player won in prizes in all? Leave out players without a "
     "prize.",
     "SELECT b.full_name, p.full_name, SUM(e.prize_eur) FROM backing AS k JOIN player AS b "
     "ON b.player_id = k.backer_id JOIN player AS p ON p.player_id = k.player_id JOIN entry AS e "
     "ON e.player_id = k.player_id WHERE k.share_pct >= 40 AND k.until IS NULL "
     "AND e.prize_eur IS NOT NULL GROUP BY k.backer_id, k.player_id"),
)
