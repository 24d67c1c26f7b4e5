// A short sorted table of words and a walk backwards over what may stand between a label and its number.
// Tested by tests/extractors/contacts/documents_test.cpp.
#include "extractors/contacts/labels.h"

#include <algorithm>
#include <array>

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

struct Word {
  std::string_view word;
  Label label;
};
constexpr Word kWords[] = {
    {"account", Label::bank_account}, {"acct", Label::bank_account}, {"appel", Label::phone}, {"bic", Label::bic},
    {"bilhete", Label::ticket}, {"billet", Label::ticket}, {"billete", Label::ticket}, {"booking", Label::pnr},
    {"bvn", Label::identity}, {"call", Label::phone}, {"card", Label::card}, {"carta", Label::card},
    {"carte", Label::card}, {"cartao", Label::card}, {"cb", Label::card}, {"cel", Label::phone}, {"celular", Label::phone},
    {"cin", Label::identity}, {"cni", Label::identity}, {"cnib", Label::identity}, {"compte", Label::bank_account},
    {"conta", Label::bank_account}, {"contact", Label::phone}, {"contacto", Label::phone}, {"control", Label::transfer},
    {"controle", Label::transfer}, {"coord", Label::place}, {"coordinates", Label::place},
    {"coordonnees", Label::place}, {"coords", Label::place}, {"cuenta", Label::bank_account}, {"dni", Label::identity},
    {"eid", Label::identity}, {"emirates", Label::identity}, {"eticket", Label::ticket}, {"gps", Label::place},
    {"iban", Label::iban}, {"iccid", Label::iccid}, {"ident", Label::identity}, {"identidad", Label::identity},
    {"identidade", Label::identity}, {"identite", Label::identity}, {"identity", Label::identity}, {"imei", Label::imei},
    {"immatricul", Label::plate}, {"immatriculation", Label::plate}, {"immatriculee", Label::plate}, {"imo", Label::ship},
    {"imsi", Label::imsi}, {"ine", Label::identity}, {"iqama", Label::identity}, {"lat", Label::place},
    {"latitude", Label::place}, {"localisation", Label::place}, {"localizacao", Label::place}, {"localizador", Label::pnr},
    {"location", Label::place}, {"locator", Label::pnr}, {"mastercard", Label::card}, {"matricula", Label::plate},
    {"matricule", Label::plate}, {"mmsi", Label::radio}, {"mob", Label::phone}, {"mobile", Label::phone},
    {"moneygram", Label::transfer}, {"mtcn", Label::transfer}, {"national", Label::identity},
    {"nationale", Label::identity}, {"nic", Label::identity}, {"nie", Label::identity}, {"nif", Label::tax},
    {"nin", Label::identity}, {"nina", Label::identity}, {"ninea", Label::tax}, {"nip", Label::identity},
    {"nni", Label::identity}, {"npi", Label::identity}, {"nuban", Label::bank_account}, {"numberplate", Label::plate},
    {"pan", Label::card}, {"pasaporte", Label::passport}, {"passaporte", Label::passport}, {"passeport", Label::passport},
    {"passport", Label::passport}, {"phone", Label::phone}, {"placa", Label::plate}, {"plaque", Label::plate},
    {"plate", Label::plate}, {"pnr", Label::pnr}, {"portable", Label::phone}, {"position", Label::place},
    {"posicao", Label::place}, {"registration", Label::plate}, {"reservation", Label::pnr}, {"reserva", Label::pnr},
    {"residence", Label::identity}, {"ria", Label::transfer}, {"rib", Label::bank_account}, {"swift", Label::bic},
    {"tel", Label::phone}, {"telefone", Label::phone}, {"telefono", Label::phone}, {"telemovel", Label::phone},
    {"telephone", Label::phone}, {"ticket", Label::ticket}, {"tin", Label::tax}, {"transaction", Label::transaction},
    {"tx", Label::transaction}, {"txn", Label::transaction}, {"union", Label::transfer}, {"visa", Label::card},
    {"voter", Label::identity}, {"wa", Label::phone}, {"whatsapp", Label::phone}, {"جواز", Label::passport},
    {"لوحة", Label::plate}, {"اللوحة", Label::plate}, {"هاتف", Label::phone}, {"الهاتف", Label::phone}};

constexpr std::string_view kBetween[] = {"a",   "and", "code", "d",   "da",     "de",     "del",    "do",     "du",   "e",
                                         "est", "id",  "is",   "key", "la",     "n",      "nb",     "no",     "nr",   "num",
                                         "number", "numero", "nº", "o", "ref", "reference", "s", "the", "trans", "السفر", "رقم"};

constexpr std::size_t kMostBytes = 64, kMostWord = 24;
constexpr unsigned kMostWords = 4;

// A word in small ASCII letters: accents of Latin-1 are taken off, other scripts stay.
class Folded {
 public:
  explicit Folded(std::string_view word) {
    for (std::size_t i = 0; i < word.size() && size_ < sizeof bytes_; ++i) {
      const auto next = static_cast<unsigned char>(byte_at(word, i + 1));
      if (word[i] == '\xC3' && next >= 0x80) {
        constexpr std::string_view kPlain = "aaaaaaaceeeeiiiidnooooo.ouuuuyts";
        bytes_[size_++] = kPlain[next & 0x1F];
        ++i;
      } else {
        bytes_[size_++] = lower(word[i]);
      }
    }
  }
  std::string_view text() const { return {bytes_, size_}; }

 private:
  char bytes_[kMostWord] = {};
  std::size_t size_ = 0;
};

// For each first byte the lengths that words have: most words are dismissed by one look.
constexpr auto kShapes = [] {
  std::array<std::uint32_t, 256> shapes{};
  for (const auto& word : kWords) shapes[static_cast<unsigned char>(word.word[0])] |= 1u << word.word.size();
  return shapes;
}();

bool is_between_byte(char c) {
  return c == ' ' || c == ':' || c == '#' || c == '=' || c == '.' || c == '-' || c == '"' || c == '\'' || c == '(' || c == '/' || c == '\t' || c == ')' || c == '*';
}

// Over blanks and signs, backwards; "°" and NBSP are two bytes.
std::size_t skip_back(std::string_view text, std::size_t at, std::size_t floor) {
  while (at > floor) {
    if (is_between_byte(text[at - 1])) {
      --at;
    } else if (at >= floor + 2 && text[at - 2] == '\xC2' && (text[at - 1] == '\xB0' || text[at - 1] == '\xBA' || text[at - 1] == '\xA0')) {
      at -= 2;
    } else if (at >= floor + 3 && text.substr(at - 3, 3) == "\xE2\x80\xAF") {
      at -= 3;
    } else {
      break;
    }
  }
  return at;
}

std::size_t word_begin(std::string_view text, std::size_t end, std::size_t floor) {
  std::size_t begin = end;
  while (begin > floor && (is_letter(text[begin - 1]) || is_high(text[begin - 1]))) {
    if (text[begin - 1] == '\xA0' && begin >= 2 && text[begin - 2] == '\xC2') break;
    --begin;
  }
  return begin;
}

// "carte d'identité", "identity card": the card of a bank only where no such word stands before.
Label card_or_document(std::string_view text, std::size_t end, std::size_t floor) {
  for (unsigned words = 0; words < 3; ++words) {
    end = skip_back(text, end, floor);
    const std::size_t begin = word_begin(text, end, floor);
    if (begin == end) break;
    const Folded word(text.substr(begin, end - begin));
    const Label label = label_of(word.text());
    if (label == Label::identity || word.text() == "ghana") return Label::identity;
    if (word.text() == "sim") return Label::iccid;
    end = begin;
  }
  return Label::card;
}

}  // namespace

Label label_of(std::string_view word) {
  if (word.size() < 2 || word.size() > kMostWord) return Label::none;
  const Folded folded(word);
  const auto plain = folded.text();
  if ((kShapes[static_cast<unsigned char>(plain[0])] >> plain.size() & 1) == 0) return Label::none;
  const auto at = std::ranges::find_if(kWords, [&](const Word& known) { return known.word[0] == plain[0] && known.word == plain; });
  return at == std::end(kWords) ? Label::none : at->label;
}

Label label_before(std::string_view text, std::size_t begin) {
  const std::size_t floor = begin > kMostBytes ? begin - kMostBytes : 0;
  std::size_t at = begin;
  const char beside = byte_before(text, begin);  // most numbers stand behind another, or inside a word
  if (is_alnum(beside) || ((beside == ' ' || beside == '\t') && begin >= 2 && is_digit(text[begin - 2]))) return Label::none;
  for (unsigned words = 0; words < kMostWords; ++words) {
    at = skip_back(text, at, floor);
    const std::size_t first = word_begin(text, at, floor);
    if (first == at) return Label::none;
    const auto word = text.substr(first, at - first);
    const Label label = label_of(word);
    if (label == Label::card) return card_or_document(text, first, floor);
    if (label == Label::transfer && equals_folded(word, "union")) {
      return ends_folded(text, skip_back(text, first, floor), "western") ? Label::transfer : Label::none;
    }
    if (label != Label::none) return label;
    const Folded folded(word);
    const auto plain = folded.text();
    const bool filler = std::ranges::any_of(kBetween, [&](std::string_view known) { return known[0] == plain[0] && known == plain; });
    if (!filler) return Label::none;
    at = first;
  }
  return Label::none;
}

}  // namespace evtriage::contacts
