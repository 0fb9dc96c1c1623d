package dev.flowmail.verification.programs;

import dev.flowmail.servers.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program as the build packages it, and how a JVM runs it. */
public final class PackagedFlowmail {
    private static final Path JAR = Path.of("api", "target", "flowmail.jar");
    private static final Path UNPACKED = Path.of("api", "target", "flowmail", "flowmail.jar");

    /** As in the launcher and the image. */
    static final List<String> COMPILED_LIGHTLY =
            List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=128m", "-XX:+UseSerialGC");

    /** As the launcher and the image run it, with a heap as small as tests need. */
    public static final List<String> JVM =
            Stream.concat(COMPILED_LIGHTLY.stream(), Stream.of("-Xmx512m")).toList();

    private PackagedFlowmail() {}

    /** In one file. */
    public static Path jar() {
        return packaged(JAR);
    }

    /** What runs it unpacked, with the archive of its classes: arguments for a JVM, as in the launcher. */
    public static List<String> unpacked() {
        return unpacked(packaged(UNPACKED));
    }

    /** The same for another version: the jar of an unpacked one. */
    static List<String> unpacked(Path other) {
        Path jar = other.toAbsolutePath().normalize();
        Stream<String> program = Stream.of(
                "-XX:SharedArchiveFile=" + jar.resolveSibling("flowmail.jsa"),
                "-Xlog:cds*=off",
                "-jar",
                jar.toString());
        return Stream.concat(JVM.stream(), program).toList();
    }

    /** Runs one of its commands. */
    public static List<String> command(String... arguments) {
        return command(unpacked(), arguments);
    }

    /** Runs a command of another version. */
    static List<String> command(List<String> unpacked, String... arguments) {
        return Stream.of(Stream.of(Jdk.program("java")), unpacked.stream(), Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
    }

    /** Seen from the repository's root and from a module. */
    private static Path packaged(Path jar) {
        return Stream.of(jar, Path.of("..").resolve(jar))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(jar + " is missing: build it with ./mvnw package"));
    }
}
