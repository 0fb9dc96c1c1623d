package dev.flowmail.verification.programs;

import dev.flowmail.servers.Command;
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
        return new Command(PackagedFlowmail.command(unpacked, "keys"))
                .output()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }
}
