package dev.flowmail.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a program whether it is there. */
public final class Probe {
    private static final int PATIENCE_MILLIS = 10_000;

    private Probe() {}

    /** Whether a GET is answered with 200. */
    public static boolean isWell(URI address) {
        return status(address) == 200;
    }

    /** The status that a GET is answered with; 0 when nobody answers within 10 seconds. */
    public static int status(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException nobody) {
            return 0;
        }
    }
}
