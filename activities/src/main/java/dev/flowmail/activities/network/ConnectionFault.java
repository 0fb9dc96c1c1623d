package dev.flowmail.activities.network;

import dev.flowmail.activities.network.ForwardProxy.ProxyFaultException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why there is no answer over HTTP, in words of ours: the libraries' name addresses and, at times, headers. */
public final class ConnectionFault {

    private ConnectionFault() {}

    /** The end of a sentence, without a full stop. */
    public static String reason(IOException failure) {
        if (failure instanceof ProxyFaultException proxy) {
            return String.valueOf(proxy.getMessage());
        }
        if (failure instanceof UnknownHostException) {
            return "its name has no address";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof SSLException) {
            return "its TLS certificate or handshake is not acceptable";
        }
        return "the connection failed (" + failure.getClass().getSimpleName() + ")";
    }
}
