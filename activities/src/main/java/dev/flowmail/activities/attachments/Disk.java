package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What a disk does for {@link DirectoryFolder}: files and directories for nobody else, and safe before they have their names. */
final class Disk {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Disk() {}

    /** Begins a new file, mode 0600. */
    static OutputStream create(Path file) throws IOException {
        Set<StandardOpenOption> newFile = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new DiskStream(FileChannel.open(file, newFile, mode("rw-------")));
    }

    /** Mode 0700. */
    static void createDirectory(Path folder) throws IOException {
        Files.createDirectory(folder, mode("rwx------"));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whatever was written there stays after a power cut. */
    static boolean sync(Path path) throws IOException {
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

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // swept later; the reason for deleting matters more
        }
    }

    @FunctionalInterface
    interface DiskOperation<T> {
        T run() throws IOException;
    }

    /** Whatever fails is the disk's doing. */
    static <T> T onDisk(DiskOperation<T> operation) throws StoreUnavailableException {
        try {
            return operation.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException(e);
        }
    }
}
