// Every word of a report in English, French, Portuguese and Arabic.
//
// Two kinds of strings: Text is a closed list, one entry for each sentence or label of a report; a missing
// one fails to compile.  A Vocabulary translates the words of the results (a category, an outcome); a word
// that it does not hold is shown as it stands.
// Tested by tests/reports/strings_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace evtriage::reports {

enum class Language : std::uint8_t { en, fr, pt, ar };
inline constexpr std::size_t language_count = 4;

std::optional<Language> parse_language(std::string_view code);  // "en", "fr", "pt", "ar"
std::string_view code_of(Language language);
inline bool is_right_to_left(Language language) { return language == Language::ar; }

enum class Text : std::uint16_t {
  // title block
  report_title, case_word, not_stated, agency, examiner, authority, notes, started, sealed, report_language,
  language_name, handling, handling_note, contents, colon, quote_open, quote_close, list_comma, skip_to_content,
  // figures of the first page
  at_a_glance, items_examined, items_in_full, items_not_in_full, findings, contacts, messages,
  indicators_note, incomplete_note, complete_note, isolation_full, isolation_no_namespaces, isolation_seccomp_only, isolation_none,
  // patterns over several items
  patterns_title, patterns_intro, pattern, pattern_documents, pattern_receipts, pattern_phones, pattern_offers, pattern_ransom,
  // calls for help
  distress_title, distress_intro, distress_more,
  // ten things
  ten_title, ten_intro, ten_none, source, exhibit, place, words_in_context, why, why_none, against,
  against_none, reasons_more, text_language, also_in_copies, legal_element, more_in_list, unknown_word,
  // exhibits
  exhibits_title, exhibits_caption, label, name, kind, items, size, digests, stored_digests, examined_title, examined_caption, outcome,
  count, share, total, not_read_title, not_read_caption, not_read_none, not_read_list_caption, issue, explanation, detail, items_touched,
  list_cut, item, unreproducible_note, special_title, special_caption, mismatches, encrypted_items, deleted_items, duplicates, known_good,
  known_alert, mismatch_caption, alert_caption, media_type, media_title, media_caption, volume,
  // findings
  findings_title, findings_intro, findings_caption, findings_none, findings_more, number, weight,
  elements_title, elements_intro, elements_caption, element, offence, categories_caption, category, not_seen,
  // contacts, messages, languages
  contacts_title, contacts_intro, contacts_caption, contacts_none, contacts_more, type, value, country, mentions, first_item, confidence,
  messages_title, messages_caption, messages_none, application, conversations, first_sent, last_sent,
  languages_caption, language, texts,
  // method and custody
  method_title, packs_caption, pack, version, rules, digest, profile_title, profile_note, profile_digest, program_version, components_caption, component,
  custody_title, custody_caption, custody_none, event, time, person, integrity_title, integrity_caption, results_digest, results_file, table,
  rows, root, custody_head, seal_missing, verify_title, verify_intro, verify_seal, verify_evidence, verify_file, verify_show,
  // limits
  limits_title, limit_indicator, limit_migrants, limit_guilt, limit_items, limit_alternatives, limit_language, limit_review, limit_facts,
  end_of_report, fact_label, indicator_label,
  // the case file
  request_title, request_note, received_title, received_note, fields_not_stated, digest_matches, digest_differs, digest_not_compared,
  repeat_title, repeat_note, command_typed, sign_off_title, signature, annex_title, annex_note, annex_exhibits, clock_note,
  // pictures
  timeline_title, timeline_note, timeline_none, period, files_modified, links_title, links_note,
  last_  // not a text: the number of texts
};

// Never empty.
std::string_view text(Text id, Language language);

struct Word {  // one word of the results
  std::string_view key;
  std::string_view in[language_count];
};

enum class Vocabulary : std::uint8_t {
  offence, category, element, outcome, band, issue, item_kind, exhibit_kind, contact_type, confidence, action, language, suppressor
};
std::span<const Word> words(Vocabulary vocabulary);
// nullopt: no such word.
std::optional<std::string_view> translate(Vocabulary vocabulary, std::string_view key, Language language);

// "TIP Protocol art. 3(a)" with the instrument and the article as that language writes them.
std::string localised_article(std::string_view article, Language language);

// 1234567 -> "1 234 567" with narrow no-break spaces (U+202F), western digits in every language.
std::string grouped(std::uint64_t number);
// Bytes for people: "12 B", "3.4 MiB" (decimal comma in French and Portuguese).
std::string readable_size(std::uint64_t bytes, Language language);

}  // namespace evtriage::reports
