#!/bin/sh
# make.sh: writes the fixtures of this folder with ImageMagick, libheif-examples, ffmpeg and exiftool.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
convert -size 64x48 gradient:red-blue -strip "$work/a.png"
convert "$work/a.png" -quality 60 "$work/a.jpg"
convert -size 16x12 gradient:red-blue -strip -quality 30 "$work/thumb.jpg"
describe() {
  exiftool -q -overwrite_original -Make=ExampleCam -Model=EC-1 "-Artist=Ama Example" "-ImageDescription=harbour at night" \
    "-DateTimeOriginal=2026:01:15 11:00:00" -OffsetTimeOriginal=+01:00 "-ModifyDate=2026:01:16 08:30:00" \
    -GPSLatitude=5.55205 -GPSLatitudeRef=N -GPSLongitude=0.196901 -GPSLongitudeRef=W \
    "-XMP-dc:Title=Crossing" "-XMP-dc:Description=two boats" "-XMP-dc:Subject=sea" "-XMP-dc:Subject=fees" "$1"
}
cp "$work/a.jpg" full.jpg
describe full.jpg
exiftool -q -overwrite_original "-UserComment=rendez-vous à 5 h" "-XPComment=Приказ 7" "-IPTC:Caption-Abstract=légende" -IPTC:Keywords=passport -IPTC:Keywords=visa \
  -CodedCharacterSet=UTF8 "-Comment=call +44 20 7946 0958" "-ThumbnailImage<=$work/thumb.jpg" full.jpg
cp "$work/a.jpg" south_east.jpg
exiftool -q -overwrite_original -GPSLatitude=33.8567844 -GPSLatitudeRef=S -GPSLongitude=151.2152967 -GPSLongitudeRef=E south_east.jpg
convert "$work/a.png" -compress none "$work/a.tif" && cp "$work/a.tif" full.tif && describe full.tif
convert "$work/a.png" -quality 50 full.webp && describe full.webp
convert "$work/a.png" full.psd && describe full.psd
convert "$work/a.png" -colors 4 full.gif && exiftool -q -overwrite_original "-Comment=gif remark" "-XMP-dc:Title=Crossing" full.gif
cp "$work/a.png" full.png && describe full.png
exiftool -q -overwrite_original -PNG:Author=Kofi "-PNG:Comment=prix é" -z "-PNG:Software=$(printf 'x%.0s' $(seq 300))" full.png
heif-enc -q 30 -o full.heic "$work/a.png" >/dev/null 2>&1 && describe full.heic
avifenc -q 30 "$work/a.png" full.avif >/dev/null 2>&1 || avifenc "$work/a.png" full.avif >/dev/null
describe full.avif
# IM05: one namespace, two prefixes.
for prefix in GCamera Camera; do
  cat >"$work/$prefix.xmp" <<XMP
<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
<rdf:Description rdf:about='' xmlns:$prefix='http://ns.google.com/photos/1.0/camera/' $prefix:MotionPhoto='1'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>
XMP
  cp "$work/a.jpg" "prefix_$prefix.jpg"
  exiftool -q -overwrite_original "-XMP<=$work/$prefix.xmp" "prefix_$prefix.jpg"
done
