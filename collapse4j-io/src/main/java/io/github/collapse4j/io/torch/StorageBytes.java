package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a storage.
 *
 * @param length how many
 * @param place their place in the file, if they are there as they are
 * @param member the member of an archive that holds them packed, otherwise
 */
record StorageBytes(long length, Optional<Place> place, Optional<ZipMember> member) {
    /** A part of a file, from an offset on. */
    record Place(InputFile file, long offset) {}

    static StorageBytes in(InputFile file, long offset, long length) {
        return new StorageBytes(length, Optional.of(new Place(file, offset)), Optional.empty());
    }

    static StorageBytes of(ZipMember member) throws IOException {
        return member.isStored()
                ? in(member.zip(), member.offset(), member.bytes())
                : new StorageBytes(member.bytes(), Optional.empty(), Optional.of(member));
    }

    /** A stream that begins at one of the bytes. */
    InputStream from(long offset) throws IOException {
        if (place.isPresent()) {
            return place.get().file().stream(place.get().offset() + offset, length - offset);
        }
        InputStream in = member.orElseThrow().stream();
        in.skipNBytes(offset);
        return in;
    }
}
