// The door of the phone family: databases of phones and what applications keep in them.
//
// Each function reads one item through `content`, gives what it finds to `emit`, keeps nothing, throws nothing.
// Tested by tests/extractors/phone.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// SQLite 3 databases (application/vnd.sqlite3), of any size in bounded memory.
void extract_sqlite(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Write-ahead logs ("NAME-wal") and rollback journals ("NAME-journal") of SQLite; the database is asked for through
// Emit::beside and read by ranges too.
void extract_sqlite_wal(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
void extract_sqlite_journal(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Chats that WhatsApp exported as text ("WhatsApp Chat with Ama.txt", "_chat.txt", in four languages), UTF-8.
void extract_chat_text(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Exports in JSON of chats (Telegram, Facebook, Instagram, Snapchat, Google Chat) and of Google's location history, of any size.
void extract_chat_json(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Exports as pages of HTML: Telegram Desktop's messages*.html, messages of Facebook's and Instagram's downloads.
void extract_chat_html(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Android backups (.ab), plain and with a password: the tar archive inside is a child.
void extract_android_backup(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
