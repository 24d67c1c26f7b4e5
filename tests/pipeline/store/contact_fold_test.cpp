// Parties of messages are found among the contacts; lists of many contacts are not linked.
#include "pipeline/store/contact_fold.h"

#include "tests/pipeline/store/small_case.h"

namespace evtriage {
namespace {

std::vector<StagedMention> staged(const std::vector<std::uint32_t>& contacts) {
  std::vector<StagedMention> out;
  for (const auto contact : contacts) out.emplace_back().contact = contact;
  return out;
}

TEST(ContactFold, PartiesAndLargeLists) {
  const test::Folder folder;
  auto results = ResultsFile::create(folder / "r");
  ASSERT_TRUE(results);
  ContactFold fold;
  std::vector<Mention> few = {test::small_mention("email", "ana@example.org", 1),
                              test::small_mention("handle", "chat:bo", 2)};
  few[0].countries = {"SN", "FR"};
  std::vector<Mention> many;
  for (int i = 0; i < 31; ++i) many.push_back(test::small_mention("phone", "+155501" + std::to_string(10 + i), 1));
  std::vector<std::uint32_t> few_contacts, many_contacts;
  fold.add(1, few, few_contacts);
  fold.add(2, many, many_contacts);
  ASSERT_TRUE(fold.write_contacts(results->table("contacts")));
  EXPECT_EQ(fold.id("email", "ana@example.org"), 1u);
  EXPECT_EQ(fold.id(few_contacts[0]), 1u);
  EXPECT_EQ(fold.id_of_party("mail", "Ana <ANA@example.org>"), 1u);
  EXPECT_EQ(fold.id_of_party("chat", "bo"), 2u);
  EXPECT_EQ(fold.id_of_party("chat", "nobody"), 0u);
  fold.link(staged(few_contacts));
  fold.link(staged(many_contacts));
  ASSERT_TRUE(fold.write_links(results->table("links")));
  EXPECT_EQ(results->table("links").root().rows, 1u);
}

}  // namespace
}  // namespace evtriage
