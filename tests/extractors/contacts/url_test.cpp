// URLs: where they end, what of them is kept, and what they carry.
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

TEST(Url, EndsWhereThePersonEndedIt) {
  const Case cases[] = {
      {"http://example.com", "http://example.com"},
      {"Voir http://example.com.", "http://example.com"},
      {"HTTPS://Www.Example.COM/A?b=C#d", "https://www.example.com/A?b=C#d"},
      {"(http://example.com/a_(b))", "http://example.com/a_(b)"},
      {"[x](http://example.com/a)", "http://example.com/a"},
      {"http://example.com/a,b!c*d", "http://example.com/a,b!c*d"},
      {"«http://example.com/a»", "http://example.com/a"},
      {"http://example.com/a، ثم", "http://example.com/a"},
      {"<a href=\"http://example.com/a?x=1&amp;y=2\">", "http://example.com/a?x=1&amp;y=2"},
      {"&lt;http://example.com/a&gt;", "http://example.com/a"},
      {"http://example.com/é/ملف", "http://example.com/é/ملف"},
      {"http://bücher.example/x", "http://bücher.example/x"},
      {"http://example.com:8080/x;", "http://example.com:8080/x"},
      {"http://ann:pw@example.com/x", "http://ann:pw@example.com/x"},
      {"http://192.0.2.7/x", "http://192.0.2.7/x"},
      {"http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x"},
      {"ftp://example.com/pub", "ftp://example.com/pub"},
      {"\"https:\\/\\/example.com\\/a\"", "https://example.com/a"},
      {"www.example.com", "www.example.com"},
      {"wa.me/2290195123456", "wa.me/2290195123456"},
      {"t.me/joinchat/AAAAAEkk2WdoDrB4-Q8-gg", "t.me/joinchat/AAAAAEkk2WdoDrB4-Q8-gg"},
      {"tg://resolve?domain=nobody", "tg://resolve?domain=nobody"},
      {"whatsapp://send?text=x", "whatsapp://send?text=x"},
      {"seehttps://example.com/a", "https://example.com/a"},
      {"'http://example.com/a'", "http://example.com/a"},
      {"**http://example.com/a**", "http://example.com/a"},
      {"http://example.com/?u=http://other.example/", "http://example.com/?u=http://other.example/"},
      {"http://server/x", "http://server/x"},
  };
  for (const auto& c : cases) EXPECT_THAT(values("url", c.text), ElementsAre(c.value)) << c.text;
}

TEST(Url, OfFourThousandCharactersIsKeptWhole) {
  const std::string url = "http://example.com/?q=" + std::string(4000, 'x');
  EXPECT_THAT(values("url", url), ElementsAre(url));
}

TEST(Url, ListsWithoutBlanks) {
  EXPECT_THAT(values("url", "http://a.example/x,http://b.example/y"), ElementsAre("http://a.example/x", "http://b.example/y"));
}

TEST(Url, FalseFriendsAreRefused) {
  for (const auto* text : {"http://", "std::string", "c:\\\\dir", "sftp://example.com", "://x", "readme.me/", "foo/wa.me/1", "http:// example"}) {
    EXPECT_THAT(values("url", text), IsEmpty()) << text;
  }
}

TEST(Url, CarriesItsHostAndItsNumber) {
  EXPECT_THAT(values("domain", "https://Sub.Example.com/x"), ElementsAre("sub.example.com"));
  EXPECT_THAT(values("phone", "https://api.whatsapp.com/send?phone=22670123456&text=x"), ElementsAre("+22670123456"));
  EXPECT_THAT(values("phone", "https://signal.me/#p/+221771234567"), ElementsAre("+221771234567"));
  EXPECT_THAT(values("phone", "viber://chat?number=%2B22670123456"), ElementsAre("+22670123456"));
  EXPECT_THAT(values("phone", "wa.me/message/ABCDEF t.me/1abc signal.me/about t.me/22670123456"), IsEmpty());
}

}  // namespace
}  // namespace evtriage::contacts
