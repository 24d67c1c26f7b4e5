// The two lists, in the order in which a reader wants them.
// Tested by tests/reports/case_file_test.cpp
#include "reports/case_file.h"

#include <algorithm>
#include <charconv>

#include "reports/reports.h"

namespace evtriage::reports {
namespace {

constexpr std::int64_t largest_offset = 100ll * 366 * 86'400;  // a device's clock may be decades wrong, not more

constexpr Word of_case[] = {
    {"requesting_authority", {"Requesting authority", "Autorité requérante", "Autoridade requerente", "السلطة الطالبة"}},
    {"executing_authority", {"Executing authority", "Autorité d’exécution", "Autoridade de execução", "السلطة المنفِّذة"}},
    {"request_reference", {"Reference of the request", "Référence de la demande", "Referência do pedido", "مرجع الطلب"}},
    {"request_date", {"Date of the request", "Date de la demande", "Data do pedido", "تاريخ الطلب"}},
    {"questions", {"Questions asked", "Questions posées", "Questões colocadas", "الأسئلة المطروحة"}},
    {"offences", {"Offences under investigation", "Infractions visées par l’enquête", "Infrações investigadas", "الجرائم موضوع التحقيق"}},
    {"treaty_basis", {"Treaty or law relied on", "Traité ou loi invoqué", "Tratado ou lei invocada", "المعاهدة أو القانون المستند إليه"}},
    {"authority_type", {"Kind of authorisation", "Nature de l’autorisation", "Tipo de autorização", "نوع الإذن"}},
    {"authority_issuer", {"Issued by", "Délivrée par", "Emitida por", "صادر عن"}},
    {"authority_date", {"Issued on, valid until", "Délivrée le, valable jusqu’au", "Emitida em, válida até", "تاريخ الإصدار والصلاحية"}},
    {"authority_scope", {"Scope of the authorisation", "Étendue de l’autorisation", "Âmbito da autorização", "نطاق الإذن"}},
    {"handling", {"Classification", "Classification", "Classificação", "درجة السرية"}},
    {"use_limitation", {"Limits on use", "Limites d’utilisation", "Limites de utilização", "قيود الاستعمال"}},
    {"onward_sharing", {"Passing on to others", "Transmission à des tiers", "Transmissão a terceiros", "الإحالة إلى الغير"}},
    {"retention", {"Keep until, then return or destroy", "Conserver jusqu’au, puis restituer ou détruire", "Conservar até, depois devolver ou destruir", "مدة الحفظ ثم الإعادة أو الإتلاف"}},
    {"facts", {"Summary of the facts", "Résumé des faits", "Resumo dos factos", "ملخص الوقائع"}},
    {"assistance", {"Assistance sought and procedure", "Assistance demandée et procédure", "Auxílio pretendido e procedimento", "المساعدة المطلوبة والإجراءات"}},
    {"persons", {"Persons concerned: identity, location, nationality", "Personnes concernées : identité, lieu, nationalité", "Pessoas visadas: identidade, localização, nacionalidade", "الأشخاص المعنيون: الهوية والمكان والجنسية"}},
    {"purpose", {"Purpose for which evidence is sought", "But dans lequel les preuves sont demandées", "Finalidade das provas pretendidas", "الغرض من طلب الأدلة"}},
    {"prepared_by", {"Prepared by", "Établi par", "Elaborado por", "أعدّه"}},
    {"reviewed_by", {"Technically reviewed by", "Relu sur le plan technique par", "Revisto tecnicamente por", "راجعه فنيًا"}},
    {"authorised_by", {"Authorised by", "Autorisé par", "Autorizado por", "أجازه"}},
    {"competence", {"Competence of the signatories", "Compétence des signataires", "Competência dos signatários", "مؤهلات الموقّعين"}},
    {"declaration", {"Declaration", "Déclaration", "Declaração", "إقرار"}},
};

constexpr Word of_exhibit[] = {
    {"description", {"Description", "Description", "Descrição", "الوصف"}},
    {"make_model", {"Make and model", "Marque et modèle", "Marca e modelo", "الصانع والطراز"}},
    {"serial", {"Serial number", "Numéro de série", "Número de série", "الرقم التسلسلي"}},
    {"imei", {"IMEI", "IMEI", "IMEI", "IMEI"}},
    {"condition", {"Condition when received", "État à la réception", "Estado à receção", "الحالة عند الاستلام"}},
    {"seal_number", {"Seal number, intact or not", "Numéro de scellé, intact ou non", "Número do selo, intacto ou não", "رقم الختم وسلامته"}},
    {"seized_at", {"Seized on", "Saisi le", "Apreendido em", "تاريخ الضبط"}},
    {"seized_where", {"Seized at", "Lieu de saisie", "Local da apreensão", "مكان الضبط"}},
    {"seized_by", {"Seized by", "Saisi par", "Apreendido por", "ضبطه"}},
    {"seized_from", {"Seized from", "Saisi auprès de", "Apreendido a", "ضُبط لدى"}},
    {"witness", {"Witness of the seizure", "Témoin de la saisie", "Testemunha da apreensão", "شاهد الضبط"}},
    {"received_at", {"Received on", "Reçu le", "Recebido em", "تاريخ الاستلام"}},
    {"received_from", {"Received from", "Reçu de", "Recebido de", "استُلم من"}},
    {"transport", {"Transport", "Transport", "Transporte", "النقل"}},
    {"power_state", {"Power state and isolation", "Mise sous tension et isolement", "Estado de energia e isolamento", "حالة التشغيل والعزل"}},
    {"clock_shown", {"Time shown by the device", "Heure affichée par l’appareil", "Hora indicada pelo dispositivo", "الوقت الظاهر على الجهاز"}},
    {"clock_reference", {"Reference time", "Heure de référence", "Hora de referência", "الوقت المرجعي"}},
    {"clock_offset", {"Clock ahead by (seconds)", "Avance de l’horloge (secondes)", "Adiantamento do relógio (segundos)", "تقدّم الساعة (بالثواني)"}},
    {"acquired_at", {"Acquired on", "Acquis le", "Adquirido em", "تاريخ الاستخراج"}},
    {"acquired_by", {"Acquired by", "Acquis par", "Adquirido por", "استخرجه"}},
    {"acquisition_method", {"Method of acquisition", "Méthode d’acquisition", "Método de aquisição", "طريقة الاستخراج"}},
    {"acquisition_tool", {"Tool and version", "Outil et version", "Ferramenta e versão", "الأداة وإصدارها"}},
    {"write_blocker", {"Write blocker", "Bloqueur d’écriture", "Bloqueador de escrita", "مانع الكتابة"}},
    {"acquisition_hash", {"Digest stated at acquisition", "Empreinte déclarée à l’acquisition", "Resumo declarado na aquisição", "البصمة المصرَّح بها عند الاستخراج"}},
    {"changes", {"Changes that could not be avoided", "Modifications inévitables", "Alterações inevitáveis", "تغييرات تعذّر تجنبها"}},
};

std::string found(const std::map<std::string, std::string>& facts, const std::string& key) {
  const auto at = facts.find(key);
  return at == facts.end() ? std::string() : at->second;
}

bool holds(std::span<const Word> list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](const Word& word) { return word.key == name; });
}

bool is_whole_number(std::string_view text, std::int64_t limit) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value <= limit && value >= -limit;
}

bool is_digest(std::string_view text) {
  constexpr std::pair<std::string_view, std::size_t> known[] = {{"md5:", 32}, {"sha1:", 40}, {"sha256:", 64}, {"sha512:", 128}};
  return std::any_of(std::begin(known), std::end(known), [&](const auto& one) {
    return text.starts_with(one.first) && text.size() == one.first.size() + one.second &&
           text.find_first_not_of("0123456789abcdef", one.first.size()) == std::string_view::npos;
  });
}

}  // namespace

std::span<const Word> case_words() { return of_case; }
std::span<const Word> exhibit_words() { return of_exhibit; }

std::string_view field_label(std::span<const Word> list, std::string_view name, Language language) {
  const auto word = std::find_if(list.begin(), list.end(), [&](const Word& one) { return one.key == name; });
  return word == list.end() ? name : word->in[static_cast<std::size_t>(language)];
}

std::string case_value(const std::map<std::string, std::string>& facts, std::string_view name) { return found(facts, "case." + std::string(name)); }

std::string exhibit_value(const std::map<std::string, std::string>& facts, std::string_view label, std::string_view name) {
  return found(facts, "exhibit." + std::string(label) + "." + std::string(name));
}

std::int64_t clock_correction(const std::map<std::string, std::string>& facts, std::string_view label) {
  std::string text = exhibit_value(facts, label, "clock_offset");
  if (!is_whole_number(text, largest_offset)) return 0;
  if (text.starts_with('+')) text.erase(0, 1);
  std::int64_t ahead = 0;
  std::from_chars(text.data(), text.data() + text.size(), ahead);
  return -ahead;
}

}  // namespace evtriage::reports

namespace evtriage {

Result<CaseFileName> check_case_file(std::string_view name, std::string_view value) {
  const std::string said = std::string(name);
  if (name.starts_with("case.")) {
    if (reports::holds(reports::of_case, name.substr(5))) return CaseFileName{};
  } else if (name.starts_with("exhibit.")) {
    const std::size_t dot = name.rfind('.');
    const std::string_view field = name.substr(dot + 1);
    if (dot > 8 && reports::holds(reports::of_exhibit, field)) {
      if (field == "clock_offset" && !reports::is_whole_number(value, reports::largest_offset)) return Error{Code::unsupported, said + " is a whole number of seconds, minus if the clock is behind"};
      if (field == "acquisition_hash" && !reports::is_digest(value)) return Error{Code::unsupported, said + " is ALGORITHM:DIGEST, for instance sha256: and 64 digits in lower case"};
      return CaseFileName{std::string(name.substr(8, dot - 8))};
    }
  }
  return Error{Code::unsupported, "a case file has no '" + said + "'; see reports/README.md"};
}

}  // namespace evtriage
