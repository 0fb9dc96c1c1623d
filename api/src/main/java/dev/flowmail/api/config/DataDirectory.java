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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this Flowmail keeps its files: readable by nobody else (mode 0700), and locked while it is open. */
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private static final String SETTING = SettingNames.spell("flowmail.data-directory");

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
            closeToOthers(path);
            return new DataDirectory(path, channel);
        } catch (IOException failure) {
            throw new CannotStartException(
                    SETTING + ": " + path + " cannot be used as a directory to write to ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    /** As far as this user may: what a platform made (a volume, its {@code lost+found}) stays as it is. */
    private static void closeToOthers(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    closeOneToOthers(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException unreadable) throws IOException {
                // another user's, which only that one reads; or gone
                if (!path.equals(directory)
                        && (unreadable instanceof AccessDeniedException || unreadable instanceof NoSuchFileException)) {
                    return FileVisitResult.CONTINUE;
                }
                throw unreadable;
            }
        });
    }

    private static void closeOneToOthers(Path path) throws IOException {
        try {
            PrivateFiles.closeToOthers(path);
        } catch (NoSuchFileException gone) {
            // the server that a killed Flowmail left behind still runs
            LOG.debug("{} went while it was looked at", path);
        } catch (FileSystemException notTheOwner) {
            // a volume of Kubernetes belongs to root, and to a group that only this pod has
            if (PrivateFiles.isOpenToAll(path)) {
                LOG.warn(
                        "{}: {} belongs to another user and is open to every user of this machine. Its owner can"
                                + " restrict it: chmod o= {}",
                        SETTING,
                        path,
                        path);
            }
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
