package dev.flowmail.activities.network;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** What HTTP clients here begin with: they send once what they are told, and hand back what comes as it is. */
public final class FaithfulHttp {

    private FaithfulHttp() {}

    /** A client that repeats, follows, remembers, signs and unpacks nothing by itself. */
    public static HttpClientBuilder client() {
        return HttpClients.custom()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression();
    }

    /** Since nothing is repeated, a connection that has died is noticed before its use. */
    public static ConnectionConfig.Builder connections(Timeout connect) {
        return ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS);
    }
}
