package dev.flowmail.api.config;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where this Flowmail keeps its files: readable by nobody else (mode 0700), and locked while it is open. */
public final class DataDirectory implements AutoCloseable {

    private static final String SETTING = SettingNames.spell("flowmail.data-directory");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws CannotStartException when it cannot be made or written, or when somebody else has it open */
    static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path, mode(path, "rwx------"));
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), Set.of(CREATE, READ, WRITE), mode(path, "rw-------"));
            if (!isLocked(channel)) {
                channel.close();
                throw new CannotStartException(
                        SETTING + ": " + path + " is in use by another Flowmail. End that one, or"
                                + " give this one a directory of its own.");
            }
            return new DataDirectory(path, channel);
        } catch (IOException failure) {
            throw new CannotStartException(
                    SETTING + ": " + path + " cannot be used as a directory to write to ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            // held until the channel is closed, by this process's end at the latest
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** The directory's absolute path. */
    public Path path() {
        return path;
    }

    /** The absolute path of a file in it. */
    public Path resolve(String file) {
        return path.resolve(file);
    }

    /** Writes a file that nobody else can read (mode 0600), whole or not at all. */
    void writePrivately(String file, String text) throws IOException {
        Path target = resolve(file);
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        Files.createDirectories(parent, mode(path, "rwx------"));
        Path written = Files.createTempFile(parent, "new", null, mode(path, "rw-------"));
        Files.writeString(written, text);
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
