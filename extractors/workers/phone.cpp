// The worker for phones: our own readers of SQLite and of what applications keep in it; zlib and OpenSSL for backups.
// Tested by tests/whole/phone_test.py, through the cage.
#include "extractors/phone/phone.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"sqlite", evtriage::extract_sqlite},
    {"sqlite-wal", evtriage::extract_sqlite_wal},
    {"sqlite-journal", evtriage::extract_sqlite_journal},
    {"whatsapp-chat", evtriage::extract_chat_text},
    {"chat-json", evtriage::extract_chat_json},
    {"chat-html", evtriage::extract_chat_html},
    {"android-backup", evtriage::extract_android_backup}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
