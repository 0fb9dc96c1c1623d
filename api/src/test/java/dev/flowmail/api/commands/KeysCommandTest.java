package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.workflows.mail.Question.Comments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest {

    private static final String LINKS = "FLOWMAIL_KEYS_LINKS";
    private static final String PAYLOADS = "FLOWMAIL_KEYS_PAYLOADS";
    private static final String RECEIPTS = "FLOWMAIL_KEYS_RECEIPTS";

    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void chooseDataDirectory() {
        data = directory.resolve("data");
        variables.put("FLOWMAIL_DATA_DIRECTORY", data.toString());
    }

    @Test
    void withoutArgumentsAFreshLineForEachSettingIsPrintedAndNothingElse() {
        assertThat(run()).isZero();

        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(KeyRing.parse(value(lines.get(2), RECEIPTS), KeyForm.SIGNING).keys())
                .hasSize(1);
        KeyRing links = KeyRing.parse(value(lines.get(0), LINKS));
        KeyRing payloads = KeyRing.parse(value(lines.get(1), PAYLOADS));
        assertThat(links.keys()).hasSize(1);
        assertThat(links.first().bytes()).isNotEqualTo(payloads.first().bytes());
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void aLinkSignedBeforeTheRotationIsVerifiedAfterIt() {
        KeyRing before = new KeyRing(List.of(Key.generate()));
        variables.put(LINKS, before.setting());
        variables.put(PAYLOADS, new KeyRing(List.of(Key.generate())).setting());
        DecisionLink link = new DecisionLink("decision-" + "ab".repeat(20), 0, 0, 1, 2, Comments.OFF);
        String code = new LinkCodes(before).mint(link);

        assertThat(run("--rotate")).isZero();

        KeyRing after = KeyRing.parse(value(printed().lines().toList().get(0), LINKS));
        assertThat(after.keys()).hasSize(2);
        assertThat(after.first().id()).isNotEqualTo(before.first().id());
        assertThat(new LinkCodes(after).verify(code)).contains(link);
        assertThat(new LinkCodes(before).verify(new LinkCodes(after).mint(link)))
                .isEmpty();
    }

    @Test
    void generatedKeysAreRotatedInTheDataDirectory() throws IOException {
        String old = generate("keys/links");
        generate("keys/payloads");

        assertThat(run("--rotate")).isZero();

        Path file = data.resolve("keys/links");
        KeyRing after = KeyRing.parse(Files.readString(file).strip());
        assertThat(after.setting()).endsWith("," + old);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(printed()).isEmpty();
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains(after.first().id(), file.toString())
                .doesNotContain(old.substring(old.indexOf(':') + 1));
    }

    @Test
    void aRunningFlowmailsKeysAreNotRotatedButMayBeLookedAt() throws IOException {
        String old = generate("keys/links");
        generate("keys/payloads");
        try (DataDirectory running = DataDirectory.open(data)) {
            assertThatThrownBy(() -> run("--rotate"))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(running.path().toString())
                    .hasMessageContaining("Stop it first");
            assertThat(run("--rotate", "--print")).isZero();
        }
        assertThat(Files.readString(data.resolve("keys/links")).strip()).isEqualTo(old);
        assertThat(printed()).contains("," + old);
    }

    @Test
    void keysOfTheEnvironmentArePrintedAndGeneratedOnesRotatedInPlace() throws IOException {
        variables.put(LINKS, new KeyRing(List.of(Key.generate())).setting());
        generate("keys/payloads");

        assertThat(run("--rotate")).isZero();

        assertThat(printed().lines()).hasSize(1).first().asString().startsWith(LINKS);
        assertThat(KeyRing.parse(Files.readString(data.resolve("keys/payloads")).strip())
                        .keys())
                .hasSize(2);
    }

    @Test
    void whereThereAreNoKeysThereIsNothingToRotate() {
        assertThatThrownBy(() -> run("--rotate"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(LINKS)
                .hasMessageContaining("Without --rotate");
        assertThat(data).doesNotExist();
    }

    @Test
    void brokenKeysAreNamedAndKept() throws IOException {
        generate("keys/payloads");
        Files.writeString(data.resolve("keys/links"), "c2VjcmV0");

        assertThatThrownBy(() -> run("--rotate"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("keys/links is wrong")
                .message()
                .doesNotContain("c2VjcmV0");
        assertThat(data.resolve("keys/links")).hasContent("c2VjcmV0");
    }

    @Test
    void anEnvironmentFileIsMadeForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("flowmail.env");

        assertThat(run("--env-file", file.toString())).isZero();

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(printed()).isEmpty();
        assertThat(listing(directory)).containsExactly("flowmail.env");
    }

    @Test
    void ofAnEnvironmentFileOnlyTheTwoLinesAreReplaced() throws IOException {
        Path file = Files.writeString(directory.resolve("flowmail.env"), """
            # Secrets
            POSTGRES_PASSWORD="a=b"
            export FLOWMAIL_KEYS_LINKS=
            #FLOWMAIL_KEYS_PAYLOADS=example

            FLOWMAIL_AUTH_USERNAME=flow
            """);

        assertThat(run("--env-file=" + file)).isZero();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(8);
        assertThat(lines)
                .startsWith("# Secrets", "POSTGRES_PASSWORD=\"a=b\"")
                .contains("#FLOWMAIL_KEYS_PAYLOADS=example", "", "FLOWMAIL_AUTH_USERNAME=flow");
        assertThat(lines.get(2)).matches("export FLOWMAIL_KEYS_LINKS=[0-9a-f]{8}:[A-Za-z0-9+/]{43}=");
        assertThat(lines.get(6)).startsWith(PAYLOADS + "=");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void keysOfAnEnvironmentFileAreReplacedByRotationOnlyAndKept() throws IOException {
        Path file = directory.resolve("flowmail.env");
        KeyRing old = new KeyRing(List.of(Key.generate()));
        Files.writeString(file, LINKS + "='" + old.setting() + "'\n" + PAYLOADS + "=" + old.setting() + "\n");

        assertThat(run("--env-file", file.toString())).isZero();
        assertThat(Files.readAllLines(file).get(2)).startsWith(RECEIPTS + "=");
        assertThatThrownBy(() -> run("--env-file", file.toString()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("--rotate");
        assertThat(run("--env-file", file.toString(), "--rotate")).isZero();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).matches("\\w+=[0-9a-f]{8}:[^,]+,[0-9a-f]{8}:[^,]+"));
        assertThat(lines.subList(0, 2)).allSatisfy(line -> assertThat(line).endsWith("," + old.setting()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rotat",
                "now",
                "--env-file",
                "--env-file=",
                "--env-file=a --print",
                "--env-file=a --env-file=b"
            })
    void whatMakesNoSenseIsRefused(String arguments) {
        assertThatThrownBy(() -> run(arguments.split(" ", -1))).isInstanceOf(UsageException.class);
    }

    private int run(String... arguments) {
        KeysCommand keys = new KeysCommand(() -> Environments.of(variables), stream(out), stream(messages));
        CommandParser.read(CommandParser.of(keys), List.of(arguments));
        return keys.run();
    }

    private String generate(String file) throws IOException {
        String keys = new KeyRing(List.of(Key.generate())).setting();
        try (DataDirectory made = DataDirectory.open(data)) {
            made.writePrivately(file, keys + "\n");
        }
        return keys;
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String value(String line, String name) {
        assertThat(line).startsWith(name + "=");
        return line.substring(name.length() + 1);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> listing(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
