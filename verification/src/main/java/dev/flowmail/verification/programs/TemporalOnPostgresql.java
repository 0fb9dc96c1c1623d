package dev.flowmail.verification.programs;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Temporal's own server on PostgreSQL, as docker-compose.yml runs them: the same environment, the same scripts. Killing it kills
 * the server; PostgreSQL stays.
 */
public final class TemporalOnPostgresql implements TemporalServer {
    private static final String USER = "temporal";
    private static final String PASSWORD = "drill";
    private static final Path SCRIPTS = Path.of("deploy").toAbsolutePath();

    private final int port = portFrom(18_000);
    private final int databasePort = Program.freePort();
    private final Path logs;
    private final Path tools;
    private final Path directory;
    private final Program database;
    private final Program server;

    /**
     * Not started yet.
     *
     * @param tools a directory with {@code temporal-server} and {@code temporal-sql-tool} 1.32
     * @param postgresql the directory of its programs, {@code initdb} among them
     */
    public TemporalOnPostgresql(Path tools, Path postgresql, Path logs) {
        this.logs = logs;
        this.tools = tools;
        this.directory = directory();
        Path data = directory.resolve("data");
        run("initdb", asPostgres(postgresql.resolve("initdb"), "-D", data, "-U", USER, "--auth=trust", "-E", "UTF8"));
        this.database = new Program(
                logs.resolve("postgresql.log"),
                asPostgres(
                        postgresql.resolve("postgres"),
                        "-D",
                        data,
                        "-p",
                        databasePort,
                        "-h",
                        "127.0.0.1",
                        "-k",
                        directory,
                        "-N",
                        "200"),
                Map.of());
        this.server = new Program(
                logs.resolve("temporal.log"),
                List.of(tools.resolve("temporal-server").toString(), "--allow-no-auth", "start"),
                Map.ofEntries(
                        entry("DB", "postgres12"),
                        entry("DB_PORT", Integer.toString(databasePort)),
                        entry("POSTGRES_SEEDS", "127.0.0.1"),
                        entry("POSTGRES_USER", USER),
                        entry("POSTGRES_PWD", PASSWORD),
                        entry("NUM_HISTORY_SHARDS", "512"),
                        entry("BIND_ON_IP", "127.0.0.1"),
                        entry(
                                "DYNAMIC_CONFIG_FILE_PATH",
                                SCRIPTS.resolve("dynamicconfig.yaml").toString()),
                        entry("FRONTEND_GRPC_PORT", Integer.toString(port)),
                        entry("FRONTEND_HTTP_PORT", Integer.toString(portFrom(18_100))),
                        entry("FRONTEND_MEMBERSHIP_PORT", Integer.toString(portFrom(18_200))),
                        entry("HISTORY_GRPC_PORT", Integer.toString(portFrom(18_300))),
                        entry("HISTORY_MEMBERSHIP_PORT", Integer.toString(portFrom(18_400))),
                        entry("MATCHING_GRPC_PORT", Integer.toString(portFrom(18_500))),
                        entry("MATCHING_MEMBERSHIP_PORT", Integer.toString(portFrom(18_600))),
                        entry("WORKER_GRPC_PORT", Integer.toString(portFrom(18_700))),
                        entry("WORKER_MEMBERSHIP_PORT", Integer.toString(portFrom(18_800))),
                        entry("LOG_LEVEL", "warn")));
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The first start makes the databases and the namespace. */
    @Override
    public TemporalOnPostgresql start() {
        boolean first = !database.isAlive();
        if (first) {
            database.start();
            database.awaitReady(() -> Program.isListening(databasePort));
            script("schema");
        }
        server.start();
        server.awaitReady(() -> Program.isListening(port));
        if (first) {
            script("namespace");
        }
        return this;
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        for (Program program : List.of(server, database)) {
            if (program.isAlive()) {
                program.kill();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void script(String name) {
        Map<String, String> environment = Map.ofEntries(
                entry("PATH", tools + ":" + TemporalProcess.cli().resolveSibling("") + ":" + System.getenv("PATH")),
                entry("SQL_PLUGIN", "postgres12"),
                entry("SQL_HOST", "127.0.0.1"),
                entry("SQL_PORT", Integer.toString(databasePort)),
                entry("SQL_USER", USER),
                entry("SQL_PASSWORD", PASSWORD),
                entry("TEMPORAL_ADDRESS", address()),
                entry("TEMPORAL_NAMESPACE", "default"));
        run(name, List.of("sh", SCRIPTS.resolve(name + ".sh").toString()), environment);
    }

    /** Temporal keeps its ports in a column of 15 bits. */
    private static int portFrom(int first) {
        return IntStream.range(first, first + 100)
                .filter(port -> !Program.isListening(port))
                .findFirst()
                .orElseThrow();
    }

    /** Where PostgreSQL's own user may write: it refuses to run as root. */
    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("flowmail-drill");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asPostgres(Object... command) {
        Stream<String> words = Stream.of(command).map(Object::toString);
        Stream<String> user = System.getProperty("user.name").equals("root")
                ? Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
                : Stream.of();
        return Stream.concat(user, words).toList();
    }

    private void run(String name, List<String> command) {
        run(name, command, Map.of());
    }

    private void run(String name, List<String> command, Map<String, String> environment) {
        Program program = new Program(logs.resolve(name + ".log"), command, environment);
        program.start();
        if (program.awaitEnd() != 0) {
            throw new IllegalStateException(program + " failed");
        }
    }
}
