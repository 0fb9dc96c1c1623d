package dev.flowmail.activities.servers;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on. */
public final class Ports {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * Never the same one twice, and none that the system gives to connections on their way out (Linux from 32768, others from
     * 49152): one of these would take it before the test's own server does.
     */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_768);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
