#!/bin/sh
# Checks this package.  Needs sh, openssl, sha256sum and the usual small tools; no network, nothing is changed.
#
#   sh data/verify.sh [SIGNER.pem]...    the certificate or public key that the sender gave you by another way
#   PROOFS=all sh data/verify.sh ...     every inclusion proof, not only the first 20
#
# Exit 0: everything that was checked is as it was signed.  Exit 1: something is not, and it is named.
set -uf
LC_ALL=C
export LC_ALL
pins=
for pin in "$@"; do
  [ -r "$pin" ] || { echo "cannot read $pin"; exit 1; }
  case $pin in /*) ;; *) pin=$PWD/$pin ;; esac
  pins="$pins
$pin"
done
cd "$(dirname "$0")/.." || exit 1
bad=0
good() { echo "ok    $1"; }
wrong() { echo "WRONG $1"; bad=1; }
told() { echo "note  $1"; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
manifest=tagmanifest-sha256.txt

# 1. Who signed the manifest.  The signer is pinned: any other certificate is refused, whoever issued it.
check_raw() { openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in $manifest -sigfile $manifest.ed25519 >/dev/null 2>&1; }
check_cms() {
  openssl cms -verify -binary -inform DER -in $manifest.p7s -content $manifest -nointern -certfile "$1" -noverify -out /dev/null >/dev/null 2>&1
}
public_key() { # of a certificate or a public key
  openssl x509 -in "$1" -noout -pubkey 2>/dev/null || openssl pkey -pubin -in "$1" 2>/dev/null
}
print_of() { public_key "$1" | openssl pkey -pubin -outform DER 2>/dev/null | sha256sum | cut -d' ' -f1; }
signed=0
if [ -n "$pins" ]; then
  echo "$pins" | sed 1d > "$work/pins"
  while IFS= read -r pin; do
    public_key "$pin" > "$work/pin.pub"
    case $(openssl pkey -pubin -in "$work/pin.pub" -noout -text 2>/dev/null | head -n 1) in
      ED25519*) [ -f $manifest.ed25519 ] && check_raw "$work/pin.pub" && good "Ed25519 signature, by the key in $pin" || wrong "no Ed25519 signature by the key in $pin" ;;
      *) [ -f $manifest.p7s ] && check_cms "$pin" && good "CMS signature, by the certificate in $pin" || wrong "no CMS signature by the certificate in $pin" ;;
    esac
  done < "$work/pins"
  signed=1
fi
if [ -f $manifest.ed25519 ]; then
  if check_raw certs/ed25519.pub.pem; then
    signed=1
    [ -n "$pins" ] || told "Ed25519 signature fits the key inside the package; compare its SHA-256 with the letter: $(print_of certs/ed25519.pub.pem)"
  else wrong "Ed25519 signature: not by the key inside the package"; fi
fi
if [ -f $manifest.p7s ]; then
  if check_cms certs/signer.pem; then
    signed=1
    [ -n "$pins" ] || told "CMS signature fits the certificate inside the package; compare its SHA-256 with the letter: $(openssl x509 -in certs/signer.pem -outform DER | sha256sum | cut -d' ' -f1)"
  else wrong "CMS signature: not by the certificate inside the package"; fi
fi
[ $signed -eq 1 ] || wrong "no signature"
[ -n "$pins" ] || told "WHO signed is not proved until you have compared the fingerprint with one that you got by another way"

# 2. Every file, and no other.
sha256sum -c --quiet --strict $manifest >/dev/null 2>&1 && good "the package's own files ($manifest)" ||
  { wrong "the package's own files:"; sha256sum -c --quiet $manifest 2>&1 | head -n 5; }
sha256sum -c --quiet --strict manifest-sha256.txt >/dev/null 2>&1 && good "every file of data/ (manifest-sha256.txt)" ||
  { wrong "files of data/:"; sha256sum -c --quiet manifest-sha256.txt 2>&1 | head -n 5; }
{ cut -c67- manifest-sha256.txt $manifest; echo $manifest; for s in ed25519 p7s; do [ ! -f $manifest.$s ] || echo $manifest.$s; done; } | sort > "$work/named"
find . ! -type d | sed 's|^\./||' | sort > "$work/there"
cmp -s "$work/named" "$work/there" && good "no file more, none less" || { wrong "files that are not named, or named and not there:"; sort "$work/named" "$work/there" | uniq -u | head -n 5; }
[ -z "$(find . ! -type f ! -type d)" ] || wrong "there are links or devices"
grep '^Recipient: ' bag-info.txt | sed 's/^/note  for /'

# 3. The custody log: each line carries the digest of the line before; the signed head is the last; the seal is in it.
info() { sed -n "s/^$1: //p" bag-info.txt; }
prev=0000000000000000000000000000000000000000000000000000000000000000
lines=0
hidden=0
chain=1
while IFS= read -r line; do
  lines=$((lines + 1))
  case $line in
    '{"withheld":"'*'"}') # shown by its digest alone, which is what the next line carries
      prev=${line#'{"withheld":"'}
      prev=${prev%'"}'}
      hidden=$((hidden + 1))
      case $prev in *[!0-9a-f]*) chain=0; wrong "custody log: line $lines"; break ;; esac
      continue ;;
  esac
  case $line in *",\"prev\":\"$prev\","*"\"seq\":$lines,"*) ;; *) chain=0; wrong "custody log: line $lines does not follow the line before"; break ;; esac
  prev=$(printf %s "$line" | sha256sum | cut -d' ' -f1)
done < data/custody.jsonl
[ $chain -eq 1 ] && { [ "$prev" = "$(info Custody-Head-SHA256)" ] && [ $lines -eq "$(info Custody-Events)" ] && good "custody log: $lines events ($hidden withheld), unbroken, up to the signed head" || wrong "custody log: its end is not the signed head"; }
if [ -f data/seal.json ]; then
  seal=$(sha256sum < data/seal.json | cut -d' ' -f1)
  [ "$seal" = "$(info Seal-SHA256)" ] && grep -q "^{\"action\":\"sealed\",.*\"file\":\"seal.json\",.*\"sha256\":\"$seal\"" data/custody.jsonl &&
    good "seal: the one that the custody log names" || wrong "seal: not the one that the custody log names"
fi

# 4. Inclusion proofs (RFC 9162, section 2.1.3.2): the row belongs to the table whose root was sealed.
raw() { # hex -> bytes, without a process for each
  h=$1 bytes=
  while [ -n "$h" ]; do
    rest=${h#??}
    o=$((0x${h%"$rest"}))
    bytes="$bytes\\$((o >> 6))$((o >> 3 & 7))$((o & 7))"
    h=$rest
  done
  printf "$bytes"
}
node() { { printf '\001'; raw "$1"; raw "$2"; } | sha256sum | cut -d' ' -f1; }
included() { # index size leaf root path...
  for n in "$1" "$2"; do # what is no number or no digest never comes near arithmetic
    case $n in "" | *[!0-9]* | ????????????*) return 1 ;; esac
  done
  fn=$1 sn=$(($2 - 1)) r=$3 root=$4
  shift 4
  [ "$fn" -le "$sn" ] || return 1
  for p in "$r" "$root" "$@"; do
    case $p in *[!0-9a-f]*) return 1 ;; esac
    [ ${#p} -eq 64 ] || return 1
  done
  for p in "$@"; do
    [ $sn -ne 0 ] || return 1
    if [ $((fn & 1)) -eq 1 ] || [ $fn -eq $sn ]; then
      r=$(node "$p" "$r")
      while [ $((fn & 1)) -eq 0 ] && [ $fn -ne 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else r=$(node "$r" "$p"); fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
  done
  [ $sn -eq 0 ] && [ "$r" = "$root" ]
}
prove() { # table
  proofs=data/proofs/$1.jsonl
  [ -f "$proofs" ] || return 0
  root=$(cat data/seal.json data/disclosure.json 2>/dev/null | sed "s/.*{\"root\":\"\([0-9a-f]*\)\",\"rows\":[0-9]*,\(\"shown\":[0-9]*,\)\{0,1\}\"table\":\"$1\"}.*/\1/")
  total=$(wc -l < "$proofs")
  limit=${PROOFS:-20}
  [ "$limit" != all ] || limit=$total
  done=0
  head -n "$limit" "$proofs" > "$work/proofs"
  while IFS= read -r line; do
    index=$(echo "$line" | sed 's/^{"index":\([0-9]*\),.*/\1/')
    leaf=$(echo "$line" | sed 's/.*"leaf":"\([0-9a-f]*\)".*/\1/')
    size=$(echo "$line" | sed 's/.*"size":\([0-9]*\),.*/\1/')
    path=$(echo "$line" | sed 's/.*"path":\[\([^]]*\)\].*/\1/; s/[",]/ /g')
    case $index in "" | *[!0-9]* | ????????????*) wrong "a line of $proofs"; return 0 ;; esac
    own=$leaf
    [ ! -f data/seal.json ] || own=$({ printf '\000'; sed -n "$((index + 1))p" "data/tables/$1.jsonl" | tr -d '\n'; } | sha256sum | cut -d' ' -f1)
    [ "$own" = "$leaf" ] && included "$index" "$size" "$leaf" "$root" $path || { wrong "inclusion proof of row $((index + 1)) of $1"; return 0; }
    done=$((done + 1))
  done < "$work/proofs"
  good "inclusion proofs: $done of $total rows of $1 belong to the table that was $sealed_as"
}
[ -f data/seal.json ] && sealed_as=sealed || sealed_as="committed to"
prove findings
prove items
if [ -f data/disclosure.json ]; then
  root=$(sed 's/.*"root":"\([0-9a-f]*\)","seal_sha256".*/\1/' data/disclosure.json)
  [ "$root" = "$(info Disclosure-Root-SHA256)" ] && grep -q "^{\"action\":\"committed\",.*\"disclosure_root\":\"$root\"" data/custody.jsonl &&
    good "disclosure: the root that the custody log names" || wrong "disclosure: not the root that the custody log names"
  told "parts are withheld: data/disclosure.json counts them by reason; each shown field is checked by data/verify.html or evtriage verify"
fi

[ $bad -eq 0 ] && echo "INTACT: what was checked is as it was signed" || echo "NOT INTACT"
exit $bad
