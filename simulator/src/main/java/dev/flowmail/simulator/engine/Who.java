package dev.flowmail.simulator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The user for whom Flow calls: the {@code Authorization} header, and back on the callback. */
public final class Who {

    /** {@code Key=Value} pairs joined by {@code &}, URL-encoded as one string. */
    private final String header;

    private Who(Map<String, String> pairs) {
        header = URLEncoder.encode(
                pairs.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining("&")),
                UTF_8);
    }

    /** A user that is logged in. The token has {@code =} in it, as real ones have. */
    public static Who loggedIn(String tenantId, String email) {
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put("ManyWhoTenantId", tenantId);
        pairs.put("ManyWhoUserId", "8f9d0c2b-4f0e-4d5e-9d2b-0c7d3a1f6f10");
        pairs.put("ManyWhoToken", "c2ltdWxhdG9yLXVzZXItdG9rZW4=");
        pairs.put("DirectoryId", "5f2c7a52-1a4d-4f0a-8b61-2a4e0f1d9c33");
        pairs.put("DirectoryName", "Simulator");
        pairs.put("RoleId", "null");
        pairs.put("RoleName", "null");
        pairs.put("PrimaryGroupId", "null");
        pairs.put("PrimaryGroupName", "null");
        pairs.put("Email", email);
        pairs.put("IdentityProvider", "NONE");
        pairs.put("TenantName", "simulator");
        pairs.put("Token", "NONE");
        pairs.put("Username", email);
        pairs.put("UserId", email);
        pairs.put("FirstName", "Sam");
        pairs.put("LastName", "Ülator");
        return new Who(pairs);
    }

    /** The header's value. */
    public String header() {
        return header;
    }
}
