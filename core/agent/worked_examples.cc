#include "core/agent/worked_examples.h"

namespace sqlenv {

std::string_view compact_examples() {
  return R"(How many books did Ada Quill write?
author book loan
D book
book(book_id*, author_id>author, title, year)
D author
author(author_id*, name, born)
Q SELECT count(*) FROM book JOIN author USING (author_id) WHERE name = 'Ada Quill'
= 3
A =

In which towns is cheese sold?
town stall
D stall
stall(stall_id*, town_id>town, goods, opened)
S stall
= 1 | 1 | Cheese | 2019
= 2 | 2 | fish | 2020
= 3 | 2 | cheese | 2021
= (4 rows)
Q SELECT town FROM stall WHERE lower(goods) = 'cheese'
! NO_SUCH_COLUMN: there is no column "town" here. DESCRIBE a table to see its columns.
D town
town(town_id*, name, region)
Q SELECT name FROM stall JOIN town USING (town_id) WHERE lower(goods) = 'cheese'
= Tarn
= Vell
A =

)";
}

}  // namespace sqlenv
