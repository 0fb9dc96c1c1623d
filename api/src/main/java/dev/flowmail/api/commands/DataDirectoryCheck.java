package dev.flowmail.api.commands;

import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The data directory: there or possible, private, roomy, in use or not. */
final class DataDirectoryCheck {

    private static final String SETTING = "FLOWMAIL_DATA_DIRECTORY";
    private static final long MEGABYTE = 1024 * 1024;
    private static final long TOO_LITTLE = 100 * MEGABYTE;
    private static final long GIGABYTE = 1024 * MEGABYTE;
    private static final long LITTLE = GIGABYTE;

    private final Path path;
    private final Report report;

    DataDirectoryCheck(Path path, Report report) {
        this.path = path.toAbsolutePath().normalize();
        this.report = report;
    }

    /** Returns whether a running Flowmail uses it. */
    boolean run() {
        report.about("Data directory " + path);
        try {
            return check();
        } catch (IOException failure) {
            report.finding(
                    "It cannot be looked at (" + failure.getClass().getSimpleName() + ").",
                    "Run this as the user that Flowmail runs as, who must own the directory.");
            return false;
        }
    }

    private boolean check() throws IOException {
        Path existing = path;
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            report.finding(
                    existing + " is not a directory that this user can write to.",
                    "Name another one by " + SETTING + ", or run this as the user that Flowmail runs as.");
            return false;
        }
        boolean exists = existing.equals(path);
        if (!exists) {
            report.fine("Not there yet; the first start makes it.");
        } else if (PrivateFiles.isOpenToOthers(path)) {
            openToOthers();
        } else {
            report.fine("Writable, and closed to others.");
        }
        checkSpace(existing);
        boolean isRunning = exists && DataDirectory.isInUse(path);
        if (isRunning) {
            report.fine("A running Flowmail uses it.");
        }
        return isRunning;
    }

    /** A volume that a platform made for a group, as Kubernetes does, stays as it is. */
    private void openToOthers() throws IOException {
        String owner = Files.getOwner(path).getName();
        if (owner.equals(System.getProperty("user.name"))) {
            report.warning("Other users can look into it.", "chmod 700 " + path);
        } else if (PrivateFiles.isOpenToAll(path)) {
            report.warning("It belongs to " + owner + " and is open to every user.", "chmod o= " + path);
        } else {
            report.fine("Writable; it belongs to " + owner + " and is open to its group only.");
        }
    }

    private static String size(long bytes) {
        return bytes < GIGABYTE
                ? bytes / MEGABYTE + " MB"
                : String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE);
    }

    private void checkSpace(Path existing) throws IOException {
        long free = Files.getFileStore(existing).getUsableSpace();
        String what = size(free) + " free.";
        if (free < TOO_LITTLE) {
            report.finding(
                    what,
                    "Make room: without it no request is accepted. A larger disk can be named by " + SETTING + ".");
        } else if (free < LITTLE) {
            report.warning(what, "Make room before uploads and Temporal's database fill the disk.");
        } else {
            report.fine(what);
        }
    }
}
