// OpenSSL's EVP interface behind Hasher.  The context objects live as long as the worker: a new context
// for each file would double the cost of a small file.
// Tested by tests/pipeline/engine/digest_test.cpp.
#include "pipeline/engine/digest.h"

#include <openssl/evp.h>

#include <array>
#include <utility>
#include <vector>

namespace evtriage {
namespace {

class Algorithm {
 public:
  bool open(const char* name) {
    method_.reset(EVP_MD_fetch(nullptr, name, nullptr));
    context_.reset(EVP_MD_CTX_new());
    return method_ && context_ && EVP_DigestInit_ex2(context_.get(), method_.get(), nullptr) == 1;
  }
  bool wanted() const { return method_ != nullptr; }
  void start() { good_ = EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1; }
  void update(ByteView bytes) {
    good_ = good_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }
  template <std::size_t N>
  void finish(std::optional<std::array<std::byte, N>>& out) {
    if (!wanted()) return;
    std::array<std::byte, N> value;
    unsigned length = 0;
    good_ = good_ && EVP_MD_get_size(method_.get()) == static_cast<int>(N) &&
            EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(value.data()), &length) == 1;
    if (good_) out = value;
  }

 private:
  struct FreeMethod {
    void operator()(EVP_MD* method) const { EVP_MD_free(method); }
  };
  struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD, FreeMethod> method_;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
  bool good_ = false;
};

constexpr std::uint64_t audit_every = 1000;  // streams
constexpr std::size_t self_test_bytes = 64u << 10;

}  // namespace

struct Hasher::State {
  Algorithm md5, sha1, sha256, sha512;
  std::optional<StitchedStream> stitched;  // md5, sha1 and sha256 together
  std::uint64_t streams = 0;
  bool audited = false, disagreed = false;  // the present stream; the one that ended last

  template <class Each>
  void each(Each&& call) {
    for (Algorithm* algorithm : {&md5, &sha1, &sha256}) {
      if (algorithm->wanted() && (!stitched || audited)) call(*algorithm);
    }
    if (sha512.wanted()) call(sha512);
  }
  Digests reference() {
    Digests out;
    md5.finish(out.md5);
    sha1.finish(out.sha1);
    sha256.finish(out.sha256);
    return out;
  }
  void audit(Digests& out) {
    Digests expected = reference();
    disagreed = out.md5 != expected.md5 || out.sha1 != expected.sha1 || out.sha256 != expected.sha256;
    if (disagreed) stitched.reset();
    out = std::move(expected);
  }
};

Hasher::Hasher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hasher::~Hasher() = default;

Result<std::unique_ptr<Hasher>> Hasher::make(const HashSelection& selection, StitchedKernel kernel) {
  auto state = std::make_unique<State>();
  const auto open = [](bool wanted, Algorithm& algorithm, const char* name) {
    return !wanted || algorithm.open(name);
  };
  if (!open(selection.md5, state->md5, "MD5") || !open(selection.sha1, state->sha1, "SHA1") ||
      !open(true, state->sha256, "SHA256") || !open(selection.sha512, state->sha512, "SHA512")) {
    return Error{Code::unsupported, "the cryptographic library does not offer a digest that was asked for"};
  }
  if (kernel != nullptr && selection.md5 && selection.sha1) state->stitched.emplace(kernel);
  std::unique_ptr<Hasher> hasher(new Hasher(std::move(state)));
  hasher->self_test();
  return hasher;
}

// The first stream of every thousand is audited, so that one stream does it.
void Hasher::self_test() {
  std::vector<std::byte> bytes(self_test_bytes + 1);
  for (std::uint32_t i = 0, x = 1; i < bytes.size(); ++i, x = x * 1664525 + 1013904223) {
    bytes[i] = static_cast<std::byte>(x >> 24);
  }
  start();
  update(bytes);
  finish();
  state_->disagreed = false;
}

void Hasher::start() {
  state_->audited = state_->stitched && state_->streams++ % audit_every == 0;
  if (state_->stitched) state_->stitched->start();
  state_->each([](Algorithm& algorithm) { algorithm.start(); });
}

void Hasher::update(ByteView bytes) {
  if (state_->stitched) state_->stitched->update(bytes);
  state_->each([&](Algorithm& algorithm) { algorithm.update(bytes); });
}

Digests Hasher::finish() {
  Digests digests;
  if (state_->stitched) {
    state_->stitched->finish(digests);
    if (state_->audited) state_->audit(digests);
  } else {
    digests = state_->reference();
  }
  state_->sha512.finish(digests.sha512);
  return digests;
}

bool Hasher::interleaved() const { return state_->stitched.has_value(); }

bool Hasher::take_disagreement() { return std::exchange(state_->disagreed, false); }

std::string hex_text(ByteView bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    out += digits[std::to_integer<unsigned>(byte) >> 4];
    out += digits[std::to_integer<unsigned>(byte) & 15];
  }
  return out;
}

}  // namespace evtriage
