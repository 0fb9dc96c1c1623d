package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Jdk;
import dev.flowmail.verification.programs.PackagedFlowmail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program is made of. */
@ExtendWith(EndToEnd.class)
class SupplyChainIT {
    private static final Path LICENCES = Path.of("..", "docs", "licences.md");
    private static final String BEGIN = "<!-- written by SupplyChainIT -->\n";

    private final World world;

    SupplyChainIT(World world) {
        this.world = world;
    }

    @Test
    void theJarSaysWhatIsInItAndTellsNobodyElse() throws IOException {
        try (JarFile jar = new JarFile(PackagedFlowmail.jar().toFile())) {
            List<String> components = components(jar);
            List<String> libraries = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("BOOT-INF/lib/".length()))
                    // added by Spring Boot's packaging
                    .filter(name -> !name.startsWith("spring-boot-jarmode-tools-"))
                    .toList();

            assertThat(libraries).isNotEmpty();
            assertThat(components).containsAll(libraries);
        }
        assertThat(world.recipient
                        .open(world.flowmail().address("/actuator/sbom"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theListOfLicencesIsThatOfTheJar() throws IOException {
        String document = Files.readString(LICENCES);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        String table = licences();
        if (System.getProperty("licences.write") != null) {
            Files.writeString(LICENCES, document.substring(0, begin) + table);
        } else {
            assertThat(document.substring(begin))
                    .as("docs/licences.md; -Dlicences.write writes it anew")
                    .isEqualTo(table);
        }
    }

    private static String licences() throws IOException {
        SortedMap<String, SortedSet<String>> libraries = new TreeMap<>();
        try (JarFile jar = new JarFile(PackagedFlowmail.jar().toFile())) {
            for (JsonNode component : bill(jar).path("components")) {
                if (!component.path("group").asString().equals("dev.flowmail")) {
                    libraries
                            .computeIfAbsent(licences(component), licences -> new TreeSet<>())
                            .add(component.path("group").asString() + ":"
                                    + component.path("name").asString());
                }
            }
        }
        return libraries.entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | " + String.join(", ", entry.getValue()) + " |\n")
                .collect(Collectors.joining("", "| licences | libraries |\n|---|---|\n", ""));
    }

    private static String licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(licence -> licence.has("expression") ? licence.path("expression") : name(licence.path("license")))
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
    }

    private static JsonNode name(JsonNode licence) {
        return licence.has("id") ? licence.path("id") : licence.path("name");
    }

    @Test
    void whatIsForTestsOnlyIsNotInTheJar() throws IOException {
        try (JarFile jar = new JarFile(PackagedFlowmail.jar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .anyMatch(name -> name.matches("BOOT-INF/lib/temporal-sdk.*"))
                    .noneMatch(
                            name -> name.matches(
                                    "BOOT-INF/lib/(flowmail-servers|awaitility|temporal-test|junit|assertj|mockito|greenmail|wiremock).*"));
        }
    }

    @Test
    void theDemoHoldsNothingOfTheTestsAndNoTemporal() throws IOException {
        try (JarFile jar = new JarFile(
                Path.of("..", "simulator", "target", "simulator.jar").toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("BOOT-INF/classes/dev/flowmail/simulator/Simulator.class")
                    .noneMatch(name ->
                            name.matches(".*(/verification/|/drill/|/bench/|/flowmail-servers|/temporal-|/grpc-).*"));
        }
    }

    @Test
    void theArchiveOfItsClassesFits() {
        List<String> command = new ArrayList<>(List.of(Jdk.program("java"), "-Xlog:class+load"));
        command.addAll(PackagedFlowmail.unpacked());
        command.addAll(List.of("keys", "--help"));

        assertThat(new Command(command).run().said())
                .contains("dev.flowmail.api.Flowmail source: shared objects file (top)");
    }

    /** As the jars are called. */
    private static List<String> components(JarFile jar) throws IOException {
        return StreamSupport.stream(bill(jar).path("components").spliterator(), false)
                .map(component -> component.path("name").asString() + "-"
                        + component.path("version").asString() + ".jar")
                .toList();
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        try (InputStream bytes = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
            return JsonMapper.shared().readTree(bytes);
        }
    }
}
