// Numbers of documents beside their label; the same numbers without it are nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extractors/contacts/labels.h"
#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Labels, AcrossSignsAndFillers) {
  for (const auto* text : {"Passport No. ", "passport: ", "n° de passeport : ", "Passeport N°", "PASSAPORTE no ", "pasaporte número: ", "جواز السفر رقم ", "\"passport\": \""}) {
    EXPECT_EQ(label_before(text, std::string_view(text).size()), Label::passport) << text;
  }
  EXPECT_EQ(label_before("carte d'identité n° ", 22), Label::identity);
  EXPECT_EQ(label_before("identity card ", 14), Label::identity);
  EXPECT_EQ(label_before("carte bancaire ", 15), Label::none);
  EXPECT_EQ(label_before("carte ", 6), Label::card);
  EXPECT_EQ(label_before("Western Union ", 14), Label::transfer);
  EXPECT_EQ(label_before("European Union ", 15), Label::none);
  EXPECT_EQ(label_before("passport 12, ", 13), Label::none);
  EXPECT_EQ(label_before("", 0), Label::none);
}

TEST(Documents, BehindALabel) {
  EXPECT_THAT(values("document-number", "Passport No. A01234567 issued"), ElementsAre("A01234567"));
  EXPECT_THAT(values("document-number", "passeport n° 12AB34567"), ElementsAre("12AB34567"));
  EXPECT_THAT(values("document-number", "NIN: 12345678901, BVN 22345678901"), ElementsAre("12345678901", "22345678901"));
  EXPECT_THAT(values("document-number", "Emirates ID 784-1990-1234567-1"), ElementsAre("784199012345671"));
  EXPECT_THAT(values("document-number", "CNI n° B12345678"), ElementsAre("B12345678"));
  const auto spanish = search_text("NIE: X2482300W");
  ASSERT_EQ(spanish.size(), 1u);
  EXPECT_EQ(spanish[0].confidence, Confidence::certain);
}

TEST(Documents, GhanaCardHasAShape) {
  EXPECT_THAT(values("document-number", "my card is GHA-123456789-1."), ElementsAre("GHA1234567891"));
  EXPECT_THAT(values("document-number", "GHA-12345678-1"), IsEmpty());
}

TEST(Documents, WithoutALabelNothing) {
  for (const auto* text : {"A01234567", "order 12345678901", "ref. AB1234567", "NIN: soon", "passport 2024", "passport photo 35x45"}) {
    EXPECT_THAT(values("document-number", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
