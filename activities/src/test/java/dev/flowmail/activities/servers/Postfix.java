package dev.flowmail.activities.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Postfix of its own, on a free port and with every file in one directory: STARTTLS and a sign-in are required, and every
 * mail ends in a maildir. It is Debian's, has to be installed (postfix, sasl2-bin) and is started by root only.
 */
public final class Postfix implements AutoCloseable {
    public static final String USER = "flow";
    public static final String PASSWORD = "s3cret word";

    private static final String HOST = "mail.example.com";
    private static final String NOBODY = "65534";

    private final Path directory;
    private final int port;

    /** Starts it; returns when it listens. */
    public static Postfix start(TestCertificate certificate) throws IOException, GeneralSecurityException {
        // not where the tests' temporary directories are: those are closed to Postfix's own users
        Path directory = Files.createTempDirectory(
                Path.of("/var/tmp"),
                "postfix",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Postfix postfix = new Postfix(directory, freePort());
        postfix.configure(certificate);
        run("postfix", "-c", postfix.config().toString(), "start");
        return postfix;
    }

    private Postfix(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    public int port() {
        return port;
    }

    /** What has arrived, as it lies in the maildir, the oldest first. */
    public List<byte[]> arrived() {
        Path inbox = directory.resolve("mail/inbox/new");
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> mails = Files.list(inbox)) {
            return mails.sorted(Comparator.comparing(Postfix::age))
                    .map(Postfix::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What it has logged: why something did not arrive. */
    public String log() {
        return new String(read(directory.resolve("log")), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        run("postfix", "-c", config().toString(), "stop");
        run("rm", "-rf", directory.toString());
    }

    private Path config() {
        return directory.resolve("config");
    }

    private void configure(TestCertificate certificate) throws IOException, GeneralSecurityException {
        for (String part : List.of("config/sasl", "queue", "data", "mail")) {
            Files.createDirectories(directory.resolve(part));
        }
        Files.writeString(directory.resolve("server.pem"), certificate.pem());
        Files.writeString(config().resolve("main.cf"), """
                compatibility_level = 3.6
                myhostname = %1$s
                mydestination =
                alias_maps =
                alias_database =
                local_recipient_maps =
                queue_directory = %2$s/queue
                data_directory = %2$s/data
                maillog_file_prefixes = %2$s
                maillog_file = %2$s/log
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                smtputf8_enable = yes
                message_size_limit = 60000000
                virtual_mailbox_limit = 0
                virtual_mailbox_domains = static:all
                virtual_mailbox_maps = static:inbox/
                virtual_mailbox_base = %2$s/mail
                virtual_minimum_uid = 1
                virtual_uid_maps = static:%3$s
                virtual_gid_maps = static:%3$s
                smtpd_tls_chain_files = %2$s/server.pem
                smtpd_tls_security_level = encrypt
                smtpd_tls_auth_only = yes
                smtpd_sasl_auth_enable = yes
                smtpd_relay_restrictions = permit_sasl_authenticated, reject
                smtpd_recipient_restrictions = permit_sasl_authenticated, reject
                """.formatted(HOST, directory, NOBODY));
        Files.writeString(config().resolve("master.cf"), """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                virtual unix - n n - - virtual
                error unix - - n - - error
                retry unix - - n - - error
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port));
        Files.writeString(config().resolve("sasl/smtpd.conf"), """
                pwcheck_method: auxprop
                auxprop_plugin: sasldb
                sasldb_path: %s/sasldb
                mech_list: PLAIN LOGIN
                """.formatted(directory));
        String sasldb = directory.resolve("sasldb").toString();
        runWith(PASSWORD, "saslpasswd2", "-p", "-c", "-f", sasldb, "-u", HOST, USER);
        run("chown", "postfix", sasldb, directory.resolve("data").toString());
        run("chown", NOBODY, directory.resolve("mail").toString());
    }

    private static void run(String... command) throws IOException {
        runWith("", command);
    }

    private static void runWith(String input, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + " failed: " + said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long age(Path mail) {
        return mail.toFile().lastModified();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
