// ContentInfo ::= SEQUENCE { OID, [0] content }; SignedData ::= SEQUENCE { version, SET, SEQUENCE { OID, [0] OCTET STRING } ... }
// The octets may come in pieces, in a constructed string of indefinite length: openssl writes it so.
// Tested by tests/extractors/cms_test.cpp.
#include "extractors/cms.h"

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr unsigned sequence = 0x30, set = 0x31, object = 0x06, octets = 0x04, octets_in_pieces = 0x24, tagged_0 = 0xa0;
constexpr unsigned most_levels = 16;  // of pieces in pieces

struct Head {  // tag and length in front of a value
  unsigned tag = 0;
  std::uint64_t length = 0;
  bool indefinite = false;
};

class Ber {
 public:
  explicit Ber(std::string_view bytes) : reader_(bytes) {}
  bool ok() const { return reader_.ok(); }
  std::size_t left() const { return reader_.left(); }
  Head head() {
    Head out;
    out.tag = reader_.u8();
    const unsigned first = reader_.u8();
    out.indefinite = first == 0x80;
    out.length = first;
    if (first > 0x80) {
      out.length = 0;
      if (first > 0x84) reader_.skip(reader_.left() + std::uint64_t{1});
      for (unsigned i = 0; i < (first & 0x7f) && reader_.ok(); ++i) out.length = out.length << 8 | reader_.u8();
    }
    return out;
  }
  bool enter(unsigned tag) { return head().tag == tag && ok(); }
  std::string_view value(const Head& head) { return reader_.chars(head.length); }
  std::string_view rest() { return reader_.chars(reader_.left()); }
  void skip(const Head& head) {
    if (!head.indefinite) return reader_.skip(head.length);
    for (unsigned open = 1; open > 0 && ok();) {
      const Head inner = this->head();
      if (inner.tag == 0 && inner.length == 0) --open;
      else if (inner.indefinite) ++open;
      else reader_.skip(inner.length);
    }
  }

 private:
  ByteReader reader_;
};

CmsKind kind_of(std::string_view oid) {
  constexpr std::string_view pkcs7 = "\x2a\x86\x48\x86\xf7\x0d\x01\x07", smime_ct = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01";
  if (oid.starts_with(pkcs7) && oid.size() == pkcs7.size() + 1) {
    return oid.back() == 2 ? CmsKind::signed_data : oid.back() == 3 || oid.back() == 6 ? CmsKind::enveloped : CmsKind::other;
  }
  if (oid.starts_with(smime_ct) && oid.size() == smime_ct.size() + 1 && oid.back() == 23) return CmsKind::enveloped;
  return CmsKind::other;
}

// The octets of a string in pieces; its head is read already.
void pieces(Ber& ber, const Head& outer, CmsContent& out) {
  unsigned levels = 1;
  const std::size_t begin = ber.left();
  while (ber.ok() && levels > 0 && ber.left() > 0) {
    if (!outer.indefinite && begin - ber.left() >= outer.length) return;
    const Head head = ber.head();
    if (head.tag == 0 && head.length == 0) {
      --levels;
    } else if (head.tag == octets && !head.indefinite) {
      if (head.length > ber.left()) {
        out.bytes += ber.rest();
        break;
      }
      out.bytes += ber.value(head);
    } else if (head.tag == octets_in_pieces && head.indefinite && levels < most_levels) {
      ++levels;
    } else {
      break;
    }
  }
  out.whole = levels == 0;
}

}  // namespace

CmsContent cms_content(std::string_view bytes) {
  CmsContent out;
  Ber ber(bytes);
  if (!ber.enter(sequence)) return out;
  const Head type = ber.head();
  if (type.tag != object) return out;
  const std::string_view oid = ber.value(type);
  if (!ber.ok()) return out;
  out.kind = kind_of(oid);
  if (out.kind != CmsKind::signed_data) return out;
  out.whole = false;
  if (!ber.enter(tagged_0) || !ber.enter(sequence)) return out;
  ber.skip(ber.head());  // version
  const Head algorithms = ber.head();
  if (algorithms.tag != set) return out;
  ber.skip(algorithms);
  const Head enclosed = ber.head();
  const std::size_t begin = ber.left();
  if (enclosed.tag != sequence || !ber.ok()) return out;
  ber.skip(ber.head());  // the type of what was signed
  out.whole = ber.ok();
  if (!enclosed.indefinite && begin - ber.left() >= enclosed.length) return out;  // detached
  const Head wrapper = ber.head();
  out.whole = ber.ok() && (wrapper.tag == 0 || wrapper.tag == tagged_0);
  if (!out.whole || wrapper.tag == 0) return out;  // 0: the end of an indefinite length, detached
  const Head string = ber.head();
  if (string.tag == octets && !string.indefinite) {
    out.whole = ber.ok() && string.length <= ber.left();
    out.bytes = out.whole ? ber.value(string) : ber.rest();
  } else if (string.tag == octets_in_pieces) {
    pieces(ber, string, out);
  } else {
    out.whole = false;
  }
  return out;
}

}  // namespace evtriage
