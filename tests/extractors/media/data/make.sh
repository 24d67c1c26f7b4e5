#!/bin/sh
# make.sh: writes the fixtures of this folder with ffmpeg, ImageMagick and exiftool.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make() {
  ffmpeg -hide_banner -loglevel error -y -bitexact "$@"
}
picture="-f lavfi -i color=c=blue:d=1:s=32x32:r=2"
tone="-f lavfi -i sine=d=1:r=16000"
# shellcheck disable=SC2086
{
  make $picture $tone -c:v mpeg4 -b:v 8k -c:a aac -b:a 8k -metadata title="Crossing video" -metadata comment="call +44 20 7946 0958" \
    -metadata artist=Ama -metadata location="+05.5520-000.1969/" -metadata creation_time=2026-01-15T10:00:00Z loci.mp4
  make $picture -c:v mpeg4 -b:v 8k "$work/a.mov"
  make $tone -c:a libmp3lame -b:a 8k -metadata title="Voice note" -metadata artist=Kofi -metadata comment="price 500" "$work/a.mp3"
  make $tone -c:a libopus -b:a 6k -metadata title="رسالة صوتية" voice.opus
  make $picture $tone -c:v mpeg4 -b:v 8k -c:a aac -b:a 8k -metadata title="Matroska" video.mkv
}
cp "$work/a.mov" xyz.mov
exiftool -q -overwrite_original "-UserData:GPSCoordinates=-33.8567844, 151.2152967, 0" "-QuickTime:CreateDate=2026:01:15 10:00:00" xyz.mov
cp "$work/a.mov" keys.mov
exiftool -q -overwrite_original "-Keys:GPSCoordinates=5.55205, -0.196901, 12" "-Keys:Make=ExampleCam" keys.mov
convert -size 40x30 xc:red -strip "$work/cover.jpg"
make -i "$work/a.mp3" -i "$work/cover.jpg" -map 0 -map 1 -c copy -disposition:v attached_pic cover.mp3
cp "$work/cover.jpg" cover.jpg
