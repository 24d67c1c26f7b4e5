// The sentences and labels of a report, in four languages.  Sober legal wording: a report speaks of
// indicators and of items, never of guilt.  The table is checked while compiling: order, number, no blank.
// Tested by tests/reports/strings_test.cpp
#include "reports/strings.h"

#include <array>

namespace evtriage::reports {
namespace {

struct Entry {
  Text id;
  std::string_view in[language_count];
};

constexpr Entry entries[] = {
    {Text::report_title, {"Evidence triage report", "Rapport de tri des preuves numériques", "Relatório de triagem de provas digitais", "تقرير فرز الأدلة الرقمية"}},
    {Text::case_word, {"Case", "Affaire", "Processo", "القضية"}},
    {Text::not_stated, {"not stated", "non précisé", "não indicado", "غير مذكور"}},
    {Text::agency, {"Agency", "Service enquêteur", "Entidade responsável", "الجهة المختصة"}},
    {Text::examiner, {"Examiner", "Examinateur", "Examinador", "الفاحص"}},
    {Text::authority, {"Legal authority", "Base légale", "Fundamento legal", "السند القانوني"}},
    {Text::notes, {"Notes", "Observations", "Observações", "ملاحظات"}},
    {Text::started, {"Examination started", "Début de l’examen", "Início do exame", "بداية الفحص"}},
    {Text::sealed, {"Results sealed", "Résultats scellés", "Resultados selados", "ختم النتائج"}},
    {Text::report_language, {"Language of this report", "Langue du présent rapport", "Língua deste relatório", "لغة هذا التقرير"}},
    {Text::language_name, {"English", "français", "português", "العربية"}},
    {Text::handling, {"Handling: personal data", "Diffusion restreinte : données personnelles", "Difusão restrita: dados pessoais", "تداول مقيّد: بيانات شخصية"}},
    {Text::handling_note,
     {"This report holds personal data of people who may be victims, witnesses or minors. Show it only to those who are authorised in this case. Do not copy it or pass it on without the consent of the authority in charge of the case.",
      "Le présent rapport contient des données personnelles de personnes qui peuvent être des victimes, des témoins ou des mineurs. Il ne doit être montré qu’aux personnes habilitées dans cette affaire. Ne pas le copier ni le transmettre sans l’accord de l’autorité saisie de l’affaire.",
      "Este relatório contém dados pessoais de pessoas que podem ser vítimas, testemunhas ou menores. Só deve ser mostrado a quem esteja autorizado neste processo. Não deve ser copiado nem transmitido sem o consentimento da autoridade responsável pelo processo.",
      "يتضمن هذا التقرير بيانات شخصية لأشخاص قد يكونون ضحايا أو شهودًا أو قاصرين. لا يجوز الاطلاع عليه إلا للمخوَّلين في هذه القضية، ولا يجوز نسخه أو إحالته دون موافقة السلطة المختصة بالقضية."}},
    {Text::contents, {"Contents", "Sommaire", "Índice", "المحتويات"}},
    {Text::colon, {": ", "\u00a0: ", ": ", ": "}},
    {Text::quote_open, {"“", "«\u00a0", "«", "«"}},
    {Text::quote_close, {"”", "\u00a0»", "»", "»"}},
    {Text::list_comma, {", ", ", ", ", ", "، "}},
    {Text::skip_to_content, {"Skip to the ten things to look at first", "Aller aux dix éléments à examiner en premier", "Ir para os dez elementos a ver primeiro", "الانتقال إلى الأمور العشرة التي يُنظر فيها أولًا"}},

    {Text::at_a_glance, {"At a glance", "En bref", "Em resumo", "نظرة عامة"}},
    {Text::items_examined, {"Items received", "Éléments reçus", "Elementos recebidos", "العناصر الواردة"}},
    {Text::items_in_full, {"Read in full", "Lus en entier", "Lidos por inteiro", "قُرئت كاملة"}},
    {Text::items_not_in_full, {"Not read in full", "Non lus en entier", "Não lidos por inteiro", "لم تُقرأ كاملة"}},
    {Text::findings, {"Findings", "Constatations", "Constatações", "النتائج"}},
    {Text::contacts, {"Contacts and identifiers", "Contacts et identifiants", "Contactos e identificadores", "جهات الاتصال والمعرّفات"}},
    {Text::messages, {"Messages", "Messages", "Mensagens", "الرسائل"}},
    {Text::indicators_note,
     {"The findings are indicators found by a program. They are not proof and say nothing about the guilt of any person. A person must read each one in its source.",
      "Les constatations sont des indices relevés par un programme. Elles ne sont pas des preuves et ne disent rien de la culpabilité de quiconque. Chacune doit être lue à sa source par une personne.",
      "As constatações são indícios assinalados por um programa. Não constituem prova e nada dizem sobre a culpa de quem quer que seja. Cada uma deve ser lida na sua fonte por uma pessoa.",
      "النتائج مؤشرات رصدها برنامج آلي، وهي ليست أدلة إثبات ولا تعني إدانة أي شخص. ويجب أن يقرأ كلَّ نتيجة منها شخصٌ مختص في مصدرها."}},
    {Text::incomplete_note,
     {"Some items could not be read in full. “Nothing found” does not apply to them: see the list.",
      "Certains éléments n’ont pas pu être lus en entier. « Rien trouvé » ne vaut pas pour eux : voir la liste.",
      "Alguns elementos não puderam ser lidos por inteiro. «Nada encontrado» não se aplica a eles: ver a lista.",
      "تعذّرت قراءة بعض العناصر كاملة، فلا يصح في شأنها القول «لم يُعثر على شيء». انظر القائمة."}},
    {Text::complete_note,
     {"Every item received was read in full.", "Tous les éléments reçus ont été lus en entier.", "Todos os elementos recebidos foram lidos por inteiro.", "قُرئت جميع العناصر الواردة كاملة."}},

    {Text::isolation_full,
     {"Documents and archives were taken apart in locked processes without file system or network.",
      "Les documents et archives ont été ouverts dans des processus verrouillés, sans système de fichiers ni réseau.",
      "Os documentos e arquivos foram abertos em processos isolados, sem sistema de ficheiros nem rede.",
      "فُتحت المستندات والأرشيفات في عمليات معزولة لا تصل إلى نظام الملفات ولا إلى الشبكة."}},
    {Text::isolation_no_namespaces,
     {"Documents and archives were taken apart in locked processes (system calls and files locked; this system allowed no namespaces).",
      "Les documents et archives ont été ouverts dans des processus verrouillés (appels système et fichiers ; ce système ne permettait pas d’espaces de noms).",
      "Os documentos e arquivos foram abertos em processos isolados (chamadas de sistema e ficheiros; este sistema não permitia espaços de nomes).",
      "فُتحت المستندات والأرشيفات في عمليات معزولة (قُيّدت نداءات النظام والملفات؛ ولم يسمح هذا النظام بفضاءات الأسماء)."}},
    {Text::isolation_seccomp_only,
     {"Documents and archives were taken apart in processes whose system calls were locked; this system offered no further lock.",
      "Les documents et archives ont été ouverts dans des processus dont les appels système étaient verrouillés ; ce système n’offrait pas d’autre verrou.",
      "Os documentos e arquivos foram abertos em processos com as chamadas de sistema bloqueadas; este sistema não oferecia outro bloqueio.",
      "فُتحت المستندات والأرشيفات في عمليات قُيّدت نداءات النظام فيها، ولم يتح هذا النظام قيودًا أخرى."}},
    {Text::isolation_none,
     {"Documents and archives were taken apart without locks, as was asked for. A hostile file could have acted with the rights of the examiner.",
      "Les documents et archives ont été ouverts sans verrou, comme demandé. Un fichier hostile aurait pu agir avec les droits de l’examinateur.",
      "Os documentos e arquivos foram abertos sem bloqueios, como pedido. Um ficheiro hostil poderia ter agido com os direitos do examinador.",
      "فُتحت المستندات والأرشيفات دون قيود بناءً على الطلب، وكان في وسع ملف خبيث أن يعمل بصلاحيات الفاحص."}},
    {Text::patterns_title, {"Patterns over several items", "Motifs relevés sur plusieurs éléments", "Padrões em vários elementos", "أنماط تمتد على عدة عناصر"}},
    {Text::patterns_intro, {"What no single text shows, read from the sealed tables. An employer, a family, a travel agency or a relief office can show the same.", "Ce qu’aucun texte ne montre à lui seul, tiré des tables scellées. Un employeur, une famille, une agence de voyages ou une association d’aide peut présenter la même chose.", "O que nenhum texto mostra sozinho, lido das tabelas seladas. Um empregador, uma família, uma agência de viagens ou uma organização de ajuda pode apresentar o mesmo.", "ما لا يظهره نص واحد، مستخلص من الجداول المختومة. وقد يظهر ذلك أيضًا لدى صاحب عمل أو أسرة أو وكالة سفر أو هيئة إغاثة."}},
    {Text::pattern, {"Pattern", "Motif", "Padrão", "النمط"}},
    {Text::pattern_documents, {"Travel documents of several holders and states", "Documents de voyage de plusieurs titulaires et États", "Documentos de viagem de vários titulares e Estados", "وثائق سفر لعدة أشخاص ودول"}},
    {Text::pattern_receipts, {"One same amount received again and again within two weeks", "Un même montant reçu à plusieurs reprises en deux semaines", "Um mesmo montante recebido várias vezes em duas semanas", "استلام المبلغ نفسه مرارًا خلال أسبوعين"}},
    {Text::pattern_phones, {"Telephone numbers of four or more countries of the routes together", "Numéros de téléphone d’au moins quatre pays des routes réunis", "Números de telefone de quatro ou mais países das rotas juntos", "أرقام هواتف من أربع دول أو أكثر من دول المسارات معًا"}},
    {Text::pattern_offers, {"One contact beside several offers of work or passage", "Un même contact auprès de plusieurs offres d’emploi ou de passage", "Um mesmo contacto junto de várias ofertas de trabalho ou de passagem", "جهة اتصال واحدة مع عدة عروض عمل أو عبور"}},
    {Text::pattern_ransom, {"Payments beside words of ransom", "Paiements à côté de mots de rançon", "Pagamentos junto de palavras de resgate", "مدفوعات إلى جانب ألفاظ فدية"}},
    {Text::distress_title, {"Persons who may need help now", "Personnes qui ont peut-être besoin d’aide maintenant", "Pessoas que podem precisar de ajuda agora", "أشخاص قد يحتاجون إلى المساعدة الآن"}},
    {Text::distress_intro,
     {"These words may be a call for help. They should be read by a person first, and today. They may show who a victim is: protect that identity, and pass nothing on without need.",
      "Ces mots sont peut-être un appel à l’aide. Ils doivent être lus en premier par une personne, et aujourd’hui même. Ils peuvent révéler l’identité d’une victime : protégez-la et ne transmettez rien sans nécessité.",
      "Estas palavras podem ser um pedido de ajuda. Devem ser lidas primeiro por uma pessoa, e ainda hoje. Podem revelar a identidade de uma vítima: proteja-a e não transmita nada sem necessidade.",
      "قد تكون هذه الكلمات نداء استغاثة، ويجب أن يقرأها شخص أولًا واليوم. وقد تكشف هوية ضحية: احموا هذه الهوية ولا تنقلوا شيئًا إلا عند الضرورة."}},
    {Text::distress_more, {"Further calls for help, not shown here", "Autres appels à l’aide, non montrés ici", "Outros pedidos de ajuda, não mostrados aqui", "نداءات استغاثة أخرى لم تُعرض هنا"}},
    {Text::ten_title, {"The ten things to look at first", "Les dix éléments à examiner en premier", "Os dez elementos a ver primeiro", "الأمور العشرة التي يُنظر فيها أولًا"}},
    {Text::ten_intro,
     {"Ordered by weight. The weight says how rarely an innocent text holds such words, not how grave the facts are.",
      "Par ordre de poids. Le poids dit combien il est rare qu’un texte anodin contienne de tels mots, et non la gravité des faits.",
      "Por ordem de peso. O peso indica quão raro é um texto inocente conter tais palavras, e não a gravidade dos factos.",
      "مرتّبة بحسب الوزن. ويدل الوزن على مدى ندرة ورود هذه الألفاظ في نص عادي، لا على جسامة الوقائع."}},
    {Text::ten_none,
     {"No indicator was found in the text that could be read. This does not mean that there is none: see what could not be read.",
      "Aucun indice n’a été relevé dans le texte qui a pu être lu. Cela ne signifie pas qu’il n’y en a pas : voir ce qui n’a pas pu être lu.",
      "Nenhum indício foi assinalado no texto que pôde ser lido. Isto não significa que não exista: ver o que não pôde ser lido.",
      "لم يُرصد أي مؤشر في النصوص التي أمكنت قراءتها، ولا يعني ذلك عدم وجوده. انظر ما تعذّرت قراءته."}},
    {Text::source, {"Source", "Source", "Fonte", "المصدر"}},
    {Text::exhibit, {"Exhibit", "Pièce", "Peça", "المضبوط"}},
    {Text::place, {"Place", "Endroit", "Local", "الموضع"}},
    {Text::words_in_context, {"Words in context", "Mots dans leur contexte", "Palavras no contexto", "الألفاظ في سياقها"}},
    {Text::why, {"Why it is shown", "Pourquoi il est signalé", "Porque é assinalado", "سبب الإشارة إليه"}},
    {Text::why_none, {"The rule gives no further reason.", "La règle ne donne pas d’autre motif.", "A regra não dá outro motivo.", "لا تذكر القاعدة سببًا آخر."}},
    {Text::against, {"What speaks against it", "Ce qui s’y oppose", "O que fala contra", "ما يُضعف المؤشر"}},
    {Text::against_none,
     {"Nothing that the rules know of. An innocent reading remains possible.", "Rien que les règles connaissent. Une lecture anodine reste possible.", "Nada que as regras conheçam. Uma leitura inocente continua possível.", "لا شيء مما تعرفه القواعد، ويبقى التفسير العادي ممكنًا."}},
    {Text::reasons_more, {"Further rules that hold here", "Autres règles qui s’appliquent ici", "Outras regras que se aplicam aqui", "قواعد أخرى تنطبق هنا"}},
    {Text::text_language, {"Language of the text", "Langue du texte", "Língua do texto", "لغة النص"}},
    {Text::also_in_copies, {"Also in further copies", "Aussi dans d’autres copies", "Também noutras cópias", "موجود أيضًا في نسخ أخرى"}},
    {Text::legal_element, {"Legal element", "Élément légal", "Elemento legal", "الركن القانوني"}},
    {Text::more_in_list, {"Entry in the full list", "Entrée dans la liste complète", "Entrada na lista completa", "موضعه في القائمة الكاملة"}},
    {Text::unknown_word, {"not determined", "non déterminé", "não determinado", "غير محدَّد"}},

    {Text::exhibits_title, {"Exhibits and integrity", "Pièces et intégrité", "Peças e integridade", "المضبوطات وسلامتها"}},
    {Text::exhibits_caption, {"Exhibits as received", "Pièces telles que reçues", "Peças tal como recebidas", "المضبوطات كما وردت"}},
    {Text::label, {"Label", "Repère", "Referência", "الرمز"}},
    {Text::name, {"Name", "Nom", "Nome", "الاسم"}},
    {Text::kind, {"Kind", "Nature", "Tipo", "النوع"}},
    {Text::items, {"Items", "Éléments", "Elementos", "العناصر"}},
    {Text::size, {"Size", "Taille", "Tamanho", "الحجم"}},
    {Text::digests, {"Digests", "Empreintes", "Resumos criptográficos", "البصمات الرقمية"}},
    {Text::stored_digests, {"Digests claimed by the image", "Empreintes déclarées par l’image", "Resumos declarados pela imagem", "البصمات المسجَّلة في الصورة"}},
    {Text::examined_title, {"What was examined, and what could not be", "Ce qui a été examiné et ce qui n’a pas pu l’être", "O que foi examinado e o que não pôde ser", "ما فُحص وما تعذّر فحصه"}},
    {Text::examined_caption, {"Every item ends in exactly one outcome", "Chaque élément a une issue et une seule", "Cada elemento tem um só desfecho", "لكل عنصر مآل واحد فقط"}},
    {Text::outcome, {"Outcome", "Issue", "Desfecho", "المآل"}},
    {Text::count, {"Count", "Nombre", "Número", "العدد"}},
    {Text::share, {"Share", "Part", "Parte", "النسبة"}},
    {Text::total, {"Total", "Total", "Total", "المجموع"}},
    {Text::not_read_title, {"What could not be read", "Ce qui n’a pas pu être lu", "O que não pôde ser lido", "ما تعذّرت قراءته"}},
    {Text::not_read_caption, {"Troubles by kind", "Difficultés par nature", "Dificuldades por tipo", "الصعوبات بحسب نوعها"}},
    {Text::not_read_none, {"No trouble was recorded.", "Aucune difficulté n’a été enregistrée.", "Nenhuma dificuldade foi registada.", "لم تُسجَّل أي صعوبة."}},
    {Text::not_read_list_caption, {"Each trouble with its item", "Chaque difficulté avec son élément", "Cada dificuldade com o seu elemento", "كل صعوبة والعنصر المعني بها"}},
    {Text::issue, {"Trouble", "Difficulté", "Dificuldade", "الصعوبة"}},
    {Text::explanation, {"What it means", "Ce que cela signifie", "O que significa", "معناها"}},
    {Text::detail, {"Detail", "Détail", "Pormenor", "التفصيل"}},
    {Text::items_touched, {"Items concerned", "Éléments concernés", "Elementos afetados", "العناصر المعنية"}},
    {Text::list_cut, {"The list is cut here. Not shown", "La liste est coupée ici. Non montrés", "A lista é cortada aqui. Não mostrados", "اختُصرت القائمة هنا. غير المعروض"}},
    {Text::item, {"Item", "Élément", "Elemento", "العنصر"}},
    {Text::unreproducible_note,
     {"Troubles that another run might not repeat (a time limit was reached)", "Difficultés qu’un autre passage pourrait ne pas répéter (délai atteint)", "Dificuldades que outra execução pode não repetir (prazo atingido)", "صعوبات قد لا تتكرر في تشغيل آخر (بلوغ حد زمني)"}},
    {Text::special_title, {"Items that deserve attention", "Éléments qui méritent attention", "Elementos que merecem atenção", "عناصر تستحق الانتباه"}},
    {Text::special_caption, {"Items by particular feature", "Éléments selon leur particularité", "Elementos por particularidade", "العناصر بحسب خصائصها"}},
    {Text::mismatches, {"The extension does not fit the content", "L’extension ne correspond pas au contenu", "A extensão não corresponde ao conteúdo", "الامتداد لا يطابق المحتوى"}},
    {Text::encrypted_items, {"Encrypted or protected by a password", "Chiffrés ou protégés par un mot de passe", "Cifrados ou protegidos por palavra-passe", "مشفّرة أو محمية بكلمة مرور"}},
    {Text::deleted_items, {"Deleted, recovered from the medium", "Effacés, retrouvés sur le support", "Apagados, recuperados do suporte", "محذوفة واستُعيدت من الوسيط"}},
    {Text::duplicates, {"Copies of another item", "Copies d’un autre élément", "Cópias de outro elemento", "نسخ من عنصر آخر"}},
    {Text::known_good, {"On a list of known harmless files", "Sur une liste de fichiers connus et anodins", "Em lista de ficheiros conhecidos e inofensivos", "مدرجة في قائمة ملفات معروفة وسليمة"}},
    {Text::known_alert, {"On an alert list", "Sur une liste d’alerte", "Em lista de alerta", "مدرجة في قائمة تنبيه"}},
    {Text::mismatch_caption, {"Items whose extension does not fit the content", "Éléments dont l’extension ne correspond pas au contenu", "Elementos cuja extensão não corresponde ao conteúdo", "عناصر لا يطابق امتدادها محتواها"}},
    {Text::alert_caption, {"Items on an alert list", "Éléments figurant sur une liste d’alerte", "Elementos em lista de alerta", "عناصر مدرجة في قائمة تنبيه"}},
    {Text::media_type, {"Type of content", "Type de contenu", "Tipo de conteúdo", "نوع المحتوى"}},
    {Text::media_title, {"What the exhibits consist of", "De quoi se composent les pièces", "De que se compõem as peças", "مكونات المضبوطات"}},
    {Text::media_caption, {"Items and volume by type of content", "Éléments et volume par type de contenu", "Elementos e volume por tipo de conteúdo", "العناصر والحجم بحسب نوع المحتوى"}},
    {Text::volume, {"Volume", "Volume", "Volume", "الحجم الإجمالي"}},

    {Text::findings_title, {"Findings by weight", "Constatations par poids", "Constatações por peso", "النتائج بحسب الوزن"}},
    {Text::findings_intro,
     {"Copies of the same text in duplicate files are shown once. The complete tables are in findings.csv and in the JSON Lines export.",
      "Les copies d’un même texte dans des fichiers en double sont montrées une seule fois. Les tableaux complets sont dans findings.csv et dans l’export JSON Lines.",
      "As cópias do mesmo texto em ficheiros duplicados são mostradas uma só vez. As tabelas completas estão em findings.csv e na exportação JSON Lines.",
      "تُعرض نسخ النص نفسه في الملفات المكررة مرة واحدة. والجداول الكاملة في الملف findings.csv وفي تصدير JSON Lines."}},
    {Text::findings_caption, {"Findings, the heaviest first", "Constatations, les plus lourdes d’abord", "Constatações, as de maior peso primeiro", "النتائج، الأثقل وزنًا أولًا"}},
    {Text::findings_none, {"No findings.", "Aucune constatation.", "Nenhuma constatação.", "لا توجد نتائج."}},
    {Text::findings_more, {"Further findings, not shown here (all stand in findings.csv)", "Autres constatations, non montrées ici (toutes figurent dans findings.csv)", "Outras constatações, não mostradas aqui (todas constam de findings.csv)", "نتائج أخرى غير معروضة هنا (جميعها في findings.csv)"}},
    {Text::number, {"No.", "N°", "N.º", "الرقم"}},
    {Text::weight, {"Weight", "Poids", "Peso", "الوزن"}},
    {Text::elements_title, {"Legal elements covered", "Éléments légaux couverts", "Elementos legais abrangidos", "الأركان القانونية المشمولة"}},
    {Text::elements_intro,
     {"How many findings speak to each element of the definition. An element that was not seen may still exist outside the items received.",
      "Nombre de constatations qui se rapportent à chaque élément de la définition. Un élément non relevé peut exister en dehors des éléments reçus.",
      "Quantas constatações dizem respeito a cada elemento da definição. Um elemento não assinalado pode existir fora dos elementos recebidos.",
      "عدد النتائج المتصلة بكل ركن من أركان التعريف. وقد يوجد ركن لم يُرصد خارج العناصر الواردة."}},
    {Text::elements_caption, {"Findings by offence and element", "Constatations par infraction et par élément", "Constatações por infração e por elemento", "النتائج بحسب الجريمة والركن"}},
    {Text::element, {"Element", "Élément", "Elemento", "الركن"}},
    {Text::offence, {"Offence", "Infraction", "Infração", "الجريمة"}},
    {Text::categories_caption, {"Findings by category", "Constatations par catégorie", "Constatações por categoria", "النتائج بحسب الفئة"}},
    {Text::category, {"Category", "Catégorie", "Categoria", "الفئة"}},
    {Text::not_seen, {"not seen", "non relevé", "não assinalado", "لم يُرصد"}},

    {Text::contacts_title, {"Contacts by frequency", "Contacts par fréquence", "Contactos por frequência", "جهات الاتصال بحسب التكرار"}},
    {Text::contacts_intro,
     {"A number or an account found in the evidence says nothing about the role of its holder.",
      "Un numéro ou un compte trouvé dans les pièces ne dit rien du rôle de son titulaire.",
      "Um número ou uma conta encontrados nas peças nada dizem sobre o papel do seu titular.",
      "وجود رقم أو حساب في المضبوطات لا يدل على دور صاحبه."}},
    {Text::contacts_caption, {"Contacts and identifiers, the most frequent first", "Contacts et identifiants, les plus fréquents d’abord", "Contactos e identificadores, os mais frequentes primeiro", "جهات الاتصال والمعرّفات، الأكثر تكرارًا أولًا"}},
    {Text::contacts_none, {"No contacts were found.", "Aucun contact n’a été trouvé.", "Nenhum contacto foi encontrado.", "لم يُعثر على جهات اتصال."}},
    {Text::contacts_more, {"Further contacts, not shown here (all stand in contacts.csv)", "Autres contacts, non montrés ici (tous figurent dans contacts.csv)", "Outros contactos, não mostrados aqui (todos constam de contacts.csv)", "جهات اتصال أخرى غير معروضة هنا (جميعها في contacts.csv)"}},
    {Text::type, {"Type", "Type", "Tipo", "الصنف"}},
    {Text::value, {"Value", "Valeur", "Valor", "القيمة"}},
    {Text::country, {"Country", "Pays", "País", "البلد"}},
    {Text::mentions, {"Mentions", "Mentions", "Menções", "مرات الذكر"}},
    {Text::first_item, {"First item", "Premier élément", "Primeiro elemento", "أول عنصر"}},
    {Text::confidence, {"Confidence", "Fiabilité", "Fiabilidade", "درجة الثقة"}},
    {Text::messages_title, {"Messages and languages", "Messages et langues", "Mensagens e línguas", "الرسائل واللغات"}},
    {Text::messages_caption, {"Messages by application", "Messages par application", "Mensagens por aplicação", "الرسائل بحسب التطبيق"}},
    {Text::messages_none, {"No messages were found.", "Aucun message n’a été trouvé.", "Nenhuma mensagem foi encontrada.", "لم يُعثر على رسائل."}},
    {Text::application, {"Application", "Application", "Aplicação", "التطبيق"}},
    {Text::conversations, {"Conversations", "Conversations", "Conversas", "المحادثات"}},
    {Text::first_sent, {"First sent", "Premier envoi", "Primeiro envio", "أول إرسال"}},
    {Text::last_sent, {"Last sent", "Dernier envoi", "Último envio", "آخر إرسال"}},
    {Text::languages_caption, {"Texts by language", "Textes par langue", "Textos por língua", "النصوص بحسب اللغة"}},
    {Text::language, {"Language", "Langue", "Língua", "اللغة"}},
    {Text::texts, {"Texts", "Textes", "Textos", "النصوص"}},

    {Text::method_title, {"Method", "Méthode", "Método", "المنهج"}},
    {Text::packs_caption, {"Rule packs used", "Jeux de règles utilisés", "Conjuntos de regras utilizados", "مجموعات القواعد المستخدمة"}},
    {Text::pack, {"Pack", "Jeu", "Conjunto", "المجموعة"}},
    {Text::version, {"Version", "Version", "Versão", "الإصدار"}},
    {Text::rules, {"Rules", "Règles", "Regras", "القواعد"}},
    {Text::digest, {"SHA-256 digest", "Empreinte SHA-256", "Resumo SHA-256", "بصمة SHA-256"}},
    {Text::profile_title, {"Settings that shape the results", "Réglages qui déterminent les résultats", "Definições que determinam os resultados", "الإعدادات المؤثرة في النتائج"}},
    {Text::profile_note,
     {"Another laboratory that runs the same program with the same settings over the same evidence must obtain the same results digest.",
      "Un autre laboratoire qui exécute le même programme avec les mêmes réglages sur les mêmes pièces doit obtenir la même empreinte des résultats.",
      "Outro laboratório que execute o mesmo programa com as mesmas definições sobre as mesmas peças deve obter o mesmo resumo dos resultados.",
      "يجب أن يحصل أي مختبر آخر يشغّل البرنامج نفسه بالإعدادات نفسها على المضبوطات نفسها على بصمة النتائج ذاتها."}},
    {Text::profile_digest, {"Digest of the settings", "Empreinte des réglages", "Resumo das definições", "بصمة الإعدادات"}},
    {Text::program_version, {"Program version", "Version du programme", "Versão do programa", "إصدار البرنامج"}},
    {Text::components_caption, {"Settings and components", "Réglages et composants", "Definições e componentes", "الإعدادات والمكوّنات"}},
    {Text::component, {"Setting", "Réglage", "Definição", "الإعداد"}},
    {Text::custody_title, {"Custody log", "Journal de conservation", "Registo de custódia", "سجل الحيازة"}},
    {Text::custody_caption, {"Acts recorded while the evidence was examined (UTC)", "Actes enregistrés pendant l’examen (UTC)", "Atos registados durante o exame (UTC)", "الأعمال المسجَّلة أثناء الفحص (التوقيت العالمي)"}},
    {Text::custody_none, {"The custody log could not be read.", "Le journal de conservation n’a pas pu être lu.", "O registo de custódia não pôde ser lido.", "تعذّرت قراءة سجل الحيازة."}},
    {Text::event, {"Act", "Acte", "Ato", "العمل"}},
    {Text::time, {"Time", "Date et heure", "Data e hora", "التاريخ والوقت"}},
    {Text::person, {"Who", "Qui", "Quem", "القائم به"}},
    {Text::integrity_title, {"Integrity and how to verify it", "Intégrité et vérification", "Integridade e verificação", "السلامة وكيفية التحقق منها"}},
    {Text::integrity_caption, {"Digests under the seal", "Empreintes sous scellé", "Resumos sob selo", "البصمات المشمولة بالختم"}},
    {Text::results_digest, {"Results digest", "Empreinte des résultats", "Resumo dos resultados", "بصمة النتائج"}},
    {Text::results_file, {"SHA-256 of results.sqlite", "SHA-256 de results.sqlite", "SHA-256 de results.sqlite", "بصمة SHA-256 للملف results.sqlite"}},
    {Text::table, {"Table", "Tableau", "Tabela", "الجدول"}},
    {Text::rows, {"Rows", "Lignes", "Linhas", "الصفوف"}},
    {Text::root, {"Merkle root", "Racine de Merkle", "Raiz de Merkle", "جذر ميركل"}},
    {Text::custody_head, {"Head of the custody log at the seal", "Tête du journal lors du scellement", "Cabeça do registo no momento do selo", "رأس السجل عند الختم"}},
    {Text::seal_missing, {"The seal could not be read. These results are not sealed.", "Le scellé n’a pas pu être lu. Ces résultats ne sont pas scellés.", "O selo não pôde ser lido. Estes resultados não estão selados.", "تعذّرت قراءة الختم. هذه النتائج غير مختومة."}},
    {Text::verify_title, {"How to verify", "Comment vérifier", "Como verificar", "كيفية التحقق"}},
    {Text::verify_intro, {"Where DIR is the case folder:", "Où DIR est le dossier de l’affaire :", "Sendo DIR a pasta do processo:", "حيث DIR هو مجلد القضية:"}},
    {Text::verify_seal, {"checks the seal, every table and the chain of the custody log", "vérifie le scellé, chaque tableau et la chaîne du journal de conservation", "verifica o selo, cada tabela e a cadeia do registo de custódia", "يتحقق من الختم وكل جدول وتسلسل سجل الحيازة"}},
    {Text::verify_evidence, {"reads the evidence again and compares its digests", "relit les pièces et compare leurs empreintes", "relê as peças e compara os seus resumos", "يعيد قراءة المضبوطات ويقارن بصماتها"}},
    {Text::verify_file, {"must print the digest of results.sqlite shown above", "doit afficher l’empreinte de results.sqlite indiquée ci-dessus", "deve mostrar o resumo de results.sqlite acima indicado", "يجب أن يعرض بصمة results.sqlite المبيّنة أعلاه"}},
    {Text::verify_show, {"walks from the evidence to the bytes of one finding, without these results", "remonte de la pièce aux octets d’une constatation, sans ces résultats", "vai da peça aos bytes de uma constatação, sem estes resultados", "ينتقل من المضبوط إلى بايتات النتيجة دون الاستناد إلى هذه النتائج"}},

    {Text::limits_title, {"Limits and wording", "Limites et formulation", "Limites e formulação", "الحدود والصياغة"}},
    {Text::limit_indicator,
     {"An indicator is a form of words that calls for a human look. On its own it neither proves nor disproves an offence; its value depends on place and circumstances.",
      "Un indice est une tournure qui appelle l’examen d’une personne. Seul, il ne prouve ni n’écarte une infraction ; sa valeur dépend du lieu et des circonstances.",
      "Um indício é uma forma de expressão que pede a análise de uma pessoa. Por si só, não prova nem afasta uma infração; o seu valor depende do lugar e das circunstâncias.",
      "المؤشر صيغة لغوية تستدعي نظر شخص مختص، وهو بمفرده لا يثبت الجريمة ولا ينفيها، وتتوقف قيمته على المكان والظروف."}},
    {Text::limit_migrants,
     {"Migrants are not liable to criminal prosecution for the fact of having been smuggled (Smuggling of Migrants Protocol, art. 5). A victim may have been compelled to do what an indicator describes.",
      "Les migrants ne sont pas passibles de poursuites pénales du fait d’avoir été l’objet d’un trafic illicite (Protocole contre le trafic illicite de migrants, art. 5). Une victime peut avoir été contrainte à ce qu’un indice décrit.",
      "Os migrantes não estão sujeitos a processo penal por terem sido objeto de tráfico ilícito (Protocolo contra o Tráfico Ilícito de Migrantes, art. 5.º). Uma vítima pode ter sido coagida a fazer o que um indício descreve.",
      "لا يصبح المهاجرون عرضة للملاحقة الجنائية لمجرد كونهم هدفًا للتهريب (بروتوكول مكافحة تهريب المهاجرين، المادة 5). وقد تكون الضحية قد أُكرهت على فعل ما يصفه المؤشر."}},
    {Text::limit_guilt,
     {"This report makes no statement about the guilt, the intention or the role of any person. The role of every person in it is unknown unless an authority has established it.",
      "Le présent rapport ne se prononce ni sur la culpabilité, ni sur l’intention, ni sur le rôle de quiconque. Le rôle de chaque personne est inconnu tant qu’une autorité ne l’a pas établi.",
      "Este relatório não se pronuncia sobre a culpa, a intenção ou o papel de qualquer pessoa. O papel de cada pessoa é desconhecido enquanto uma autoridade não o tiver apurado.",
      "لا يتضمن هذا التقرير أي حكم بشأن إدانة أي شخص أو قصده أو دوره، ويبقى دور كل شخص مجهولًا ما لم تثبته سلطة مختصة."}},
    {Text::limit_items,
     {"The results relate only to the items received and listed here, and to the text that could be read in them.",
      "Les résultats ne portent que sur les éléments reçus et énumérés ici, et sur le texte qui a pu y être lu.",
      "Os resultados referem-se apenas aos elementos recebidos e aqui enumerados, e ao texto que neles pôde ser lido.",
      "تقتصر النتائج على العناصر الواردة والمبيّنة هنا، وعلى النصوص التي أمكنت قراءتها فيها."}},
    {Text::limit_alternatives,
     {"Other explanations must be considered: lawful work, travel or lending, quotations, news, fiction, religious speech, training material, jokes, machine translation.",
      "D’autres explications doivent être envisagées : travail, voyage ou prêt licites, citations, presse, fiction, propos religieux, formation, plaisanterie, traduction automatique.",
      "Devem ser ponderadas outras explicações: trabalho, viagem ou empréstimo lícitos, citações, imprensa, ficção, discurso religioso, formação, brincadeira, tradução automática.",
      "يجب النظر في تفسيرات أخرى: عمل أو سفر أو قرض مشروع، أو اقتباس، أو خبر صحفي، أو عمل خيالي، أو خطاب ديني، أو مادة تدريبية، أو مزاح، أو ترجمة آلية."}},
    {Text::limit_language,
     {"Words are shown as they stand in the evidence and are not translated. Slang and languages that the rule packs do not know can be missed.",
      "Les mots sont montrés tels qu’ils figurent dans les pièces et ne sont pas traduits. L’argot et les langues que les règles ne connaissent pas peuvent échapper.",
      "As palavras são mostradas tal como constam das peças e não são traduzidas. O calão e as línguas que as regras não conhecem podem escapar.",
      "تُعرض الألفاظ كما وردت في المضبوطات دون ترجمة. وقد تفوت العامية واللغات التي لا تعرفها القواعد."}},
    {Text::limit_review,
     {"No decision that harms a person may rest on this automated result alone.",
      "Aucune décision faisant grief à une personne ne peut reposer sur ce seul résultat automatisé.",
      "Nenhuma decisão que prejudique uma pessoa pode assentar apenas neste resultado automatizado.",
      "لا يجوز أن يُبنى أي قرار يضر بشخص على هذه النتيجة الآلية وحدها."}},
    {Text::limit_facts,
     {"Facts (what stands in the items, their digests, their times) and indicators (what a rule reads into the words) are kept apart and labelled.",
      "Les faits (le contenu des éléments, leurs empreintes, leurs dates) et les indices (ce qu’une règle lit dans les mots) sont séparés et signalés.",
      "Os factos (o que consta dos elementos, os seus resumos, as suas datas) e os indícios (o que uma regra lê nas palavras) são separados e identificados.",
      "تُفصل الوقائع (محتوى العناصر وبصماتها وتواريخها) عن المؤشرات (ما تقرؤه القاعدة في الألفاظ) ويُبيَّن كل منها."}},
    {Text::end_of_report, {"End of report", "Fin du rapport", "Fim do relatório", "نهاية التقرير"}},
    {Text::fact_label, {"Facts", "Faits", "Factos", "وقائع"}},
    {Text::indicator_label, {"Indicators", "Indices", "Indícios", "مؤشرات"}},
    {Text::request_title, {"Authority and request", "Autorité et demande", "Autoridade e pedido", "السلطة والطلب"}},
    {Text::request_note, {"As stated by the examiner. The program checks none of it.", "Selon les déclarations de l’examinateur. Le programme n’en vérifie rien.", "Segundo o examinador. O programa não o verifica.", "بحسب ما صرّح به الفاحص، ولا يتحقق البرنامج من ذلك."}},
    {Text::received_title, {"Exhibits as received", "Pièces telles que reçues", "Objetos tal como recebidos", "المضبوطات كما استُلمت"}},
    {Text::received_note, {"Seizure, transport and acquisition, as stated by the examiner.", "Saisie, transport et acquisition, selon l’examinateur.", "Apreensão, transporte e aquisição, segundo o examinador.", "الضبط والنقل والاستخراج كما صرّح بها الفاحص."}},
    {Text::fields_not_stated, {"Not stated", "Non précisé", "Não indicado", "غير مذكور"}},
    {Text::digest_matches, {"equals the digest computed here", "identique à l’empreinte calculée ici", "igual ao resumo calculado aqui", "تطابق البصمة المحسوبة هنا"}},
    {Text::digest_differs, {"DIFFERS from the digest computed here", "DIFFÈRE de l’empreinte calculée ici", "DIFERE do resumo calculado aqui", "تختلف عن البصمة المحسوبة هنا"}},
    {Text::digest_not_compared, {"not compared: this digest was not computed here", "non comparée : empreinte non calculée ici", "não comparado: resumo não calculado aqui", "لم تُقارن: لم تُحسب هذه البصمة هنا"}},
    {Text::repeat_title, {"How to repeat the examination", "Comment répéter l’examen", "Como repetir o exame", "كيفية تكرار الفحص"}},
    {Text::repeat_note,
     {"The same evidence, program version and profile give the same results digest, on any machine. Run the command with a new case folder and compare.",
      "Les mêmes preuves, la même version du programme et le même profil donnent la même empreinte des résultats, sur toute machine. Lancer la commande avec un nouveau dossier et comparer.",
      "As mesmas provas, a mesma versão do programa e o mesmo perfil dão o mesmo resumo dos resultados, em qualquer máquina. Executar o comando com uma nova pasta e comparar.",
      "تعطي الأدلة نفسها والإصدار نفسه وملف الإعدادات نفسه بصمة النتائج نفسها على أي جهاز. شغّل الأمر بمجلد قضية جديد ثم قارن."}},
    {Text::command_typed, {"Command of the run", "Commande exécutée", "Comando executado", "أمر التشغيل"}},
    {Text::sign_off_title, {"Sign-off", "Signatures", "Assinaturas", "التوقيعات"}},
    {Text::signature, {"Signature and date", "Signature et date", "Assinatura e data", "التوقيع والتاريخ"}},
    {Text::annex_title, {"Annex for mutual legal assistance (UNTOC art. 18(15))", "Annexe pour l’entraide judiciaire (Convention de Palerme, art. 18, par. 15)", "Anexo para auxílio judiciário (Convenção de Palermo, art. 18.º, n.º 15)", "ملحق للمساعدة القانونية المتبادلة (اتفاقية باليرمو، المادة 18، الفقرة 15)"}},
    {Text::annex_note, {"Filled where the case says it; the rest is for the competent authority to complete.", "Rempli dans la mesure des indications de l’affaire ; l’autorité compétente complète le reste.", "Preenchido com o que consta do processo; o resto cabe à autoridade competente.", "مُلئ بما ورد في القضية، وتستكمل السلطة المختصة الباقي."}},
    {Text::annex_exhibits, {"Exhibits and their digests", "Pièces et leurs empreintes", "Objetos e respetivos resumos", "المضبوطات وبصماتها"}},
    {Text::clock_note, {"Times of these exhibits are shown corrected by the stated error of the device’s clock, in seconds", "Les heures de ces pièces sont corrigées de l’erreur déclarée de l’horloge de l’appareil, en secondes", "As horas destes objetos são corrigidas do erro declarado do relógio do dispositivo, em segundos", "أوقات هذه المضبوطات مصحَّحة بخطأ ساعة الجهاز المصرَّح به، بالثواني"}},
    {Text::timeline_title, {"Timeline", "Chronologie", "Cronologia", "التسلسل الزمني"}},
    {Text::timeline_note, {"Messages by the time they carry, files by their last change. Each colour has its own scale. Such times can be wrong or altered.", "Messages selon l’heure qu’ils portent, fichiers selon leur dernière modification. Chaque couleur a sa propre échelle. Ces heures peuvent être fausses ou altérées.", "Mensagens pela hora que indicam, ficheiros pela última alteração. Cada cor tem a sua escala. Estas horas podem estar erradas ou alteradas.", "الرسائل بحسب وقتها المسجَّل والملفات بحسب آخر تعديل. لكل لون مقياسه الخاص. قد تكون هذه الأوقات خاطئة أو محرّفة."}},
    {Text::timeline_none, {"No item carries a time.", "Aucun élément ne porte d’heure.", "Nenhum elemento indica uma hora.", "لا يحمل أي عنصر وقتًا."}},
    {Text::period, {"Period", "Période", "Período", "الفترة"}},
    {Text::files_modified, {"Files changed", "Fichiers modifiés", "Ficheiros alterados", "ملفات معدّلة"}},
    {Text::links_title, {"Strongest links between contacts", "Liens les plus forts entre contacts", "Ligações mais fortes entre contactos", "أقوى الصلات بين جهات الاتصال"}},
    {Text::links_note, {"A link says that two contacts stand in one message or one file, never that their holders know each other.", "Un lien indique que deux contacts figurent dans un même message ou fichier, jamais que leurs titulaires se connaissent.", "Uma ligação indica que dois contactos constam da mesma mensagem ou ficheiro, nunca que os titulares se conhecem.", "تعني الصلة ورود جهتي اتصال في رسالة أو ملف واحد، ولا تعني أبدًا أن صاحبيهما يعرف أحدهما الآخر."}},
};

constexpr bool is_complete() {
  std::size_t at = 0;
  for (const auto& entry : entries) {
    if (static_cast<std::size_t>(entry.id) != at++) return false;
    for (const auto string : entry.in) {
      if (string.empty()) return false;
    }
  }
  return at == static_cast<std::size_t>(Text::last_);
}
static_assert(is_complete(), "every Text, in the order of the enumeration, in every language");

constexpr std::string_view codes[language_count] = {"en", "fr", "pt", "ar"};

}  // namespace

std::string_view text(Text id, Language language) {
  return entries[static_cast<std::size_t>(id)].in[static_cast<std::size_t>(language)];
}

std::optional<Language> parse_language(std::string_view code) {
  for (std::size_t i = 0; i < language_count; ++i) {
    if (codes[i] == code) return static_cast<Language>(i);
  }
  return std::nullopt;
}

std::string_view code_of(Language language) { return codes[static_cast<std::size_t>(language)]; }

std::string grouped(std::uint64_t number) {
  const auto digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += "\u202f";
    out += digits[i];
  }
  return out;
}

std::string readable_size(std::uint64_t bytes, Language language) {
  constexpr std::string_view units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  const bool octets = language == Language::fr;
  std::size_t unit = 0;
  std::uint64_t whole = bytes, rest = 0;
  for (; whole >= 1024 && unit + 1 < std::size(units); ++unit) {
    rest = whole % 1024;
    whole /= 1024;
  }
  std::string out = grouped(whole);
  if (unit > 0 && whole < 100) {
    out += language == Language::fr || language == Language::pt ? ',' : '.';
    out += static_cast<char>('0' + rest * 10 / 1024);
  }
  std::string name(units[unit]);
  if (octets) name.back() = 'o';
  return out + "\u00a0" + name;
}

}  // namespace evtriage::reports
