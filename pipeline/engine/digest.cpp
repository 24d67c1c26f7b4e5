// OpenSSL's EVP interface behind Hasher.  The context objects live as long as the worker: a new context
// for each file would double the cost of a small file.
// Tested by tests/pipeline/engine/digest_test.cpp.
#include "pipeline/engine/digest.h"

#include <openssl/evp.h>

#include <array>

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

}  // namespace

struct Hasher::State {
  Algorithm md5, sha1, sha256, sha512;
  template <class Each>
  void each(Each&& call) {
    for (Algorithm* algorithm : {&md5, &sha1, &sha256, &sha512}) {
      if (algorithm->wanted()) call(*algorithm);
    }
  }
};

Hasher::Hasher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hasher::~Hasher() = default;

Result<std::unique_ptr<Hasher>> Hasher::make(const HashSelection& selection) {
  auto state = std::make_unique<State>();
  const auto open = [](bool wanted, Algorithm& algorithm, const char* name) {
    return !wanted || algorithm.open(name);
  };
  if (!open(selection.md5, state->md5, "MD5") || !open(selection.sha1, state->sha1, "SHA1") ||
      !open(true, state->sha256, "SHA256") || !open(selection.sha512, state->sha512, "SHA512")) {
    return Error{Code::unsupported, "the cryptographic library does not offer a digest that was asked for"};
  }
  return std::unique_ptr<Hasher>(new Hasher(std::move(state)));
}

void Hasher::start() {
  state_->each([](Algorithm& algorithm) { algorithm.start(); });
}

void Hasher::update(ByteView bytes) {
  state_->each([&](Algorithm& algorithm) { algorithm.update(bytes); });
}

Digests Hasher::finish() {
  Digests digests;
  state_->md5.finish(digests.md5);
  state_->sha1.finish(digests.sha1);
  state_->sha256.finish(digests.sha256);
  state_->sha512.finish(digests.sha512);
  return digests;
}

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
