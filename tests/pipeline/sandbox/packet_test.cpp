// Sockets, descriptors and sealed memory, between two ends in one process.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pipeline/sandbox/memory_file.h"
#include "pipeline/sandbox/packet.h"

namespace evtriage::sandbox {
namespace {

struct Ends {
  Ends() {
    int pair[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    a = Descriptor(pair[0]);
    b = Descriptor(pair[1]);
  }
  Descriptor a, b;
};

TEST(Packet, MessagesAndSilence) {
  Ends ends;
  const Message message{Kind::want, 1, 2, 3, 4};
  EXPECT_EQ(receive_message(ends.b.get(), true).reception, Reception::timeout);
  ASSERT_TRUE(set_timeout(ends.b.get(), 10));
  EXPECT_EQ(receive_message(ends.b.get()).reception, Reception::timeout);
  ASSERT_TRUE(send_message(ends.a.get(), message));
  const Received received = receive_message(ends.b.get());
  ASSERT_EQ(received.reception, Reception::message);
  EXPECT_EQ(received.message, message);
  EXPECT_EQ(::send(ends.a.get(), "short", 5, 0), 5);
  EXPECT_EQ(receive_message(ends.b.get()).reception, Reception::malformed);
  ends.a.reset();
  EXPECT_EQ(receive_message(ends.b.get()).reception, Reception::closed);
  EXPECT_FALSE(send_message(ends.b.get(), message));  // and no SIGPIPE
}

TEST(Packet, TextAndDescriptors) {
  Ends ends;
  const Descriptor file = memory_file_of("evidence of nothing");
  ASSERT_TRUE(send_packet(ends.a.get(), {Kind::setup, 5, 6, 7, 8}, "a text", {file.get(), file.get()}));
  const auto packet = receive_packet(ends.b.get());
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->message, (Message{Kind::setup, 5, 6, 7, 8}));
  EXPECT_EQ(packet->text, "a text");
  ASSERT_EQ(packet->descriptors.size(), 2u);
  const Mapping bytes(packet->descriptors[1].get(), 19, PROT_READ);
  EXPECT_EQ(std::string_view(bytes.data(), bytes.size()), "evidence of nothing");
  EXPECT_EQ(::fcntl(packet->descriptors[0].get(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::send(ends.a.get(), "short", 5, 0), 5);
  EXPECT_FALSE(receive_packet(ends.b.get()));
}

TEST(Packet, DescriptorsForAPlainReaderAreDropped) {
  Ends ends;
  const Descriptor file = memory_file_of("x");
  const int before = ::dup(0);
  ::close(before);
  ASSERT_TRUE(send_packet(ends.a.get(), {Kind::done, 0, 0, 0, 0}, {}, {file.get()}));
  EXPECT_EQ(receive_message(ends.b.get()).reception, Reception::message);
  const int after = ::dup(0);
  EXPECT_EQ(before, after);
  ::close(after);
}

TEST(Packet, TheKernelNamesTheSender) {
  Ends ends;
  ASSERT_TRUE(set_credentials(ends.b.get(), true));
  ASSERT_TRUE(send_message(ends.a.get(), {Kind::ready, 0, 0, 1, 0}));
  const auto introduced = receive_introduction(ends.b.get());
  ASSERT_TRUE(introduced);
  EXPECT_EQ(introduced->process, ::getpid());
}

TEST(MemoryFile, WindowsAreSealed) {
  const SharedWindow input = shared_window(8192, Others::may_only_read);
  ASSERT_TRUE(input.mapping);
  input.mapping.data()[0] = 'x';
  const Mapping theirs(input.file.get(), 8192, PROT_READ);
  ASSERT_TRUE(theirs);
  EXPECT_EQ(theirs.data()[0], 'x');
  input.mapping.data()[0] = 'y';
  EXPECT_EQ(theirs.data()[0], 'y');
  EXPECT_FALSE(Mapping(input.file.get(), 8192, PROT_READ | PROT_WRITE));
  EXPECT_NE(::mprotect(theirs.data(), 8192, PROT_READ | PROT_WRITE), 0);
  EXPECT_NE(::ftruncate(input.file.get(), 0), 0);
  EXPECT_LT(::pwrite(input.file.get(), "z", 1, 0), 0);
  const SharedWindow output = shared_window(8192, Others::may_write);
  EXPECT_TRUE(Mapping(output.file.get(), 8192, PROT_READ | PROT_WRITE));
  EXPECT_NE(::ftruncate(output.file.get(), 0), 0);
}

}  // namespace
}  // namespace evtriage::sandbox
