"""Which words of a text no item has taken yet, in one piece."""

from .guide_fingerprint import ROW


class Stretches:
    """The stretches of words that belong to no item found so far."""

    def __init__(self, words, covered):
        self.words = words
        self.taken = bytearray(len(words))
        for start, end in covered:
            self.take(start, end)

    def take(self, start, end):
        self.taken[start:end] = b"\x01" * (end - start)

    def is_free(self, index):
        return index < len(self.taken) and not self.taken[index]

    def widened(self, start, end, count):
        """The stretch, grown to the free words around it but to no other item's."""
        room = count // 2 + ROW
        end = min(end, len(self.words))
        while room and start and self.is_free(start - 1):
            if self.words.starts_item(start) and count <= 40:
                break
            start, room = start - 1, room - 1
        while room and self.is_free(end):
            if self.words.starts_item(end) and count <= 40:
                break
            end, room = end + 1, room - 1
        return start, end

    def chunks(self, start, end):
        """The free stretches between start and end, cut at bullets and blank lines."""
        first = None
        for index in range(start, end + 1):
            is_free = index < end and self.is_free(index)
            if first is not None and (not is_free or self.words.starts_item(index)):
                yield first, index
                first = None
            if is_free and first is None:
                first = index

    def first_like(self, count, start, end):
        """The first free stretch about as long as ``count`` words."""
        for first, last in self.chunks(start, end):
            if count // 2 <= last - first <= count * 2:
                return first, last
        return None
