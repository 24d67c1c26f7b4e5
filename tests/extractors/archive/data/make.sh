#!/bin/sh
# Makes the fixtures of this folder (see README.md).  Run once, by hand, in an empty folder; needs p7zip-full,
# libarchive-tools, gcab, genisoimage, lz4, zstd, lzip, xz-utils, ncompress.
set -e
export TZ=UTC LC_ALL=C.UTF-8
umask 022
mkdir in && cd in
printf 'Meet at the old port +226 70 00 00 01\n' > a.txt
seq 1 2000 > numbers.txt
mkdir d
printf 'inside\n' > d/ü.txt
ln -s /etc/passwd d/link
touch -d '2024-02-29T13:14:16Z' a.txt numbers.txt d/ü.txt
touch -h -d '2024-02-29T13:14:16Z' d/link d
7z a -bd ../plain.7z a.txt numbers.txt d > /dev/null
7z a -bd -mx1 -ms=off -m0=PPMd ../ppmd.7z a.txt numbers.txt > /dev/null
7z a -bd -psesame ../locked.7z a.txt > /dev/null
7z a -bd -psesame -mhe=on ../locked_list.7z a.txt > /dev/null
7z a -bd -tzip -psesame ../zipcrypto.zip a.txt numbers.txt > /dev/null
7z a -bd -tzip -psesame -mem=AES256 ../aes256.zip a.txt numbers.txt > /dev/null
7z a -bd -tzip -pfirst ../two_passwords.zip a.txt > /dev/null
7z a -bd -tzip -psecond -mem=AES128 ../two_passwords.zip numbers.txt > /dev/null
for method in BZip2 LZMA PPMd Deflate64; do 7z a -bd -tzip -mm=$method ../$method.zip numbers.txt > /dev/null; done
gcab -c ../plain.cab a.txt numbers.txt
gcab -z -c ../mszip.cab a.txt numbers.txt
genisoimage -quiet -J -R -o ../rockridge_joliet.iso a.txt d 2> /dev/null
genisoimage -quiet -J -o ../joliet.iso d 2> /dev/null
gzip -9n ../rockridge_joliet.iso ../joliet.iso
for format in newc odc xar warc; do bsdtar --format $format -cf ../plain.$format a.txt numbers.txt; done
bsdtar --format ar -cf ../plain.ar a.txt numbers.txt
for filter in lz4 zst lz xz lzma Z bz2; do bsdtar --format ustar -a -cf ../plain.tar.$filter a.txt numbers.txt; done
lz4 -q numbers.txt ../numbers.txt.lz4
zstd -q numbers.txt -o ../numbers.txt.zst
lzip -k -c numbers.txt > ../numbers.txt.lz
xz --format=lzma -k -c numbers.txt > ../numbers.txt.lzma
compress -c numbers.txt > ../numbers.txt.Z
