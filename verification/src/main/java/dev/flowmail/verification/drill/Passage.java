package dev.flowmail.verification.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One connection through a wire: what either side says reaches the other, as far and as soon as it may. */
final class Passage {
    private final Socket client;
    private final Socket server;
    private final Gate gate;
    private final Runnable whenOver;

    /** @param gate what all bytes wait for */
    Passage(Socket client, Socket server, Gate gate, Runnable whenOver) {
        this.client = client;
        this.server = server;
        this.gate = gate;
        this.whenOver = whenOver;
    }

    /** Returns when something may pass. */
    @FunctionalInterface
    interface Gate {
        void pass() throws InterruptedException;
    }

    /** Whether so many bytes, read at once, may still pass. */
    @FunctionalInterface
    interface Limit {
        boolean lets(int length) throws InterruptedException;
    }

    void toServer(Limit limit) {
        copy(client, server, limit);
    }

    void toClient(Limit limit) {
        copy(server, client, limit);
    }

    private void copy(Socket from, Socket to, Limit limit) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                gate.pass();
                if (!limit.lets(length)) {
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException cut) {
            // one side is gone: so is the other, below
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            cut(from);
            cut(to);
            whenOver.run();
        }
    }

    /** Ends a connection at once. */
    static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }
}
