// Sentences written for this test in each language; a language is known to their writer, not to the code.
#include "pipeline/core/language.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

struct Case {
  std::string_view language, text;
};

class Language : public testing::TestWithParam<Case> {};

TEST_P(Language, IsKnown) { EXPECT_EQ(detect_language(GetParam().text), GetParam().language); }

INSTANTIATE_TEST_SUITE_P(
    Sentences, Language,
    testing::Values(
        Case{"en", "The boat leaves at nine and you will wait for us in the harbour."},
        Case{"en", "I DON'T HAVE YOUR PASSPORT, IT IS WITH THE DRIVER"},
        Case{"fr", "Les papiers sont chez moi, tu ne dois pas les montrer à la police."},
        Case{"fr", "L’argent est arrivé ce matin et nous partons avec le camion."},
        Case{"fr", "ÉTÉ COMME HIVER, LE BUREAU EST OUVERT POUR VOUS"},
        Case{"pt", "O dinheiro não chegou e você precisa falar com a senhora para pagar o bilhete."},
        Case{"pt", "Eu não sei quando ele vai chegar, mas os documentos estão com a minha irmã."},
        Case{"es", "El dinero no llegó y los papeles están con la señora que vive en el pueblo."},
        Case{"de", "Das Geld ist nicht angekommen und ich habe die Papiere auf dem Tisch."},
        Case{"it", "Il denaro non è arrivato e i documenti sono con la signora che abita in centro."},
        Case{"ha", "Wannan mutumin ya zo daga Kano kuma yana cikin gari amma ba shi da kudi."},
        Case{"ar", "وصلت الأوراق إلى المكتب صباح اليوم وسنرسلها غدا"},
        Case{"", "این نامه برای شما از تهران فرستاده شده است و باید پاسخ گفته شود"},
        Case{"", "Деньги пришли вчера вечером и мы уезжаем утром"},
        Case{"", "你好，钱昨天已经到了"},
        Case{"", ""}, Case{"", "ok"}, Case{"", "12 34 56 78 90"},
        Case{"", "Amina Boris Chen Dalia Emeka Farid Gloria Hassan Ines Jonas the"},
        Case{"", "int main(void) { return x[3] ^ y; } struct node *next;"}));

TEST(LanguageTest, LooksAtTwoKibibytesOnly) {
  const std::string digits(2048, '7');
  EXPECT_EQ(detect_language(digits + " the boat is in the harbour and you will wait for it"), "");
}

TEST(LanguageTest, AnyBytesAreHarmless) {
  std::string bytes;
  unsigned state = 12345;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) detect_language(std::string_view(bytes).substr(cut));
  EXPECT_EQ(detect_language(bytes), "");
}

}  // namespace
}  // namespace evtriage
