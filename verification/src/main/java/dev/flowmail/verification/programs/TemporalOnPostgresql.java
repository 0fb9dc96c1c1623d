package dev.flowmail.verification.programs;

import static java.util.Map.entry;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Program;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.servers.TemporalServer;
import java.nio.file.Path;
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
    private final Path logs;
    private final Path tools;
    private final Postgresql database;
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
        this.database = new Postgresql(postgresql, USER, logs);
        this.server = new Program(
                logs.resolve("temporal.log"),
                List.of(tools.resolve("temporal-server").toString(), "--allow-no-auth", "start"),
                Map.ofEntries(
                        entry("DB", "postgres12"),
                        entry("DB_PORT", Integer.toString(database.port())),
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

    @Override
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(server.handle()), database.processes().stream())
                .toList();
    }

    /** The first start makes the databases and the namespace. */
    @Override
    public TemporalOnPostgresql start() {
        boolean first = !database.isAlive();
        if (first) {
            database.start();
            script("schema");
        }
        server.start();
        server.awaitReady(() -> Ports.isListening(port));
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
        server.close();
        database.close();
    }

    private void script(String name) {
        Map<String, String> environment = Map.ofEntries(
                entry("PATH", tools + ":" + TemporalProcess.cli().resolveSibling("") + ":" + System.getenv("PATH")),
                entry("SQL_PLUGIN", "postgres12"),
                entry("SQL_HOST", "127.0.0.1"),
                entry("SQL_PORT", Integer.toString(database.port())),
                entry("SQL_USER", USER),
                entry("SQL_PASSWORD", PASSWORD),
                entry("TEMPORAL_ADDRESS", address()),
                entry("TEMPORAL_NAMESPACE", "default"));
        new Program(
                        logs.resolve(name + ".log"),
                        List.of("sh", SCRIPTS.resolve(name + ".sh").toString()),
                        environment)
                .runToEnd();
    }

    /** Temporal keeps its ports in a column of 15 bits. */
    private static int portFrom(int first) {
        return IntStream.range(first, first + 100)
                .filter(port -> !Ports.isListening(port))
                .findFirst()
                .orElseThrow();
    }
}
