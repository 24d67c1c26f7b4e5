#!/bin/sh
# Checks an inclusion proof (RFC 9162 section 2.1.3.2) with a plain shell and openssl.
# Usage: verify_inclusion.sh INDEX SIZE LEAF ROOT SIBLING...     digests in lower-case hexadecimal
# Ends with 0 if the leaf stands at INDEX in the tree of SIZE leaves with this root.
index=$1 last=$(($2 - 1)) hash=$3 root=$4
shift 4
[ "$index" -le "$last" ] || exit 1
raw() { printf '%s' "$1" | sed 's/../& /g' | tr ' ' '\n' | while read -r pair; do
  [ -z "$pair" ] || printf "\\$(printf '%o' "0x$pair")"; done; }
join() { { printf '\001'; raw "$1
"; raw "$2
"; } | openssl dgst -sha256 -r | cut -c1-64; }
for sibling; do
  [ "$last" -gt 0 ] || exit 1
  if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
    hash=$(join "$sibling" "$hash")
    until [ $((index % 2)) -eq 1 ] || [ "$index" -eq 0 ]; do index=$((index / 2)) last=$((last / 2)); done
  else
    hash=$(join "$hash" "$sibling")
  fi
  index=$((index / 2)) last=$((last / 2))
done
[ "$last" -eq 0 ] && [ "$hash" = "$root" ]
