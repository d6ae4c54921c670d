#include "core/agent/action_words.h"

#include "core/base/text.h"

namespace sqlenv {
namespace {

// Each word between blanks; '_' stands for a blank or '_' or '-' in what a model wrote.
constexpr std::string_view kWords[] = {
    " describe describe_table describe_tables desc schema get_schema table_schema table_info "
    "show_schema inspect beschreibe beschreiben beschreibung describir describe_tabla décrire "
    "décris descrever descreva descrivere descrivi opisz opiš описать опиши описание Описать Опиши "
    "Описание 描述 説明 설명 ",
    " sample sample_table sample_rows preview preview_table head peek show_rows beispiel "
    "beispiele stichprobe muestra muestrear échantillon amostra campione próbka vzorek пример "
    "Пример выборка 样本 抽样 サンプル 샘플 ",
    " query run_query execute_query execute execute_sql run_sql sql sqlquery sql_query sqlite "
    "abfrage consulta requête interrogazione zapytanie dotaz запрос Запрос 查询 クエリ 쿼리 ",
    " answer final_answer the_final_answer the_answer submit submit_answer final finish antwort "
    "endgültige_antwort respuesta respuesta_final réponse réponse_finale resposta resposta_final "
    "risposta odpowiedź odpověď svar ответ Ответ 答案 最终答案 回答 答え 답 정답 "};

constexpr std::string_view kLabels =
    " action action_type next_action my_action next_step step tool tool_call call function command "
    "assistant agent model output response reply turn move aktion acción accion acao ação azione "
    "akcja akce действие Действие 行动 动作 行動 동작 ";

// `word` in lower case between blanks, with '_' for blanks and '-'.
std::string key_of(std::string_view word) {
  std::string key = " " + to_lower(trim(word)) + " ";
  for (std::size_t i = 1; i + 1 < key.size(); ++i)
    if (key[i] == ' ' || key[i] == '-') key[i] = '_';
  return key;
}

}  // namespace

std::optional<ActionKind> action_of_word(std::string_view word) {
  const std::string key = key_of(word);
  if (key.size() < 4) return std::nullopt;
  for (std::size_t kind = 0; kind < 4; ++kind)
    if (kWords[kind].find(key) != std::string_view::npos) return static_cast<ActionKind>(kind);
  return std::nullopt;
}

bool is_action_label(std::string_view word) {
  std::string key = key_of(word);
  while (key.size() > 3 && (is_digit(key[key.size() - 2]) || key[key.size() - 2] == '_'))
    key.erase(key.size() - 2, 1);
  return key.size() > 3 && kLabels.find(key) != std::string_view::npos;
}

}  // namespace sqlenv
