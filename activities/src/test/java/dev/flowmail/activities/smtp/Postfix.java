package dev.flowmail.activities.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Postfix of its own, apart from the machine's: submission with STARTTLS and sign-in (Cyrus SASL), everything is delivered
 * into one Maildir. Root starts it, or sudo where that asks for no password.
 */
final class Postfix implements AutoCloseable {
    static final String USERNAME = "flow@example.com";
    static final String PASSWORD = "p\u00e4ss word";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOBODY = 65_534;

    private final int port = Ports.free();
    private final Path directory;

    private Postfix(Path directory) {
        this.directory = directory;
    }

    /** Starts it below a directory, and waits until it listens. */
    static Postfix start(Path directory, TestCertificate certificate) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/sbin/postfix"))) {
            throw new IllegalStateException(
                    "These tests need Postfix and Cyrus SASL: install them (Debian: apt-get install"
                            + " postfix sasl2-bin libsasl2-modules), or use ./flowmail test, which does");
        }
        Postfix postfix = new Postfix(directory);
        postfix.configure(certificate);
        postfix.asRoot("", "postfix", "-c", postfix.path("conf"), "start");
        await().atMost(PATIENCE).until(postfix::isListening);
        return postfix;
    }

    int port() {
        return port;
    }

    /** The sources of the mails as they were delivered, oldest first, once there are so many. */
    List<byte[]> delivered(int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> files().size() >= count);
        return files().stream().map(Postfix::read).toList();
    }

    @Override
    public void close() {
        asRoot("", "postfix", "-c", path("conf"), "stop");
        asRoot("", "rm", "-rf", path("queue"), path("data"), path("mail"), path("sasldb"));
    }

    private void configure(TestCertificate certificate) throws Exception {
        // Postfix's own users must reach what is theirs
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("conf", "conf/sasl", "queue", "data", "mail")) {
            Files.createDirectory(directory.resolve(name));
        }
        asRoot("", "chown", "postfix", path("data"));
        asRoot("", "chown", Integer.toString(NOBODY), path("mail"));
        Files.writeString(directory.resolve("server.pem"), certificate.pem());
        Files.writeString(directory.resolve("conf/sasl/smtpd.conf"), """
            pwcheck_method: auxprop
            auxprop_plugin: sasldb
            sasldb_path: %s
            mech_list: PLAIN LOGIN
            """.formatted(path("sasldb")));
        asRoot(PASSWORD, "saslpasswd2", "-f", path("sasldb"), "-c", "-p", "-u", "example.com", "flow");
        asRoot("", "chown", "postfix", path("sasldb"));
        Files.writeString(directory.resolve("conf").resolve("main.cf"), """
            compatibility_level = 3.6
            queue_directory = %1$s/queue
            data_directory = %1$s/data
            maillog_file = %1$s/data/log
            maillog_file_prefixes = %1$s
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = localhost
            mydestination =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            alias_maps =
            virtual_mailbox_domains = static:all
            virtual_mailbox_base = %1$s/mail
            virtual_mailbox_maps = static:all/
            virtual_minimum_uid = 1
            virtual_uid_maps = static:%2$d
            virtual_gid_maps = static:%2$d
            smtputf8_enable = yes
            smtpd_tls_security_level = encrypt
            smtpd_tls_auth_only = yes
            smtpd_tls_chain_files = %1$s/server.pem
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = cyrus
            smtpd_sasl_path = smtpd
            cyrus_sasl_config_path = %1$s/conf/sasl
            smtpd_recipient_restrictions = permit_sasl_authenticated, reject
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            """.formatted(directory, NOBODY));
        Files.writeString(directory.resolve("conf").resolve("master.cf"), """
            127.0.0.1:%d inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """.formatted(port));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private List<Path> files() {
        asRoot("", "chmod", "-R", "a+rX", path("mail"));
        Path box = directory.resolve("mail").resolve("all").resolve("new");
        if (!Files.exists(box)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(box)) {
            return files.sorted(Comparator.comparing(Postfix::deliveredAt)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names sort by the second only. */
    private static FileTime deliveredAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(3), US_ASCII).equals("220");
        } catch (IOException e) {
            return false;
        }
    }

    private String asRoot(String input, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        if (!System.getProperty("user.name").equals("root")) {
            words.addAll(0, List.of("sudo", "-n"));
        }
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("said").toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            int status = process.waitFor();
            String said = Files.readString(directory.resolve("said"));
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", words)
                        + " failed, which root may do only (or sudo, when it" + " asks for no password): " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
