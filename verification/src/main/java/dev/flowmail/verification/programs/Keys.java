package dev.flowmail.verification.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys as settings: fresh ones are made by Flowmail's own command, and each version has those that it knows. */
public final class Keys {

    /** One key that several programs share, with which nothing is protected. */
    public static final String SHARED = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private Keys() {}

    /** For the Flowmail that was built. */
    public static Map<String, String> fresh() {
        return of(PackagedFlowmail.unpacked());
    }

    /** For another Flowmail: the jar of an unpacked one. */
    public static Map<String, String> freshFor(Path program) {
        return of(PackagedFlowmail.unpacked(program));
    }

    private static Map<String, String> of(List<String> unpacked) {
        ProcessBuilder builder = new ProcessBuilder(PackagedFlowmail.command(unpacked, "keys"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(setting -> setting.startsWith("FLOWMAIL_"));
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return said.lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
