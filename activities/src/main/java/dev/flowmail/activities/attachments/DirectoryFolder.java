package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder below the data directory, made when it is first written to: mode 0700, files 0600. A file has its name only once
 * all of it is on the disk. Names are checked by the caller.
 */
final class DirectoryFolder implements Folder {

    private final Path dataDirectory;
    private final Path path;

    private DirectoryFolder(Path dataDirectory, Path path) {
        this.dataDirectory = dataDirectory;
        this.path = path;
    }

    /** A folder of an existing data directory. */
    static DirectoryFolder in(Path dataDirectory, String name) {
        return new DirectoryFolder(dataDirectory, dataDirectory.resolve(name));
    }

    @Override
    public DirectoryFolder folder(String name) {
        return new DirectoryFolder(dataDirectory, path.resolve(name));
    }

    @Override
    public void write(String name, Instant lastUse, Filling filling) throws IOException {
        Disk.onDisk(() -> make(path));
        Path unfinished = path.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            try (OutputStream file = Disk.onDisk(() -> Disk.create(unfinished))) {
                filling.fill(file);
            }
            Disk.onDisk(() -> {
                Files.setLastModifiedTime(unfinished, FileTime.from(lastUse));
                Disk.sync(unfinished);
                Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                return Disk.sync(path);
            });
        } catch (IOException | RuntimeException | Error e) {
            Disk.deleteQuietly(unfinished);
            throw e;
        }
    }

    @Override
    public boolean contains(String name) {
        return Files.exists(path.resolve(name));
    }

    @Override
    public Opened open(String name) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path.resolve(name));
        return new Opened(Channels.newInputStream(channel), channel.size());
    }

    @Override
    public boolean share(String name, Folder other) throws IOException {
        if (!(other instanceof DirectoryFolder target)) {
            throw new IllegalArgumentException("A folder of another store");
        }
        return Disk.onDisk(() -> {
            make(target.path);
            try {
                Files.createLink(target.path.resolve(name), path.resolve(name));
                return Disk.sync(target.path);
            } catch (FileAlreadyExistsException e) {
                return true;
            } catch (NoSuchFileException e) {
                return false;
            } catch (UnsupportedOperationException | FileSystemException e) {
                return copy(name, target);
            }
        });
    }

    private boolean copy(String name, DirectoryFolder other) throws IOException {
        try (InputStream bytes = Files.newInputStream(path.resolve(name))) {
            other.write(name, Files.getLastModifiedTime(path.resolve(name)).toInstant(), bytes::transferTo);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Optional<Instant> lastUse(String name) throws IOException {
        return Disk.onDisk(() -> {
            try {
                return Optional.of(Files.getLastModifiedTime(path.resolve(name)).toInstant());
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void use(String name, Instant now) throws IOException {
        Disk.onDisk(() -> {
            try {
                return Files.setLastModifiedTime(path.resolve(name), FileTime.from(now));
            } catch (NoSuchFileException e) {
                return path;
            }
        });
    }

    @Override
    public Map<String, Entry> entries() throws IOException {
        return Disk.onDisk(() -> {
            Map<String, Entry> entries = new HashMap<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    entry(file)
                            .ifPresent(entry -> entries.put(file.getFileName().toString(), entry));
                }
            } catch (NoSuchFileException e) {
                // not made yet: empty
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return entries;
        });
    }

    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Entry(attributes.lastModifiedTime().toInstant(), attributes.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Disk.onDisk(() -> Files.deleteIfExists(path.resolve(name)));
    }

    @Override
    public void delete() throws IOException {
        for (String name : entries().keySet()) {
            delete(name);
        }
        Disk.onDisk(() -> Files.deleteIfExists(path));
    }

    /** Where a file of this folder is. */
    Path path(String name) {
        return path.resolve(name);
    }

    // Never the data directory itself: where it is missing, e.g. not mounted, a new one would hide that.
    private boolean make(Path folder) throws IOException {
        if (folder.equals(dataDirectory) || Files.isDirectory(folder)) {
            return false;
        }
        Path parent = folder.resolve("..").normalize();
        make(parent);
        try {
            Disk.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return Disk.sync(parent);
    }
}
