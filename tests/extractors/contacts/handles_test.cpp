// Accounts from links and labelled mentions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Handles, FromLinks) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://www.facebook.com/Ann.Diallo.77", "facebook:ann.diallo.77"}, {"https://m.facebook.com/profile.php?id=100012345678901", "facebook:100012345678901"},
      {"facebook.com/groups/sahel.voyage", "facebook:groups/sahel.voyage"}, {"https://instagram.com/ann_d/", "instagram:ann_d"},
      {"https://www.tiktok.com/@ann.d?lang=fr", "tiktok:ann.d"}, {"https://x.com/ann_d/status/123", "x:ann_d"}, {"https://twitter.com/Ann_D", "x:ann_d"},
      {"t.me/ann_diallo", "telegram:ann_diallo"}, {"https://t.me/s/ann_diallo", "telegram:ann_diallo"}, {"https://t.me/joinchat/AAAAAEkk2WdoDrB4-Q8-gg", "telegram:+AAAAAEkk2WdoDrB4-Q8-gg"},
      {"https://t.me/+AbCdEfGhIjK1", "telegram:+AbCdEfGhIjK1"}, {"tg://resolve?domain=ann_diallo", "telegram:ann_diallo"},
      {"https://www.snapchat.com/add/ann-d", "snapchat:ann-d"}, {"https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv", "whatsapp:AbCdEfGhIjKlMnOpQrStUv"},
      {"https://whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOp", "whatsapp:0029VaAbCdEfGhIjKlMnOp"}, {"https://m.me/ann.diallo", "facebook:ann.diallo"}};
  for (const auto& [text, value] : cases) EXPECT_THAT(values("handle", text), ElementsAre(value)) << text;
}

TEST(Handles, PagesAreNoPeople) {
  for (const auto* text : {"https://www.facebook.com/sharer/sharer.php?u=x", "https://www.facebook.com/login", "https://instagram.com/p/Abc123/", "https://x.com/home",
                           "https://t.me/1abc", "https://t.me/+22670123456", "https://wa.me/message/ABCDEF", "https://signal.me/about", "https://www.tiktok.com/about",
                           "https://twitter.com/intent/tweet?text=a", "https://example.com/ann", "https://facebook.com.example.org/ann.diallo"}) {
    EXPECT_THAT(values("handle", text), IsEmpty()) << text;
  }
}

TEST(Handles, LabelledMentions) {
  EXPECT_THAT(values("handle", "insta: @ann_d"), ElementsAre("instagram:ann_d"));
  EXPECT_THAT(values("handle", "IG @Ann.D, TikTok @ann77"), ElementsAre("instagram:ann.d", "tiktok:ann77"));
  EXPECT_THAT(values("handle", "Snap: ann_d77"), ElementsAre("snapchat:ann_d77"));
  EXPECT_THAT(values("handle", "Skype: live:ann.diallo"), ElementsAre("skype:live:ann.diallo"));
  for (const auto* text : {"@ann_d", "telegram: bonjour", "Signal: fin", "bonjour @ann", "insta: ann@example.com", "imo: 9319466"}) EXPECT_THAT(values("handle", text), IsEmpty()) << text;
}

}  // namespace
}  // namespace evtriage::contacts
