"""Writes compound files (MS-CFB version 3) for fixtures: cfb(streams) with "Storage/Stream" as names."""
import struct

FREE, END, FATSECT, NOENTRY = 0xffffffff, 0xfffffffe, 0xfffffffd, 0xffffffff


class Node:
    def __init__(self, name, data=None):
        self.name, self.data, self.children = name, data, {}


def order(node):
    return (len(node.name.encode('utf-16-le')), node.name.upper())


def cfb(streams, clsid=b'\0' * 16):
    root = Node('Root Entry')
    for path, data in streams.items():
        at = root
        *folders, last = path.split('/')
        for folder in folders:
            at = at.children.setdefault(folder, Node(folder))
        if data is None:
            at.children.setdefault(last, Node(last))
        else:
            at.children[last] = Node(last, data)
    entries = [root]
    links = {}

    def add(node):
        first = len(entries)
        kids = sorted(node.children.values(), key=order)
        entries.extend(kids)
        numbers = list(range(first, first + len(kids)))

        def tree(part):
            if not part:
                return NOENTRY
            middle = len(part) // 2
            links[part[middle]] = (tree(part[:middle]), tree(part[middle + 1:]))
            return part[middle]
        node.child = tree(numbers)
        for kid in kids:
            if kid.data is None:
                add(kid)
    add(root)
    body, fat, mini, mini_fat = [], [], b'', []

    def chain(data):
        if not data:
            return END
        first = len(fat)
        count = (len(data) + 511) // 512
        for i in range(count):
            body.append(data[i * 512:(i + 1) * 512].ljust(512, b'\0'))
            fat.append(first + i + 1 if i + 1 < count else END)
        return first
    for entry in entries[1:]:
        if entry.data is None:
            entry.start = 0
        elif len(entry.data) >= 4096:
            entry.start = chain(entry.data)
        elif entry.data:
            entry.start = len(mini_fat)
            count = (len(entry.data) + 63) // 64
            mini += entry.data.ljust(count * 64, b'\0')
            mini_fat += [entry.start + i + 1 for i in range(count - 1)] + [END]
        else:
            entry.start = END
    root.start = chain(mini)
    mini_start = chain(b''.join(struct.pack('<I', n) for n in mini_fat).ljust((len(mini_fat) * 4 + 511) // 512 * 512, b'\xff'))
    table = b''
    for number, entry in enumerate(entries):
        name = entry.name.encode('utf-16-le')
        left, right = links.get(number, (NOENTRY, NOENTRY))
        storage = entry.data is None
        size = len(mini) if number == 0 else 0 if storage else len(entry.data)
        table += struct.pack('<64sHBBIII16sIQQIQ', name, len(name) + 2, 5 if number == 0 else 1 if storage else 2, 1, left, right,
                             entry.child if storage else NOENTRY, clsid if number == 0 else b'\0' * 16, 0, 0, 0, entry.start, size)
    table = table.ljust((len(table) + 511) // 512 * 512, b'\0')
    directory = chain(table)
    fats = 1
    while fats * 128 < len(fat) + fats:
        fats += 1
    assert fats <= 109
    fat_sectors = [len(fat) + i for i in range(fats)]
    fat += [FATSECT] * fats
    fat += [FREE] * (fats * 128 - len(fat))
    head = struct.pack('<8s16sHHHHH6xIIIIIIIII', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', b'\0' * 16, 0x3e, 3, 0xfffe, 9, 6, 0, fats, directory, 0, 4096,
                       mini_start, (len(mini_fat) + 127) // 128, END, 0)
    head += struct.pack('<109I', *(fat_sectors + [FREE] * (109 - fats)))
    return head + b''.join(body) + struct.pack('<%dI' % len(fat), *fat)
