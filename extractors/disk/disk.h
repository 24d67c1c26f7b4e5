// The door of the disk family: images of disks, the parts of a disk, and the file systems on them.
//
// An image gives the disk that it holds as one child, a disk its parts and the gaps between them, a file system its
// files, live and deleted, and its free space.  Bytes that lie in the content as they are travel as ranges of it; what is
// compressed is decoded when it is asked for, so nothing is copied and memory does not grow with the image.
// Names are as The Sleuth Kit gives them (UTF-8, or raw bytes); numbers in steps are inodes (NTFS: MFT entries).
// Tested by tests/extractors/disk, against mmls, fls, icat and blkls.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Before the first call of any of these: the local times of FAT volumes are read as if they were UTC.
void prepare_disks();

// A disk with a table of partitions: MBR with logical ones, GPT, Apple, BSD, Sun.
void extract_parts(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// One file system: NTFS, FAT12/16/32, exFAT, ext2/3/4, UFS, HFS+.  Those that are only known by name, and
// encrypted volumes, are told.
void extract_file_system(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// E01 and its kin, all segments joined: the medium as the one child, acquisition data as properties.
void extract_ewf(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// QCOW2; VMDK (one sparse file); VHD (growing; VHDX is told): the medium as the one child.
void extract_qcow2(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
void extract_vmdk(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
void extract_vhd(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
