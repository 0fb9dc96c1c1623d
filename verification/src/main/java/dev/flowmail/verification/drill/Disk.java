package dev.flowmail.verification.drill;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory on a small file system of its own, when this program may mount one, so that it can be filled. */
final class Disk implements AutoCloseable {
    private static final String SIZE = "1g";

    private final Path directory;
    private final boolean mounted;

    /** @param directory empty */
    Disk(Path directory) {
        this.directory = directory;
        this.mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "flowmail-drill", directory.toString());
    }

    Path directory() {
        return directory;
    }

    /** Whether there is an end to it. */
    boolean canBeFilled() {
        return mounted;
    }

    /** Leaves no room. */
    void fill() {
        byte[] megabyte = new byte[1024 * 1024];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(megabyte);
            }
        } catch (IOException full) {
            // that is what was wanted
        }
    }

    /** Makes room again. */
    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (mounted) {
            run("umount", directory.toString());
        }
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
