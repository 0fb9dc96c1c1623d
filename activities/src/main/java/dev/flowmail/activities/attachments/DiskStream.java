package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file being written, whose failures are the store's and not its source's. */
final class DiskStream extends OutputStream {
    private final FileChannel channel;

    DiskStream(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Disk.onDisk(() -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return channel;
        });
    }

    @Override
    public void close() throws IOException {
        Disk.onDisk(() -> {
            channel.close();
            return channel;
        });
    }
}
