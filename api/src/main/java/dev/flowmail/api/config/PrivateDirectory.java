package dev.flowmail.api.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that nobody else may read, with all that is in it. */
final class PrivateDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);

    private PrivateDirectory() {}

    /** Closes the directory and all in it, as far as this user may: what a platform made (a volume, its {@code lost+found}) stays as it is. */
    static void closeToOthers(Path directory) throws IOException {
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
                        DataDirectory.SETTING,
                        path,
                        path);
            }
        }
    }
}
