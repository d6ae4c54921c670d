#include "core/task/import_questions.h"

#include "core/task/question_generator.h"

namespace sqlenv {

Result<MadeQuestions> questions_about(const PackDatabase& database, int count,
                                      const std::function<bool(int)>& made) {
  GeneratorOptions options;
  options.count = count;
  int accepted = 0;
  if (made) options.stopped = [&made, &accepted] { return made(accepted); };
  Result<QuestionGenerator> generator =
      QuestionGenerator::open(database.image, database.name, options);
  if (!generator) return fail(generator.error());
  bool stopped = false;
  while (!stopped && generator->advance()) {
    accepted = generator->accepted();
    stopped = made && made(accepted);
  }
  if (stopped || (made && made(accepted)))
    return fail(ErrorCode::kTimeout, "making questions was stopped.");
  GeneratedQuestions all = generator->finish();
  return MadeQuestions{std::move(all.questions), std::move(all.shortfall)};
}

}  // namespace sqlenv
