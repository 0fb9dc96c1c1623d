package dev.flowmail.activities.smtp;

import java.net.IDN;
import java.net.URI;

/**
 * What Flowmail calls itself towards mail servers: the host of its public address.
 *
 * @param host a DNS name or an address literal, in ASCII
 */
record OwnName(String host) {

    static OwnName of(URI publicUrl) {
        String host = publicUrl.getHost();
        return new OwnName(host == null ? "localhost" : host.startsWith("[") ? host : IDN.toASCII(host));
    }

    /** RFC 5321, section 4.1.3: an address stands in brackets. */
    String inGreetings() {
        if (host.startsWith("[")) {
            return "[IPv6:" + host.substring(1);
        }
        return isAddress() ? "[" + host + "]" : host;
    }

    String inMessageIds() {
        return isAddress() ? "[" + host + "]" : host;
    }

    private boolean isAddress() {
        return host.matches("[0-9.]+");
    }
}
