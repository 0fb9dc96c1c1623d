package dev.flowmail.api.config;

import static dev.flowmail.api.config.PrivateFiles.mode;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.SettingNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where this Flowmail keeps its files: readable by nobody else (mode 0700), and locked while it is open. */
public final class DataDirectory implements AutoCloseable {

    static final String SETTING = SettingNames.spell("flowmail.data-directory");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory where it is missing, locks it, and closes it to others with all that is in it,
     * as far as this user owns it.
     *
     * @throws CannotStartException when it cannot be made or written, or when somebody else has it open
     */
    public static DataDirectory open(Path directory) {
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
            PrivateDirectory.closeToOthers(path);
            return new DataDirectory(path, channel);
        } catch (IOException failure) {
            throw new CannotStartException(
                    SETTING + ": " + path + " cannot be used as a directory to write to ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    /** Whether a running Flowmail has this directory open. Changes nothing. */
    public static boolean isInUse(Path directory) throws IOException {
        Path lock = directory.resolve("lock");
        if (Files.notExists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, READ, WRITE)) {
            return !isLocked(channel);
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
    public void writePrivately(String file, String text) throws IOException {
        Path target = resolve(file);
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        Files.createDirectories(parent, mode(path, "rwx------"));
        PrivateFiles.write(target, text);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
