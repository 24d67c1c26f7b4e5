// Forty messages in one mailbox, as python3's mailbox and email packages read them (data/README.md): every message,
// every part, its type, its file name, its bytes, the people, the subject, the date.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "extractors/builtin.h"
#include "extractors/mail_header.h"
#include "extractors/mail_parts.h"
#include "extractors/mail_people.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string sample(const std::string& name) {
  std::ifstream stream(EVTRIAGE_SOURCE_DIR "/tests/extractors/data/" + name, std::ios::binary);
  EXPECT_TRUE(stream.is_open());
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string hexadecimal(std::string_view bytes) {
  std::ostringstream out;
  for (const char c : bytes) out << "0123456789abcdef"[static_cast<unsigned char>(c) >> 4] << "0123456789abcdef"[c & 15];
  return out.str();
}

std::string lines_of(const std::string& message, std::size_t number) {
  const MimeStructure structure = take_apart(message, {0, message.size()});
  const MimePart& top = structure.parts[0];
  std::ostringstream out;
  std::vector<std::string> people = addresses_of(top.value_of("from"));
  for (std::string& address : addresses_of(top.value_of("to"))) people.push_back(std::move(address));
  out << "message\t" << number << '\t' << header_text(top.value_of("subject"), 0, "").text << '\t';
  for (std::size_t i = 0; i < people.size(); ++i) out << (i > 0 ? " " : "") << people[i];
  out << '\t' << *date_of(top.value_of("date")) / 1'000'000'000 << '\n';
  for (const MimePart& part : structure.parts) {
    if (part.kind != MimePart::Kind::leaf) continue;
    const MailLeaf leaf = leaf_of(part);
    std::string body = message.substr(leaf.range.begin, leaf.range.size());
    const bool top_leaf = part.parent == MimePart::no_parent;  // the empty line before the next separator is the mailbox's
    if (top_leaf && body.ends_with('\n')) body.pop_back();
    const std::string bytes = leaf.media_type == "message/rfc822" ? "" : decode_transfer(body, leaf.transfer, 0).bytes;
    out << "part\t" << leaf.media_type << '\t' << leaf.name << '\t' << hexadecimal(bytes) << '\n';
  }
  return out.str();
}

TEST(MailOracle, FortyMessagesReadAsPythonReadsThem) {
  const std::string mailbox = sample("many.mbox");
  FakeEmit emit(mailbox.size());
  make_mbox_extractor()->extract(Resident(Blob::own(mailbox)), {"application/mbox", "", "many.mbox"}, emit);
  ASSERT_EQ(emit.children.size(), 40u);
  std::string found;
  for (std::size_t i = 0; i < emit.children.size(); ++i) found += lines_of(emit.children[i].second, i);
  EXPECT_EQ(found, sample("many.expected"));
}

}  // namespace
}  // namespace evtriage
