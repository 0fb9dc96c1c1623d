package dev.flowmail.api.temporal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program that tells its version as Temporal's CLI does, and can do no more. */
public final class StandInCli {
    private StandInCli() {}

    public static Path write(Path file, String version) throws IOException {
        Files.writeString(file, "#!/bin/sh\necho 'temporal version " + version + " (Server 1.32.0, UI 2.50.0)'\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
