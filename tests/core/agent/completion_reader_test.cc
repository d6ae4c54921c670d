// Completions as language models write them, each with the action that must be read from it.

#include "core/agent/completion_reader.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace sqlenv {
namespace {

ReaderContext context(Dialect dialect) {
  ReaderContext context;
  context.dialect = dialect;
  context.tables = {"student", "pet", "order", "order items", "Track"};
  context.last_answer = "9";
  return context;
}

struct Case {
  const char* completion;
  const char* type;
  const char* argument;
};

void check(Dialect dialect, const Case& wanted) {
  SCOPED_TRACE(wanted.completion);
  const ReadCompletion read = read_completion({wanted.completion, {}, false}, context(dialect));
  EXPECT_EQ(read.action.action_type, wanted.type);
  EXPECT_EQ(read.action.argument, wanted.argument);
  EXPECT_EQ(read.readable, read.action.action_type != kUnreadable);
  EXPECT_EQ(read.readable, read.message.empty());
}

// Forms that both dialects take.
constexpr Case kCommon[] = {
    // Words.
    {"DESCRIBE pet", "DESCRIBE", "pet"},
    {"describe pet", "DESCRIBE", "pet"},
    {"Describe: pet", "DESCRIBE", "pet"},
    {"DESCRIBE: pet.", "DESCRIBE", "pet"},
    {"Describe the pet table.", "DESCRIBE", "pet"},
    {"Describe table `pet`", "DESCRIBE", "pet"},
    {"DESCRIBE PET", "DESCRIBE", "pet"},
    {"DESCRIBE \"order items\"", "DESCRIBE", "order items"},
    {"DESCRIBE order items", "DESCRIBE", "order items"},
    {"DESCRIBE order", "DESCRIBE", "order"},
    {"DESCRIBE pets", "DESCRIBE", "pets"},
    {"SAMPLE track", "SAMPLE", "Track"},
    {"Sample rows from student", "SAMPLE", "student"},
    {"sample(student)", "SAMPLE", "student"},
    {"QUERY SELECT count(*) FROM pet", "QUERY", "SELECT count(*) FROM pet"},
    {"query: select 1", "QUERY", "select 1"},
    {"SELECT count(*) FROM pet", "QUERY", "SELECT count(*) FROM pet"},
    {"select name from pet", "QUERY", "select name from pet"},
    {"WITH a AS (SELECT 1) SELECT * FROM a", "QUERY", "WITH a AS (SELECT 1) SELECT * FROM a"},
    {"VALUES (1)", "QUERY", "VALUES (1)"},
    {"SQL: SELECT 1", "QUERY", "SELECT 1"},
    {"SQLQuery: SELECT 1\n", "QUERY", "SELECT 1"},
    {"ANSWER 9", "ANSWER", "9"},
    {"Answer: 9", "ANSWER", "9"},
    {"answer 9", "ANSWER", "9"},
    {"Final answer: nine lives", "ANSWER", "nine lives"},
    {"**Final Answer:** 9", "ANSWER", "9"},
    {"**Answer**: 9", "ANSWER", "9"},
    {"The answer is 9.", "ANSWER", "9"},
    {"So the final answer is: **9**", "ANSWER", "9"},
    {"I counted them and the answer is 9.", "ANSWER", "9"},
    {"The answer is: 9", "ANSWER", "9"},
    {"The answer is:\n9", "ANSWER", "9"},
    {"The answer to this question is: 9", "ANSWER", "9"},
    {"The answer to this question is: \n\n9", "ANSWER", "9"},
    {"The answer to the question is **9**.", "ANSWER", "9"},
    {"So the answer for 2024 is 9.", "ANSWER", "9"},
    {"$\\boxed{9}$", "ANSWER", "9"},
    {"Answer: [[\"a\", 1], [\"b\", 2]]", "ANSWER", "[[\"a\", 1], [\"b\", 2]]"},
    {"Answer:\na | 1\nb | 2", "ANSWER", "a | 1\nb | 2"},
    {"Answer: \"quoted\"", "ANSWER", "\"quoted\""},
    // Labels around them.
    {"Action: DESCRIBE pet", "DESCRIBE", "pet"},
    {"Next action: SAMPLE pet", "SAMPLE", "pet"},
    {"Step 1: DESCRIBE pet", "DESCRIBE", "pet"},
    {"Assistant: Action: DESCRIBE pet", "DESCRIBE", "pet"},
    {"- DESCRIBE pet", "DESCRIBE", "pet"},
    {"1. DESCRIBE pet\n2. SAMPLE pet", "DESCRIBE", "pet"},
    {"> DESCRIBE pet", "DESCRIBE", "pet"},
    {"### Action\nDESCRIBE pet", "DESCRIBE", "pet"},
    {"**DESCRIBE** pet", "DESCRIBE", "pet"},
    {"`DESCRIBE pet`", "DESCRIBE", "pet"},
    // Prose before.
    {"Let me look at the table first.\nDESCRIBE pet", "DESCRIBE", "pet"},
    {"To answer this question, I need the count.\n\nQUERY SELECT count(*) FROM pet", "QUERY",
     "SELECT count(*) FROM pet"},
    {"I'll run `SELECT count(*) FROM pet` now.", "QUERY", "SELECT count(*) FROM pet"},
    {"Sure! Here is the query:\n```sql\nSELECT count(*)\nFROM pet;\n```\nIt counts the pets.",
     "QUERY", "SELECT count(*)\nFROM pet;"},
    {"```\nSELECT 1\n```", "QUERY", "SELECT 1"},
    {"```SQL\nselect 1;\n```", "QUERY", "select 1;"},
    {"```sql\nSELECT 1", "QUERY", "SELECT 1"},
    {"```\nDESCRIBE pet\n```", "DESCRIBE", "pet"},
    {"QUERY: ```sql\nSELECT 1\n```", "QUERY", "SELECT 1"},
    {"Query:\n```sql\nSELECT 1\n```", "QUERY", "SELECT 1"},
    {"QUERY\nSELECT 1\nFROM pet", "QUERY", "SELECT 1\nFROM pet"},
    {"SELECT a\nFROM pet\nWHERE b = 1\n\nThis gives the answer.", "QUERY",
     "SELECT a\nFROM pet\nWHERE b = 1"},
    {"<think>Should I DESCRIBE student? No.</think>\nDESCRIBE pet", "DESCRIBE", "pet"},
    {"I should DESCRIBE student.</think>DESCRIBE pet", "DESCRIBE", "pet"},
    {"DESCRIBE pet<|im_end|>", "DESCRIBE", "pet"},
    {"<|assistant|>DESCRIBE pet</s>", "DESCRIBE", "pet"},
    {"<|im_start|>assistant\nDESCRIBE pet<|im_end|>\n<|im_start|>user\n", "DESCRIBE", "pet"},
    // Agents of other frameworks.
    {"Thought: I need the columns.\nAction: describe\nAction Input: pet", "DESCRIBE", "pet"},
    {"Action: query\nAction Input: {\"sql\": \"SELECT 1\"}", "QUERY", "SELECT 1"},
    {"Action: query\nAction Input: SELECT 1\nFROM pet\n\nObservation: 1", "QUERY",
     "SELECT 1\nFROM pet"},
    {"Action: query\nAction Input: query\nAction Input: 1", "QUERY", "query\nAction Input: 1"},
    {"Action: DESCRIBE[pet]", "DESCRIBE", "pet"},
    {"Action: Finish[9]", "ANSWER", "9"},
    {"describe(\"pet\")", "DESCRIBE", "pet"},
    {"describe(table='pet')", "DESCRIBE", "pet"},
    {"query(\"SELECT count(*) FROM pet WHERE name = ')'\")", "QUERY",
     "SELECT count(*) FROM pet WHERE name = ')'"},
    {"query(sql=\"SELECT 1\")", "QUERY", "SELECT 1"},
    {"[query(sql=\"SELECT 1\")]", "QUERY", "SELECT 1"},
    {"execute_sql(\n  \"SELECT 1\"\n)", "QUERY", "SELECT 1"},
    {"answer(9)", "ANSWER", "9"},
    {"final_answer(9)", "ANSWER", "9"},
    // JSON.
    {R"({"action_type": "DESCRIBE", "argument": "pet"})", "DESCRIBE", "pet"},
    {R"({"action_type":"query","argument":"SELECT \"a\" FROM pet"})", "QUERY",
     R"(SELECT "a" FROM pet)"},
    {R"({"argument": "pet", "action_type": "SAMPLE"})", "SAMPLE", "pet"},
    {R"({"action": {"action_type": "DESCRIBE", "argument": "pet"}})", "DESCRIBE", "pet"},
    {R"({"action": "DESCRIBE", "table": "pet"})", "DESCRIBE", "pet"},
    {R"({"name": "query", "arguments": {"sql": "SELECT 1"}})", "QUERY", "SELECT 1"},
    {R"({"name": "query", "arguments": "{\"sql\": \"SELECT 1\"}"})", "QUERY", "SELECT 1"},
    {R"({"type": "function", "function": {"name": "answer", "arguments": {"value": 9}}})", "ANSWER",
     "9"},
    {R"({"tool": "mcp__sqlenv__describe", "input": {"table": "pet"}})", "DESCRIBE", "pet"},
    {R"({"tool_calls": [{"function": {"name": "functions.sample", "arguments": "{\"table\":\"pet\"}"}}]})",
     "SAMPLE", "pet"},
    {R"({'action_type': 'DESCRIBE', 'argument': 'pet'})", "DESCRIBE", "pet"},
    {R"({action_type: "DESCRIBE", argument: "pet"})", "DESCRIBE", "pet"},
    {R"({"query": "SELECT 1"})", "QUERY", "SELECT 1"},
    {R"({"answer": 9})", "ANSWER", "9"},
    {R"({"answer": [["a", 1]]})", "ANSWER", R"([["a", 1]])"},
    {R"({"action_type": "ANSWER", "argument": ["a", "b"]})", "ANSWER", R"(["a", "b"])"},
    {R"({"describe": "pet"})", "DESCRIBE", "pet"},
    {R"({"action_type": "DESCRIBE", "argument": "pet")", "DESCRIBE", "pet"},
    {R"(Here you go: {"action_type": "DESCRIBE", "argument": "pet"} and good luck)", "DESCRIBE",
     "pet"},
    {"```json\n{\n  \"action_type\": \"DESCRIBE\",\n  \"argument\": \"pet\"\n}\n```", "DESCRIBE",
     "pet"},
    {R"({"action_type": "QUERY", "argument": "SELECT 'é'"})", "QUERY", "SELECT 'é'"},
    {R"({"thought": "I count {pets}", "action_type": "QUERY", "argument": "SELECT 1"})", "QUERY",
     "SELECT 1"},
    // XML.
    {"<tool_call>\n{\"name\": \"describe\", \"arguments\": {\"table\": \"pet\"}}\n</tool_call>",
     "DESCRIBE", "pet"},
    {"<function=query>\n<parameter=sql>\nSELECT 1\n</parameter>\n</function>", "QUERY", "SELECT 1"},
    {"<invoke name=\"query\"><parameter name=\"sql\">SELECT 1</parameter></invoke>", "QUERY",
     "SELECT 1"},
    {"<sql>SELECT 1</sql>", "QUERY", "SELECT 1"},
    {"<query>\nSELECT 1\n</query>", "QUERY", "SELECT 1"},
    {"<answer>9</answer>", "ANSWER", "9"},
    {"<action>DESCRIBE</action><argument>pet</argument>", "DESCRIBE", "pet"},
    // Other languages.
    {"Antwort: 9", "ANSWER", "9"},
    {"Respuesta final: 9", "ANSWER", "9"},
    {"Réponse : 9", "ANSWER", "9"},
    {"Risposta: 9", "ANSWER", "9"},
    {"Ответ: 9", "ANSWER", "9"},
    {"答案：9", "ANSWER", "9"},
    {"答え: 9", "ANSWER", "9"},
    {"Aktion: DESCRIBE pet", "DESCRIBE", "pet"},
    {"Acción: SAMPLE pet", "SAMPLE", "pet"},
    {"Abfrage: SELECT 1", "QUERY", "SELECT 1"},
    {"查询：SELECT 1", "QUERY", "SELECT 1"},
    {"Beschreibe: pet", "DESCRIBE", "pet"},
    // Several, and the same over and over.
    {"DESCRIBE pet\nSAMPLE pet", "DESCRIBE", "pet"},
    {"SELECT 1;\nSELECT 2;", "QUERY", "SELECT 1;"},
    {"DESCRIBE pet\nDESCRIBE pet\nDESCRIBE pet\nDESCRIBE pet", "DESCRIBE", "pet"},
    {R"([{"action_type":"DESCRIBE","argument":"pet"},{"action_type":"SAMPLE","argument":"pet"}])",
     "DESCRIBE", "pet"},
    // The environment's own words, continued by the model.
    {"= 9\nANSWER 9", "ANSWER", "9"},
    {"Observation: pet(pet_id*)\nDESCRIBE pet", "DESCRIBE", "pet"},
};

// Nothing that can be played.
constexpr Case kUnreadables[] = {
    {"", kUnreadable, "(empty)"},
    {" \n\n ", kUnreadable, "(empty)"},
    {"I don't know.", kUnreadable, "I don't know."},
    {"The answer is:", kUnreadable, "The answer is:"},
    {"The answer to this question is:", kUnreadable, "The answer to this question is:"},
    {"Hello! How can I help you today?", kUnreadable, "Hello! How can I help you today?"},
    {"= 9", kUnreadable, "= 9"},
    {"pet(pet_id*, name)", kUnreadable, "pet(pet_id*, name)"},
    {"Answer the question by looking at the tables first, then think.\nOk.", kUnreadable,
     "Answer the question by looking at the tables first, then think. Ok."},
    {"Select the right table and then count its rows", kUnreadable,
     "Select the right table and then count its rows"},
    {"With this we know more", kUnreadable, "With this we know more"},
    {R"({"action_type": "QUERY", "argument": "SELECT count()", kUnreadable,
     R"({"action_type": "QUERY", "argument": "SELECT count()"},
    {R"({"action_type": "DESCRIBE")", kUnreadable, R"({"action_type": "DESCRIBE")"},
    {R"({"foo": "bar"})", kUnreadable, R"({"foo": "bar"})"},
    {"{{{{{{{{", kUnreadable, "{{{{{{{{"},
    {"<think>I never stop thinking about DESCRIBE pet", kUnreadable, "(empty)"},
    {"aaaaaaaaaaaaaaaaaaaaaaaa", kUnreadable, "aaaaaaaaaaaaaaaaaaaaaaaa"},
    {"describe", kUnreadable, "describe"},
    {"Answer:", kUnreadable, "Answer:"},
};

// Letters, which name actions in the compact dialect alone.
constexpr Case kLetters[] = {
    {"D pet", "DESCRIBE", "pet"},
    {"D pet\n", "DESCRIBE", "pet"},
    {" D pet", "DESCRIBE", "pet"},
    {"D: pet", "DESCRIBE", "pet"},
    {"d pet", "DESCRIBE", "pet"},
    {"S \"order items\"", "SAMPLE", "order items"},
    {"Q SELECT count(*) FROM pet", "QUERY", "SELECT count(*) FROM pet"},
    {"q select 1", "QUERY", "select 1"},
    {"Q SELECT a\nFROM pet\nA =", "QUERY", "SELECT a\nFROM pet"},
    {"Q count the pets", "QUERY", "count the pets"},
    {"A 9", "ANSWER", "9"},
    {"A =", "ANSWER", "9"},
    {"a =", "ANSWER", "9"},
    {"A Foghorn Leghorn", "ANSWER", "Foghorn Leghorn"},
    {"D pet\npet(pet_id*, name)\nQ SELECT 1", "DESCRIBE", "pet"},
    {"Action: D pet", "DESCRIBE", "pet"},
    {"`D pet`", "DESCRIBE", "pet"},
    {"D pets", "DESCRIBE", "pets"},
    {"a dog is a pet", kUnreadable, "a dog is a pet"},
};

TEST(CompletionReaderTest, ReadsWhatModelsWriteInEitherDialect) {
  for (Dialect dialect : kDialects) {
    SCOPED_TRACE(dialect_name(dialect));
    for (const Case& wanted : kCommon) check(dialect, wanted);
    for (const Case& wanted : kUnreadables) check(dialect, wanted);
  }
  EXPECT_GE(std::size(kCommon) + std::size(kUnreadables) + std::size(kLetters), 150u);
}

TEST(CompletionReaderTest, LettersNameActionsInTheCompactDialectAlone) {
  for (const Case& wanted : kLetters) check(Dialect::kCompact, wanted);
  check(Dialect::kChat, {"A 9", kUnreadable, "A 9"});
  check(Dialect::kChat, {"S pet", kUnreadable, "S pet"});
}

TEST(CompletionReaderTest, ToolCallsComeBeforeText) {
  const auto read = [](std::string name, std::string arguments, std::string text = "") {
    return read_completion({std::move(text), {{"1", std::move(name), std::move(arguments)}}, false},
                           context(Dialect::kChat))
        .action;
  };
  EXPECT_EQ(read("describe", R"({"table":"pet"})", "ANSWER 3"), (Action{"DESCRIBE", "pet"}));
  EXPECT_EQ(read("query", R"({"sql":"SELECT 1"})"), (Action{"QUERY", "SELECT 1"}));
  EXPECT_EQ(read("functions.query", R"({"query":"SELECT 1"})"), (Action{"QUERY", "SELECT 1"}));
  EXPECT_EQ(read("answer", R"({"value":[1,2]})"), (Action{"ANSWER", "[1,2]"}));
  EXPECT_EQ(read("answer", R"({"value":9})"), (Action{"ANSWER", "9"}));
  EXPECT_EQ(read("query", "SELECT 1"), (Action{"QUERY", "SELECT 1"}));
  EXPECT_EQ(read("sample", "\"pet\""), (Action{"SAMPLE", "pet"}));
  EXPECT_EQ(read("query", R"({"sql":"SELECT 1)").action_type, kUnreadable);
  EXPECT_EQ(read("describe", "{}"), (Action{"DESCRIBE", ""}));
  EXPECT_EQ(read("weather", R"({"city":"Oslo"})").action_type, kUnreadable);
  EXPECT_EQ(read("weather", "{}", "DESCRIBE pet"), (Action{"DESCRIBE", "pet"}));
}

TEST(CompletionReaderTest, SaysWhatWasWrong) {
  const auto message = [](ModelCompletion completion, Dialect dialect) {
    return read_completion(completion, context(dialect)).message;
  };
  EXPECT_NE(message({"", {}, false}, Dialect::kChat).find("empty"), std::string::npos);
  EXPECT_NE(message({"Hm.", {}, false}, Dialect::kChat).find("call one of the tools"),
            std::string::npos);
  EXPECT_NE(message({"Hm.", {}, false}, Dialect::kCompact).find("D table"), std::string::npos);
  EXPECT_NE(message({"Let me think", {}, true}, Dialect::kChat).find("cut off"), std::string::npos);
  EXPECT_NE(message({R"({"action_type":"QUERY","argument":"SEL)", {}, false}, Dialect::kChat)
                .find("cut off"),
            std::string::npos);
}

TEST(CompletionReaderTest, DoesNotPlayWhatALimitOfTokensCutOff) {
  const auto type = [](const char* text, Dialect dialect) {
    return read_completion({text, {}, true}, context(dialect)).action.action_type;
  };
  EXPECT_EQ(type("Q SELECT count(*) FROM pet WHERE", Dialect::kCompact), kUnreadable);
  EXPECT_EQ(type("A 1", Dialect::kCompact), kUnreadable);
  EXPECT_EQ(type("```sql\nSELECT name FROM", Dialect::kChat), kUnreadable);
  EXPECT_EQ(type("D pet\n", Dialect::kCompact), "DESCRIBE");
  EXPECT_EQ(type("D pet\nQ SELECT", Dialect::kCompact), "DESCRIBE");
  EXPECT_EQ(type("```sql\nSELECT 1\n```", Dialect::kChat), "QUERY");
  EXPECT_EQ(type("{\"answer\": 9}", Dialect::kChat), "ANSWER");
}

TEST(CompletionReaderTest, AnswersWithTheLastResultOnlyIfThereIsOne) {
  ReaderContext without = context(Dialect::kCompact);
  without.last_answer.reset();
  const ReadCompletion read = read_completion({"A =", {}, false}, without);
  EXPECT_FALSE(read.readable);
  EXPECT_NE(read.message.find("query first"), std::string::npos);
}

TEST(CompletionReaderTest, NoticesFurtherActions) {
  const auto several = [](const char* text) {
    return read_completion({text, {}, false}, context(Dialect::kCompact)).several;
  };
  EXPECT_TRUE(several("D pet\nS pet"));
  EXPECT_TRUE(several("D pet\nD pet\nD pet"));
  EXPECT_TRUE(several("```sql\nSELECT 1\n```\nThen:\n```sql\nSELECT 2\n```"));
  EXPECT_FALSE(several("D pet"));
  EXPECT_FALSE(several("SELECT 1\nFROM pet"));
  EXPECT_FALSE(several("D pet\nThat is all."));
}

TEST(CompletionReaderTest, EndsOnEndlessTexts) {
  for (const char* piece : {"DESCRIBE pet\n", "{\"a\":", "<query>", "```", "[[[[", "answer is ",
                            "Action: ", "\\\"", "query(", "{'", "<think>", "A =\n"}) {
    SCOPED_TRACE(piece);
    std::string text;
    while (text.size() < 100000) text += piece;
    const ReadCompletion read =
        read_completion({text, {{"1", "query", text}}, false}, context(Dialect::kCompact));
    EXPECT_FALSE(read.action.action_type.empty());
  }
}

// Pieces of completions in any order never fail, and give the same twice.
TEST(CompletionReaderTest, ReadsAnyMixture) {
  constexpr std::string_view kPieces[] = {
      "D pet",  "\n",      "{",      "}",  "\"", "'",        ":",     "action_type",
      "QUERY",  "SELECT ", "answer", "<",  ">",  "</",       "```",   "sql",
      "(",      ")",       "[",      "]",  "\\", "=",        " ",     "argument",
      ",",      "**",      "\xff",   "：", "`",  "Answer: ", "\\u12", "describe",
      "Action", "Input",   "<|",     "|>"};
  Random random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint64_t pieces = random.below(14); pieces > 0; --pieces)
      text += kPieces[random.below(std::size(kPieces))];
    const ModelCompletion completion{text, {}, random.below(2) == 0};
    const ReaderContext where = context(round % 2 == 0 ? Dialect::kCompact : Dialect::kChat);
    const ReadCompletion read = read_completion(completion, where);
    ASSERT_EQ(read.readable, read.action.action_type != kUnreadable) << text;
    ASSERT_EQ(read.action, read_completion(completion, where).action) << text;
  }
}

}  // namespace
}  // namespace sqlenv
