// Telephone numbers: present and former plans, every way of writing them, and what only looks alike.
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

const Case kWritings[] = {
    {"+22670123456", "+22670123456"},
    {"+226 70 12 34 56", "+22670123456"},
    {"+226-70-12-34-56", "+22670123456"},
    {"+226.70.12.34.56", "+22670123456"},
    {"+226/70/12/34/56", "+22670123456"},
    {"+226\u00A070\u00A012\u00A034\u00A056", "+22670123456"},
    {"+226\u202F70\u202F12\u202F34\u202F56", "+22670123456"},
    {"(+226) 70 12 34 56", "+22670123456"},
    {"\"+22670123456\"", "+22670123456"},
    {"<phone>+22670123456</phone>", "+22670123456"},
    {",\"+22670123456\"", "+22670123456"},
    {"Tel:+22670123456", "+22670123456"},
    {"tel:+226-70-12-34-56", "+22670123456"},
    {"0022670123456", "+22670123456"},
    {"00226 70 12 34 56", "+22670123456"},
    {"00 226 70 12 34 56", "+22670123456"},
    {"+٢٢٦ ٧٠ ١٢ ٣٤ ٥٦", "+22670123456"},
    {"٠٠٢١٨٩١٢٣٤٥٦٧٨", "+218912345678"},
    {"+۲۲۶۷۰۱۲۳۴۵۶", "+22670123456"},
    {"\u202A+226 70 12 34 56\u202C: salut", "+22670123456"},
    {"22670123456@s.whatsapp.net", "+22670123456"},
    {"https://wa.me/22670123456", "+22670123456"},
    {"+33 (0)6 12 34 56 78", "+33612345678"},
    {"+44 (0)20 7946 0018", "+442079460018"},
    {"+1 (202) 555-0143", "+12025550143"},
    {"+234 0803 123 4567", "+2348031234567"},
    {"+220 301 2345", "+2203012345"},
    {"+238 991 12 34", "+2389911234"},
    {"+226 70123456.", "+22670123456"},
    {"+226 70123456 70123457", "+22670123456"},
    {"70123456 0022670123457", "+22670123457"},
    {"+226 701234\n56", "+22670123456"},
    {"+226 70 12\r\n34 56", "+22670123456"},
    {"+226  70 12 34 56", "+22670123456"},
    {"+22670123456\n70123457", "+22670123456"},
    {"01122670123456", "+22670123456"},
    {"011 220 301 2345", "+2203012345"},
    {"appelle-moi (2290197000000)", "+2290197000000"},
    {"WhatsApp: 22670123456", "+22670123456"},
    {"à +22670123456et +", nullptr},
};

TEST(Phone, IsFoundInEveryWriting) {
  for (const auto& c : kWritings) {
    if (c.value == nullptr) {
      EXPECT_THAT(values("phone", c.text), IsEmpty()) << c.text;
    } else {
      EXPECT_THAT(values("phone", c.text), ElementsAre(c.value)) << c.text;
    }
  }
}

TEST(Phone, PresentPlansThatThePackagedDataLacks) {
  for (const auto* number : {"+2290195123456", "+2342012345678", "+221711234567", "+22776123456", "+22644123456", "+22650123456",
                             "+22352123456", "+22871234567", "+23585123456", "+2204012345", "+231761123456", "+23270123456",
                             "+233531234567", "+2250748123456", "+237640123456", "+213681234567", "+971531234567", "+2347110123456"}) {
    const auto found = search_text(number);
    ASSERT_EQ(found.size(), 1u) << number;
    EXPECT_EQ(found[0].value, number);
    EXPECT_EQ(found[0].confidence, Confidence::certain) << number;
  }
}

TEST(Phone, FormerPlansAreNotCertain) {
  for (const auto* number : {"+22995123456", "+23412345678", "+22507123456"}) {
    const auto found = search_text(number);
    ASSERT_EQ(found.size(), 1u) << number;
    EXPECT_EQ(found[0].confidence, Confidence::likely);
  }
}

TEST(Phone, FormerNumbersAreGivenInTheirPresentForm) {
  const Case cases[] = {{"+22995123456", "+2290195123456"}, {"+22507123456", "+2250707123456"}, {"+225 45 12 34 56", "+2250545123456"},
                        {"+225 02 12 34 56", "+2250102123456"}, {"+23412345678", "+2342012345678"}, {"+24106157662", "+24166157662"}, {"+2414157662", "+24174157662"}};
  for (const auto& c : cases) EXPECT_THAT(values("phone", c.text), ElementsAre(c.value)) << c.text;
}

TEST(Phone, NamesTheCountry) {
  EXPECT_EQ(search_text("+229 01 97 00 00 00")[0].country, "BJ");
  EXPECT_EQ(search_text("+33 6 12 34 56 78")[0].country, "FR");
}

TEST(Phone, FalseFriendsAreRefused) {
  for (const auto* text : {"FCFA 70123456", "70 12 34 56", "2024-01-02 10:20:30", "2024-01-02T00:00:00+01:00", "ISBN 978-3-16-148410-0",
                           "490154203237518", "4539 8824 6093 9666", "a+22670123456", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                           "+226 7012345", "+226 701234567", "1.00226701234", "0000123456789", "+16.9700, -7.9900", "+40.20361-075.00417",
                           "12:00 22 670 123", "1+22670123456", "@@ -1,5 +12345678 @@", "123 456 7890", "00000000 00000000",
                           "+22670123456@example.com", "192.168.100.200", "22670123456", "011 12 13 14 15", "0111213141516", "7.00.226.70123456"}) {
    EXPECT_THAT(values("phone", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
