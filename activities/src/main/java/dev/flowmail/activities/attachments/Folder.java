package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder below the data directory, made when it is first written to: mode 0700, files 0600. A file has its name only once
 * all of it is on the disk. Names are checked by the caller.
 */
final class Folder {

    /** How the names of unfinished files end. */
    static final String UNFINISHED = ".part";

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path dataDirectory;
    private final Path path;

    private Folder(Path dataDirectory, Path path) {
        this.dataDirectory = dataDirectory;
        this.path = path;
    }

    /** A folder of an existing data directory. */
    static Folder in(Path dataDirectory, String name) {
        return new Folder(dataDirectory, dataDirectory.resolve(name));
    }

    /** A folder in this one. */
    Folder folder(String name) {
        return new Folder(dataDirectory, path.resolve(name));
    }

    /** What a file is filled with. */
    @FunctionalInterface
    interface Filling {
        /** Writes everything; closing the file is allowed. */
        void fill(OutputStream file) throws IOException;
    }

    /** A file opened for reading. */
    record Opened(InputStream bytes, long length) {}

    /**
     * Writes a file, or none: it has its name, and survives a crash, once this returns.
     *
     * @throws StoreUnavailableException when the disk does not take it; the filling's own exceptions pass through
     */
    void write(String name, Instant lastUse, Filling filling) throws IOException {
        onDisk(() -> make(path));
        Path unfinished = path.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            try (OutputStream file = onDisk(() -> create(unfinished))) {
                filling.fill(file);
            }
            onDisk(() -> {
                Files.setLastModifiedTime(unfinished, FileTime.from(lastUse));
                sync(unfinished);
                Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                return sync(path);
            });
        } catch (IOException | RuntimeException | Error e) {
            deleteQuietly(unfinished);
            throw e;
        }
    }

    boolean contains(String name) {
        return Files.exists(path.resolve(name));
    }

    /**
     * Opens a file for reading.
     *
     * @throws NoSuchFileException when there is none
     */
    Opened open(String name) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path.resolve(name));
        return new Opened(Channels.newInputStream(channel), channel.size());
    }

    /** Gives a file to another folder as well, without its bytes being copied where the disk can do that. False when there is none. */
    boolean share(String name, Folder other) throws IOException {
        return onDisk(() -> {
            make(other.path);
            try {
                Files.createLink(other.path.resolve(name), path.resolve(name));
                return sync(other.path);
            } catch (FileAlreadyExistsException e) {
                return true;
            } catch (NoSuchFileException e) {
                return false;
            } catch (UnsupportedOperationException | FileSystemException e) {
                return copy(name, other);
            }
        });
    }

    private boolean copy(String name, Folder other) throws IOException {
        try (InputStream bytes = Files.newInputStream(path.resolve(name))) {
            other.write(name, Files.getLastModifiedTime(path.resolve(name)).toInstant(), bytes::transferTo);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** When a file was used last; empty when there is none. */
    Optional<Instant> lastUse(String name) throws IOException {
        return onDisk(() -> {
            try {
                return Optional.of(Files.getLastModifiedTime(path.resolve(name)).toInstant());
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    /** Notes a use of a file, if there is one. */
    void use(String name, Instant now) throws IOException {
        onDisk(() -> {
            try {
                return Files.setLastModifiedTime(path.resolve(name), FileTime.from(now));
            } catch (NoSuchFileException e) {
                return path;
            }
        });
    }

    /** What is in this folder by its name, with the time of its last change or use; nothing when there is no such folder. */
    Map<String, Instant> entries() throws IOException {
        return onDisk(() -> {
            Map<String, Instant> entries = new HashMap<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    lastUse(file.getFileName().toString())
                            .ifPresent(time -> entries.put(file.getFileName().toString(), time));
                }
            } catch (NoSuchFileException e) {
                // not made yet: empty
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return entries;
        });
    }

    /** Deletes a file, if there is one. */
    void delete(String name) throws IOException {
        onDisk(() -> Files.deleteIfExists(path.resolve(name)));
    }

    /** Deletes this folder with its files, if there is one. */
    void delete() throws IOException {
        for (String name : entries().keySet()) {
            delete(name);
        }
        onDisk(() -> Files.deleteIfExists(path));
    }

    // Never the data directory itself: where it is missing, e.g. not mounted, a new one would hide that.
    private boolean make(Path folder) throws IOException {
        if (folder.equals(dataDirectory) || Files.isDirectory(folder)) {
            return false;
        }
        Path parent = folder.resolve("..").normalize();
        make(parent);
        try {
            Files.createDirectory(folder, mode("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return sync(parent);
    }

    private static OutputStream create(Path file) throws IOException {
        Set<StandardOpenOption> newFile = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new DiskStream(FileChannel.open(file, newFile, mode("rw-------")));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean sync(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && !POSIX) {
            return true;
        }
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
            return true;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // swept later; the reason for deleting matters more
        }
    }

    @FunctionalInterface
    private interface DiskOperation<T> {
        T run() throws IOException;
    }

    private static <T> T onDisk(DiskOperation<T> operation) throws StoreUnavailableException {
        try {
            return operation.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException(e);
        }
    }

    /** A file being written, whose failures are the store's and not its source's. */
    private static final class DiskStream extends OutputStream {
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
            onDisk(() -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                return channel;
            });
        }

        @Override
        public void close() throws IOException {
            onDisk(() -> {
                channel.close();
                return channel;
            });
        }
    }
}
