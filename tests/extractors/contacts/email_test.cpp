// E-mail addresses: forms that a well-known scanner misses, what is glued to them, and what only looks alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  const char* text;
  const char* value;
};

TEST(Email, IsFoundInEveryCommonForm) {
  const Case cases[] = {
      {"amadou@example.com", "amadou@example.com"},
      {"Ecrire a amadou@example.com.", "amadou@example.com"},
      {"<amadou@example.com>", "amadou@example.com"},
      {"(amadou@example.com)", "amadou@example.com"},
      {"\"amadou@example.com\",", "amadou@example.com"},
      {"'amadou@example.com'", "amadou@example.com"},
      {"mailto:amadou@example.com?subject=x", "amadou@example.com"},
      {"a@example.com", "a@example.com"},
      {"ab@x.example", "ab@x.example"},
      {"a@t.co", "a@t.co"},
      {"A.Sow@EXAMPLE.Com", "A.Sow@example.com"},
      {"sow_@example.com", "sow_@example.com"},
      {"_sow@example.com_", "sow@example.com"},
      {"o'diallo@example.com", "o'diallo@example.com"},
      {"é.diallo@example.com", "é.diallo@example.com"},
      {"ann+tag@mail.sub.example.co.uk", "ann+tag@mail.sub.example.co.uk"},
      {"info@ong.africa", "info@ong.africa"},
      {"ann@bücher.example", "ann@bücher.example"},
      {"مراسلة@مثال.السعودية", "مراسلة@مثال.السعودية"},
      {"العنوانann@example.com،", "ann@example.com"},
      {"«ann@example.com»", "ann@example.com"},
      {"=3Dklaus@example.com", "klaus@example.com"},
      {"%3Cklaus@example.com%3E", "klaus@example.com"},
      {"j=2Edoe@example=2Ecom", "j.doe@example.com"},
      {"{\"t\":\"\\nann@example.com\\n\"}", "ann@example.com"},
      {"\\u003cann@example.com\\u003e", "ann@example.com"},
      {"user=ann%40example.com&x=1", "ann@example.com"},
      {"ann=40example.com", "ann@example.com"},
      {"ann&#64;example.com", "ann@example.com"},
      {"ann [at] example.com", "ann@example.com"},
      {"ann(arroba)example.com", "ann@example.com"},
      {"ann(at)example.com", "ann@example.com"},
      {"Ann <ann at example.com>", "ann@example.com"},
      {"ann@example.com.Merci", "ann@example.com"},
      {"ann@example.com:secret99", "ann@example.com"},
      {"1@example.com", "1@example.com"},
  };
  for (const auto& c : cases) EXPECT_THAT(values("email", c.text), ElementsAre(c.value)) << c.text;
}

TEST(Email, SeveralInOneLine) {
  EXPECT_THAT(values("email", "a@example.com;b@example.com,c@example.com d@example.com"),
              ElementsAre("a@example.com", "b@example.com", "c@example.com", "d@example.com"));
}

TEST(Email, FalseFriendsAreRefused) {
  for (const auto* text : {"icon12@2x.png", "photo@2x.mov", "foo@bar.baz.min.js", "lodash@4.17.21", "getty1@tty1.service", "foo@bar.c",
                           "git@github.com:a/b.git", "@ann", "ann@", "a@b", "..@example.com", "ann@@example.com", "@Override.foo",
                           "Message-ID: <20200101.1234@mail.example.com>", "cid:part1.ABC@example.com", "123-456@g.us", "look at example.com"}) {
    EXPECT_THAT(values("email", text), IsEmpty()) << text;
  }
  EXPECT_THAT(values("email", std::string(80, 'a') + "@example.com"), IsEmpty());
}

TEST(Email, InsideAUrlIsPartOfIt) { EXPECT_THAT(values("email", "ftp://ann@example.com/x"), IsEmpty()); }

TEST(Email, NeedsNoHostBesideIt) { EXPECT_THAT(values("domain", "ann@example.com"), IsEmpty()); }

}  // namespace
}  // namespace evtriage::contacts
