package dev.flowmail.api.temporal;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the embedded Temporal server is started.
 *
 * @param namespace made when it is not there
 * @param webPort where Flowmail itself listens: the UI's codec
 * @param ui where the server's UI listens; empty for none
 */
record ServerCommand(TemporalProperties settings, String namespace, int webPort, Optional<InetSocketAddress> ui) {

    private static final String HOST = "127.0.0.1";
    private static final byte[] HOST_BYTES = {127, 0, 0, 1};

    List<String> line(TemporalCli cli, Path database) {
        List<String> command = new ArrayList<>(List.of(
                cli.path().toString(),
                "server",
                "start-dev",
                "--ip",
                HOST,
                "--port",
                String.valueOf(settings.port()),
                "--namespace",
                namespace,
                "--db-filename",
                database.toString(),
                // twice as fast, and a crash of the process loses nothing
                "--sqlite-pragma",
                "journal_mode=WAL",
                "--sqlite-pragma",
                "synchronous=NORMAL",
                // its HTTP API asks for no login and takes what any page posts: it refuses every host
                "--dynamic-config-value",
                "frontend.httpAllowedHosts=[]",
                // else its task queues know no tenants
                "--dynamic-config-value",
                "matching.enableFairness=true",
                "--log-level",
                "warn"));
        command.addAll(ui.map(this::uiOptions).orElse(List.of("--headless")));
        for (SearchAttributes.Attribute attribute : SearchAttributes.ALL) {
            command.add("--search-attribute");
            command.add(attribute.name() + "=" + attribute.typeName());
        }
        return command;
    }

    private List<String> uiOptions(InetSocketAddress address) {
        return List.of(
                "--ui-ip",
                address.getAddress().getHostAddress(),
                "--ui-port",
                String.valueOf(address.getPort()),
                "--ui-codec-endpoint",
                "http://localhost:" + webPort + "/codec",
                "--ui-disable-news-fetch");
    }

    /** @throws CannotStartException when a port that the server or its UI is to have is taken */
    static void requireFreePorts(TemporalProperties settings) {
        requireFree("FLOWMAIL_TEMPORAL_PORT (flowmail.temporal.port)", settings.port());
        requireFree("FLOWMAIL_TEMPORAL_UI_PORT (flowmail.temporal.ui-port)", settings.uiPort());
    }

    private static void requireFree(String setting, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(HOST_BYTES), port));
        } catch (IOException taken) {
            throw new CannotStartException(
                    setting + ": port " + port + " of " + HOST + " is taken. Free it, or set another one.", taken);
        }
    }
}
