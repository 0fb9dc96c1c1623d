package dev.flowmail.activities.smtp;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** So many bytes of a file, from a start on. One that ends earlier was cut. */
final class Section extends FilterInputStream {

    private long left;

    Section(InputStream file, long start, long size) throws IOException {
        super(file);
        file.skipNBytes(start);
        left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("A kept body ends early");
        }
        left -= read;
        return read;
    }
}
