#include "core/task/import_questions.h"

#include "core/task/question_generator.h"

namespace sqlenv {

Result<MadeQuestions> questions_about(const PackDatabase& database, int count,
                                      const std::function<bool(int)>& made) {
  GeneratorOptions options;
  options.count = count;
  Result<QuestionGenerator> generator =
      QuestionGenerator::open(database.image, database.name, options);
  if (!generator) return fail(generator.error());
  while (generator->advance())
    if (made && made(generator->accepted()))
      return fail(ErrorCode::kTimeout, "making questions was stopped.");
  GeneratedQuestions all = generator->finish();
  return MadeQuestions{std::move(all.questions), std::move(all.shortfall)};
}

}  // namespace sqlenv
