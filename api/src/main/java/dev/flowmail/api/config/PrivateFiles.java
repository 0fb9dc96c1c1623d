package dev.flowmail.api.config;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that hold secrets: nobody else can read them. */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final Set<PosixFilePermission> ALL = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFiles() {}

    /** Writes a text into a file of mode 0600, whole or not at all; on the disk when this returns. */
    public static void write(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        Path written = Files.createTempFile(parent, ".new", null, mode(parent, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(written, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Whether others than the owner may do anything with a file or directory; false where there are no such modes. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return isPosix(path) && !OWNERS.containsAll(Files.getPosixFilePermissions(path));
    }

    /** Whether anybody besides owner and group may do anything with it; false where there are no such modes. */
    public static boolean isOpenToAll(Path path) throws IOException {
        return isPosix(path) && Files.getPosixFilePermissions(path).stream().anyMatch(ALL::contains);
    }

    /** Takes from all others what they may do with a file or directory; nothing where there are no such modes. */
    static void closeToOthers(Path path) throws IOException {
        if (isOpenToOthers(path)) {
            Set<PosixFilePermission> left = EnumSet.copyOf(OWNERS);
            left.retainAll(Files.getPosixFilePermissions(path));
            Files.setPosixFilePermissions(path, left);
        }
    }

    /** The mode to create a file or directory with. */
    static FileAttribute<?>[] mode(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
