// The words of the results in four languages: offences, categories, legal elements, outcomes, kinds.
// What a table does not hold is shown as it stands in the results, so that a newer pack is never silenced.
// Tested by tests/reports/strings_test.cpp
#include <algorithm>

#include "reports/strings.h"

namespace evtriage::reports {
namespace {

constexpr Word offences[] = {
    {"tip", {"Trafficking in persons", "Traite des personnes", "Tráfico de pessoas", "الاتجار بالأشخاص"}},
    {"som", {"Smuggling of migrants", "Trafic illicite de migrants", "Tráfico ilícito de migrantes", "تهريب المهاجرين"}},
    {"both", {"Trafficking in persons or smuggling of migrants", "Traite des personnes ou trafic illicite de migrants", "Tráfico de pessoas ou tráfico ilícito de migrantes", "الاتجار بالأشخاص أو تهريب المهاجرين"}},
};

constexpr Word categories[] = {
    {"T01", {"Deceptive recruitment", "Recrutement par tromperie", "Recrutamento por engano", "التجنيد بالخداع"}},
    {"T02", {"Retention of identity documents", "Rétention de documents d’identité", "Retenção de documentos de identidade", "احتجاز وثائق الهوية"}},
    {"T03", {"Debt bondage", "Servitude pour dettes", "Servidão por dívidas", "إسار الدَّين"}},
    {"T04", {"Threat or violence", "Menace ou violence", "Ameaça ou violência", "التهديد أو العنف"}},
    {"T05", {"Oath or ritual used to control", "Serment ou rituel de contrainte", "Juramento ou ritual de coação", "القَسَم أو الطقوس وسيلةً للإكراه"}},
    {"T06", {"Control of movement and communication", "Contrôle des déplacements et des communications", "Controlo dos movimentos e das comunicações", "التحكم في التنقل والاتصال"}},
    {"T07", {"Withholding of wages", "Retenue de salaires", "Retenção de salários", "حجز الأجور"}},
    {"T08", {"Abuse of vulnerability or of status", "Abus de vulnérabilité ou de situation de séjour", "Abuso de vulnerabilidade ou da situação de permanência", "استغلال حالة الضعف أو وضع الإقامة"}},
    {"T09", {"Trade in persons", "Commerce de personnes", "Comércio de pessoas", "بيع الأشخاص ونقلهم"}},
    {"T10", {"Sexual exploitation", "Exploitation sexuelle", "Exploração sexual", "الاستغلال الجنسي"}},
    {"T11", {"Forced labour", "Travail forcé", "Trabalho forçado", "السخرة أو العمل القسري"}},
    {"T12", {"Domestic servitude", "Servitude domestique", "Servidão doméstica", "الاستعباد المنزلي"}},
    {"T13", {"Exploitation of children", "Exploitation d’enfants", "Exploração de crianças", "استغلال الأطفال"}},
    {"T14", {"Forced criminality", "Criminalité forcée", "Criminalidade forçada", "الإجبار على ارتكاب الجرائم"}},
    {"T15", {"Captive pyramid recruitment", "Recrutement pyramidal sous contrainte", "Recrutamento em pirâmide sob coação", "التجنيد الهرمي القسري"}},
    {"T16", {"Forced or child marriage", "Mariage forcé ou d’enfants", "Casamento forçado ou de crianças", "الزواج القسري أو زواج الأطفال"}},
    {"T17", {"Removal of organs", "Prélèvement d’organes", "Extração de órgãos", "نزع الأعضاء"}},
    {"T18", {"Trade in infants or illegal adoption", "Commerce de nourrissons ou adoption illégale", "Comércio de recém-nascidos ou adoção ilegal", "بيع الرُّضّع أو التبني غير المشروع"}},
    {"T19", {"Coercion by means of images", "Contrainte au moyen d’images", "Coação por meio de imagens", "الإكراه بواسطة الصور"}},
    {"T20", {"Call of distress", "Appel de détresse", "Pedido de socorro", "نداء استغاثة"}},
    {"S01", {"Offer of passage", "Offre de passage", "Oferta de passagem", "عرض العبور"}},
    {"S02", {"Facilitation fee", "Prix du passage", "Preço da passagem", "أجرة التهريب"}},
    {"S03", {"Payment channel", "Voie de paiement", "Via de pagamento", "قناة الدفع"}},
    {"S04", {"Logistics at sea", "Logistique maritime", "Logística marítima", "الترتيبات البحرية"}},
    {"S05", {"Logistics by land or desert", "Logistique terrestre ou désertique", "Logística terrestre ou desértica", "الترتيبات البرية أو الصحراوية"}},
    {"S06", {"Staging house", "Lieu de regroupement", "Local de concentração", "مكان التجميع والإيواء"}},
    {"S07", {"Roles and recruitment of crew", "Rôles et recrutement d’équipage", "Funções e recrutamento de tripulação", "الأدوار وتجنيد الطاقم"}},
    {"S08", {"Document fraud", "Fraude documentaire", "Fraude documental", "تزوير الوثائق"}},
    {"S09", {"Fraudulent marriage or stay", "Mariage ou séjour frauduleux", "Casamento ou permanência fraudulentos", "الزواج الصوري أو الإقامة الاحتيالية"}},
    {"S10", {"Bribery at the border", "Corruption à la frontière", "Corrupção na fronteira", "الرشوة على الحدود"}},
    {"S11", {"List or count of passengers", "Liste ou décompte de passagers", "Lista ou contagem de passageiros", "قوائم الركاب أو عددهم"}},
    {"S12", {"Evasion and briefing", "Dissimulation et consignes", "Evasão e instruções", "التخفي والتلقين"}},
    {"S13", {"Danger to life or safety", "Mise en danger de la vie ou de la sécurité", "Perigo para a vida ou a segurança", "تعريض الحياة أو السلامة للخطر"}},
    {"S14", {"Ransom or extortion on the route", "Rançon ou extorsion en route", "Resgate ou extorsão na rota", "الفدية أو الابتزاز في الطريق"}},
    {"S15", {"Scheme by air route or visa", "Filière aérienne ou de visas", "Esquema por via aérea ou de vistos", "التهريب جوًا أو بالتأشيرات"}},
};

constexpr Word elements[] = {
    {"act", {"act", "acte", "ação", "الفعل"}},
    {"means", {"means", "moyen", "meio", "الوسيلة"}},
    {"purpose", {"purpose", "but", "fim", "الغرض"}},
    {"entry", {"illegal entry", "entrée illégale", "entrada ilegal", "الدخول غير المشروع"}},
    {"benefit", {"financial or other material benefit", "avantage financier ou autre avantage matériel", "benefício financeiro ou outro benefício material", "منفعة مالية أو منفعة مادية أخرى"}},
    {"document", {"fraudulent travel or identity document", "document de voyage ou d’identité frauduleux", "documento de viagem ou de identidade fraudulento", "وثيقة سفر أو هوية مزورة"}},
    {"stay", {"illegal stay", "séjour illégal", "permanência ilegal", "البقاء غير المشروع"}},
    {"aggravation", {"aggravating circumstance", "circonstance aggravante", "circunstância agravante", "ظرف مشدِّد"}},
    {"any", {"any element", "tout élément", "qualquer elemento", "أي ركن"}},
};

constexpr Word outcomes[] = {
    {"done", {"Read in full", "Lus en entier", "Lidos por inteiro", "قُرئت كاملة"}},
    {"partial", {"Read in part", "Lus en partie", "Lidos em parte", "قُرئت جزئيًا"}},
    {"skipped", {"Set aside, not opened", "Écartés, non ouverts", "Postos de parte, não abertos", "استُبعدت ولم تُفتح"}},
    {"failed", {"Could not be read", "N’ont pas pu être lus", "Não puderam ser lidos", "تعذّرت قراءتها"}},
};

constexpr Word bands[] = {
    {"high", {"High", "Élevé", "Elevado", "مرتفع"}},
    {"medium", {"Medium", "Moyen", "Médio", "متوسط"}},
    {"low", {"Low", "Faible", "Baixo", "منخفض"}},
};

constexpr Word issues[] = {
    {"io_read", {"Bytes could not be read from the medium.", "Des octets n’ont pas pu être lus sur le support.", "Não foi possível ler bytes do suporte.", "تعذّرت قراءة بايتات من الوسيط."}},
    {"corrupt", {"The content is damaged or breaks the rules of its format.", "Le contenu est endommagé ou ne respecte pas son format.", "O conteúdo está danificado ou não respeita o seu formato.", "المحتوى تالف أو مخالف لقواعد صيغته."}},
    {"truncated", {"The content ends too early.", "Le contenu s’arrête trop tôt.", "O conteúdo termina cedo demais.", "المحتوى مبتور قبل نهايته."}},
    {"unsupported", {"The program does not read this format or this kind of entry.", "Le programme ne lit pas ce format ou ce type d’entrée.", "O programa não lê este formato ou este tipo de entrada.", "لا يقرأ البرنامج هذه الصيغة أو هذا النوع من المدخلات."}},
    {"encrypted", {"The content is encrypted and no password fitted.", "Le contenu est chiffré et aucun mot de passe n’a convenu.", "O conteúdo está cifrado e nenhuma palavra-passe serviu.", "المحتوى مشفَّر ولم تنجح أي كلمة مرور."}},
    {"limit", {"A safety limit was reached; the rest was not examined.", "Une limite de sécurité a été atteinte ; le reste n’a pas été examiné.", "Foi atingido um limite de segurança; o resto não foi examinado.", "بُلغ حد من حدود الأمان ولم يُفحص الباقي."}},
    {"crash", {"The reader of this format stopped; the item was searched as raw bytes.", "Le lecteur de ce format s’est arrêté ; l’élément a été parcouru comme octets bruts.", "O leitor deste formato parou; o elemento foi percorrido como bytes em bruto.", "توقف قارئ هذه الصيغة، وجرى البحث في العنصر بوصفه بايتات خامًا."}},
    {"internal", {"The program made an error; please report it.", "Le programme a commis une erreur ; merci de la signaler.", "O programa cometeu um erro; é favor comunicá-lo.", "وقع خطأ في البرنامج، ويُرجى الإبلاغ عنه."}},
};

constexpr Word item_kinds[] = {
    {"same file", {"same file", "même fichier", "mesmo ficheiro", "الملف نفسه"}},
    {"message", {"message", "message", "mensagem", "رسالة"}},
    {"file", {"file", "fichier", "ficheiro", "ملف"}},
    {"directory", {"folder", "dossier", "pasta", "مجلد"}},
    {"symlink", {"link", "lien", "ligação simbólica", "رابط"}},
    {"special", {"special file", "fichier spécial", "ficheiro especial", "ملف خاص"}},
    {"deleted", {"deleted file", "fichier effacé", "ficheiro apagado", "ملف محذوف"}},
    {"orphan", {"orphan file", "fichier orphelin", "ficheiro órfão", "ملف يتيم"}},
    {"free-space", {"free space", "espace libre", "espaço livre", "مساحة حرة"}},
    {"slack", {"slack space", "espace résiduel", "espaço residual", "مساحة متبقية"}},
    {"member", {"archive member", "membre d’archive", "membro de arquivo", "عضو في أرشيف"}},
    {"attachment", {"attachment", "pièce jointe", "anexo", "مرفق"}},
    {"embedded", {"embedded object", "objet incorporé", "objeto incorporado", "كائن مضمَّن"}},
    {"message-store", {"message store", "base de messages", "base de mensagens", "مخزن رسائل"}},
    {"record", {"record", "enregistrement", "registo", "سجل"}},
};

constexpr Word exhibit_kinds[] = {
    {"folder", {"folder", "dossier", "pasta", "مجلد"}},
    {"file", {"single file", "fichier seul", "ficheiro único", "ملف واحد"}},
    {"raw", {"raw disk image", "image disque brute", "imagem de disco em bruto", "صورة قرص خام"}},
    {"ewf", {"EWF disk image", "image disque EWF", "imagem de disco EWF", "صورة قرص EWF"}},
    {"qcow2", {"QCOW2 disk image", "image disque QCOW2", "imagem de disco QCOW2", "صورة قرص QCOW2"}},
    {"vmdk", {"VMDK disk image", "image disque VMDK", "imagem de disco VMDK", "صورة قرص VMDK"}},
    {"vhd", {"VHD disk image", "image disque VHD", "imagem de disco VHD", "صورة قرص VHD"}},
    {"archive", {"archive", "archive", "arquivo", "أرشيف"}},
    {"backup", {"backup", "sauvegarde", "cópia de segurança", "نسخة احتياطية"}},
};

constexpr Word contact_types[] = {
    {"phone", {"telephone", "téléphone", "telefone", "هاتف"}},
    {"email", {"e-mail address", "adresse électronique", "endereço eletrónico", "بريد إلكتروني"}},
    {"url", {"web address", "adresse web", "endereço web", "عنوان ويب"}},
    {"domain", {"domain", "domaine", "domínio", "نطاق"}},
    {"ipv4", {"IPv4 address", "adresse IPv4", "endereço IPv4", "عنوان IPv4"}},
    {"ipv6", {"IPv6 address", "adresse IPv6", "endereço IPv6", "عنوان IPv6"}},
    {"mac", {"MAC address", "adresse MAC", "endereço MAC", "عنوان MAC"}},
    {"handle", {"account name", "nom de compte", "nome de conta", "اسم حساب"}},
    {"iban", {"bank account (IBAN)", "compte bancaire (IBAN)", "conta bancária (IBAN)", "حساب مصرفي (IBAN)"}},
    {"bank-account", {"bank account", "compte bancaire", "conta bancária", "حساب مصرفي"}},
    {"bic", {"bank code (BIC)", "code de banque (BIC)", "código de banco (BIC)", "رمز المصرف (BIC)"}},
    {"card", {"payment card", "carte de paiement", "cartão de pagamento", "بطاقة دفع"}},
    {"crypto", {"crypto-asset address", "adresse de crypto-actifs", "endereço de criptoativos", "عنوان أصول مشفرة"}},
    {"imei", {"device number (IMEI)", "numéro d’appareil (IMEI)", "número do aparelho (IMEI)", "رقم الجهاز (IMEI)"}},
    {"imsi", {"subscriber number (IMSI)", "numéro d’abonné (IMSI)", "número de assinante (IMSI)", "رقم المشترك (IMSI)"}},
    {"iccid", {"SIM number (ICCID)", "numéro de carte SIM (ICCID)", "número do cartão SIM (ICCID)", "رقم الشريحة (ICCID)"}},
    {"mrz", {"machine-readable zone", "zone de lecture automatique", "zona de leitura ótica", "منطقة القراءة الآلية"}},
    {"document-number", {"document number", "numéro de document", "número de documento", "رقم وثيقة"}},
    {"gps", {"coordinates", "coordonnées", "coordenadas", "إحداثيات"}},
    {"momo-receipt", {"mobile money receipt", "reçu d’argent mobile", "recibo de dinheiro móvel", "إيصال نقود عبر الهاتف"}},
    {"mtcn", {"money transfer number", "numéro de transfert d’argent", "número de transferência de dinheiro", "رقم حوالة مالية"}},
    {"money", {"amount of money", "somme d’argent", "quantia em dinheiro", "مبلغ مالي"}},
    {"container", {"container number", "numéro de conteneur", "número de contentor", "رقم حاوية"}},
    {"vessel", {"vessel", "navire", "embarcação", "سفينة"}},
    {"eticket", {"electronic ticket", "billet électronique", "bilhete eletrónico", "تذكرة إلكترونية"}},
    {"pnr", {"booking reference", "référence de réservation", "referência de reserva", "مرجع حجز"}},
    {"plate", {"vehicle plate", "plaque d’immatriculation", "matrícula", "لوحة مركبة"}},
};

constexpr Word confidences[] = {
    {"certain", {"certain", "certaine", "certa", "مؤكد"}},
    {"likely", {"likely", "probable", "provável", "مرجّح"}},
    {"candidate", {"candidate", "à vérifier", "a verificar", "محتمل"}},
};

constexpr Word actions[] = {
    {"started", {"Examination started", "Examen commencé", "Exame iniciado", "بدأ الفحص"}},
    {"resumed", {"Examination resumed", "Examen repris", "Exame retomado", "استُؤنف الفحص"}},
    {"interrupted", {"Examination interrupted", "Examen interrompu", "Exame interrompido", "انقطع الفحص"}},
    {"listed", {"Entries listed", "Entrées recensées", "Entradas listadas", "حُصرت المدخلات"}},
    {"examined", {"Entries examined", "Entrées examinées", "Entradas examinadas", "فُحصت المدخلات"}},
    {"sealed", {"Results sealed", "Résultats scellés", "Resultados selados", "خُتمت النتائج"}},
    {"report", {"Report written", "Rapport établi", "Relatório elaborado", "أُعدّ التقرير"}},
    {"failed", {"Examination failed", "Examen échoué", "Exame falhado", "أخفق الفحص"}},
    {"access-times", {"Note on access times", "Remarque sur les dates d’accès", "Nota sobre as datas de acesso", "ملاحظة بشأن أوقات الوصول"}},
    {"journal-cut", {"Incomplete last record removed", "Dernier enregistrement incomplet retiré", "Último registo incompleto removido", "أزيل سجل أخير ناقص"}},
    {"recovered", {"Incomplete last line of the log removed", "Dernière ligne incomplète du journal retirée", "Última linha incompleta do registo removida", "أزيل سطر أخير ناقص من السجل"}},
};

constexpr Word languages[] = {
    {"en", {"English", "anglais", "inglês", "الإنجليزية"}},
    {"fr", {"French", "français", "francês", "الفرنسية"}},
    {"pt", {"Portuguese", "portugais", "português", "البرتغالية"}},
    {"ar", {"Arabic", "arabe", "árabe", "العربية"}},
    {"es", {"Spanish", "espagnol", "espanhol", "الإسبانية"}},
    {"pcm", {"Nigerian Pidgin", "pidgin nigérian", "pidgin nigeriano", "البيدجن النيجيرية"}},
    {"ha", {"Hausa", "haoussa", "hauçá", "الهوسا"}},
    {"yo", {"Yoruba", "yoruba (langue)", "ioruba", "اليوروبا"}},
    {"wo", {"Wolof", "wolof (langue)", "uolofe", "الولوف"}},
};

// Suppressor ids end in their kind: x.en.news.
constexpr Word suppressors[] = {
    {"news", {"It reads like a news report.", "Le texte ressemble à un article de presse.", "O texto parece uma notícia.", "يبدو النص خبرًا صحفيًا."}},
    {"training", {"It reads like training or awareness material.", "Le texte ressemble à un support de formation ou de sensibilisation.", "O texto parece material de formação ou sensibilização.", "يبدو النص مادة تدريبية أو توعوية."}},
    {"official", {"It reads like an official or legal text.", "Le texte ressemble à un texte officiel ou juridique.", "O texto parece um texto oficial ou jurídico.", "يبدو النص نصًا رسميًا أو قانونيًا."}},
    {"sport", {"It reads like talk about sport.", "Il semble être question de sport.", "Parece tratar-se de desporto.", "يبدو الحديث عن الرياضة."}},
    {"food", {"It reads like talk about food.", "Il semble être question de nourriture.", "Parece tratar-se de comida.", "يبدو الحديث عن الطعام."}},
    {"computing", {"It reads like talk about computing.", "Il semble être question d’informatique.", "Parece tratar-se de informática.", "يبدو الحديث عن الحاسوب."}},
    {"livestock", {"It reads like trade in livestock.", "Il semble être question de bétail.", "Parece tratar-se de gado.", "يبدو الحديث عن الماشية."}},
    {"religion", {"It reads like religious speech.", "Le texte ressemble à un propos religieux.", "O texto parece um discurso religioso.", "يبدو النص خطابًا دينيًا."}},
    {"school-lists", {"It reads like a school list or trip.", "Le texte ressemble à une liste ou sortie scolaire.", "O texto parece uma lista ou viagem escolar.", "يبدو النص قائمة أو رحلة مدرسية."}},
    {"fishing", {"It reads like talk about fishing.", "Il semble être question de pêche.", "Parece tratar-se de pesca.", "يبدو الحديث عن صيد الأسماك."}},
    {"human-resources", {"It reads like lawful staff administration.", "Le texte ressemble à une gestion licite du personnel.", "O texto parece gestão lícita de pessoal.", "يبدو النص إدارة مشروعة لشؤون الموظفين."}},
    {"fiction", {"It reads like fiction, a film, a song or a game.", "Le texte ressemble à une fiction, un film, une chanson ou un jeu.", "O texto parece ficção, filme, canção ou jogo.", "يبدو النص عملًا خياليًا أو فيلمًا أو أغنية أو لعبة."}},
    {"health", {"It reads like medical information.", "Le texte ressemble à une information médicale.", "O texto parece informação médica.", "يبدو النص معلومات طبية."}},
    {"goods", {"It reads like trade in goods.", "Il semble être question de marchandises.", "Parece tratar-se de mercadorias.", "يبدو الحديث عن بضائع."}},
    {"finance", {"It reads like ordinary lending or banking.", "Le texte ressemble à un prêt ou à une opération bancaire ordinaire.", "O texto parece um empréstimo ou operação bancária comum.", "يبدو النص قرضًا أو معاملة مصرفية عادية."}},
    {"travel-trade", {"It reads like a lawful travel agency or carrier.", "Le texte ressemble à celui d’une agence de voyages ou d’un transporteur licite.", "O texto parece de uma agência de viagens ou transportadora lícita.", "يبدو النص لوكالة سفر أو ناقل مشروع."}},
    {"home", {"It reads like ordinary household talk.", "Il semble être question de la vie domestique ordinaire.", "Parece tratar-se da vida doméstica comum.", "يبدو الحديث عن الحياة المنزلية العادية."}},
    {"history", {"It reads like history.", "Le texte ressemble à un récit historique.", "O texto parece um relato histórico.", "يبدو النص سردًا تاريخيًا."}},
};

constexpr std::span<const Word> tables[] = {offences, categories, elements, outcomes, bands, issues, item_kinds,
                                            exhibit_kinds, contact_types, confidences, actions, languages, suppressors};

constexpr bool is_complete() {
  for (const auto table : tables) {
    for (const auto& word : table) {
      if (word.key.empty()) return false;
      for (const auto string : word.in) {
        if (string.empty()) return false;
      }
    }
  }
  return std::size(tables) == static_cast<std::size_t>(Vocabulary::suppressor) + 1;
}
static_assert(is_complete(), "every word in every language, a table for each vocabulary");

struct Rewriting {
  std::string_view from;
  std::string_view to[language_count];
};
constexpr Rewriting rewritings[] = {
    {"TIP Protocol", {"TIP Protocol", "Protocole relatif à la traite", "Protocolo relativo ao tráfico de pessoas", "بروتوكول الاتجار بالأشخاص"}},
    {"SOM Protocol", {"SOM Protocol", "Protocole relatif au trafic de migrants", "Protocolo relativo ao tráfico de migrantes", "بروتوكول تهريب المهاجرين"}},
    {"UNTOC", {"UNTOC", "Convention de Palerme", "Convenção de Palermo", "اتفاقية باليرمو"}},
    {" and ", {" and ", " et ", " e ", " و"}},
    {"art.", {"art.", "art.", "art.", "المادة"}},
    {"(a)", {"(a)", " a)", " a)", " (أ)"}},
    {"(b)", {"(b)", " b)", " b)", " (ب)"}},
    {"(c)", {"(c)", " c)", " c)", " (ج)"}},
    {"(d)", {"(d)", " d)", " d)", " (د)"}},
    {"(e)", {"(e)", " e)", " e)", " (هـ)"}},
    {"(f)", {"(f)", " f)", " f)", " (و)"}},
};

}  // namespace

std::span<const Word> words(Vocabulary vocabulary) { return tables[static_cast<std::size_t>(vocabulary)]; }

std::optional<std::string_view> translate(Vocabulary vocabulary, std::string_view key, Language language) {
  const auto table = words(vocabulary);
  const auto found = std::find_if(table.begin(), table.end(), [&](const Word& word) { return word.key == key; });
  if (found == table.end()) return std::nullopt;
  return found->in[static_cast<std::size_t>(language)];
}

std::string localised_article(std::string_view article, Language language) {
  std::string out(article);
  if (language == Language::en) return out;
  for (const auto& rewriting : rewritings) {
    const auto to = rewriting.to[static_cast<std::size_t>(language)];
    for (auto at = out.find(rewriting.from); at != std::string::npos; at = out.find(rewriting.from, at + to.size())) {
      out.replace(at, rewriting.from.size(), to);
    }
  }
  return out;
}

}  // namespace evtriage::reports
