package dev.flowmail.activities.flow;

import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The codec of the user header: {@code Key=Value} pairs joined by {@code &}, the whole URL-encoded once and sent as
 * {@code Authorization}. The engine knows the user by it, so the late answer carries it back as it came.
 */
public final class Who {

    private static final List<String> KEYS = List.of(
            "ManyWhoTenantId",
            "ManyWhoUserId",
            "ManyWhoToken",
            "DirectoryId",
            "DirectoryName",
            "RoleId",
            "RoleName",
            "PrimaryGroupId",
            "PrimaryGroupName",
            "Email",
            "IdentityProvider",
            "TenantName",
            "Token",
            "Username",
            "UserId",
            "FirstName",
            "LastName");
    private static final Set<String> KNOWN = Set.copyOf(KEYS);

    /** With the tenant's id all that Flow's own SDK insists on: it refuses a who of which one of these is missing or blank. */
    private static final Map<String, String> PUBLIC_USER = Map.of(
            "UserId", "PUBLIC_USER",
            "ManyWhoUserId", "52DF1A90-3826-4508-B7C2-CDE8AA5B72CF",
            "ManyWhoToken", "NONE",
            "DirectoryId", "UNAUTHENTICATED",
            "DirectoryName", "UNKNOWN",
            "IdentityProvider", "NONE",
            "Email", "admin@manywho.com",
            "TenantName", "UNKNOWN",
            "Token", "NONE");

    /** What may stand in a header of ours: visible ASCII, no more than a server takes. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]{1,8192}");

    private Who() {}

    /**
     * Finds the who value among a request's {@code Authorization} headers, to be sent back as it came. Values joined by a
     * comma are several values; {@code Basic …} and whatever else is not a who is passed over.
     *
     * @param authorization the headers' values, any number of them
     * @param tenantId the request's tenant
     * @return the first who value, still encoded; without one the encoded public user of the tenant
     */
    public static String toEcho(List<String> authorization, String tenantId) {
        return values(authorization)
                .filter(value -> decode(value).isPresent())
                .findFirst()
                .orElseGet(() -> publicUser(tenantId));
    }

    /**
     * The tenant for which a request's user is signed in.
     *
     * @param authorization the headers' values, any number of them
     * @return the {@code ManyWhoTenantId} of the first who value
     */
    public static Optional<String> tenantId(List<String> authorization) {
        return values(authorization)
                .flatMap(value -> decode(value).stream())
                .findFirst()
                .map(pairs -> pairs.get("ManyWhoTenantId"));
    }

    private static Stream<String> values(List<String> authorization) {
        return authorization.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip);
    }

    /**
     * Decodes a who value. A pair is split at its first {@code =}; of a key that stands there twice the first value counts;
     * what is no pair or has an unknown key is dropped.
     *
     * @return the known pairs in the order given; empty when the value is not a who: longer than 8,192 characters, not
     *     URL-encoded, or not beginning with a known key
     */
    public static Optional<Map<String, String>> decode(String encoded) {
        if (!HEADER_VALUE.matcher(encoded).matches()
                || encoded.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        String[] parts;
        try {
            parts = URLDecoder.decode(encoded, StandardCharsets.UTF_8).split("&", -1);
        } catch (IllegalArgumentException notUrlEncoded) {
            return Optional.empty();
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals > 0 && KNOWN.contains(part.substring(0, equals))) {
                pairs.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
            } else if (pairs.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }

    /**
     * Encodes pairs with known keys in the contract's order; others are left out. An {@code &} within a value becomes
     * {@code %26}: it could not be told from one between pairs.
     */
    public static String encode(Map<String, String> pairs) {
        return URLEncoder.encode(
                KEYS.stream()
                        .flatMap(key ->
                                Stream.ofNullable(pairs.get(key)).map(value -> key + "=" + value.replace("&", "%26")))
                        .collect(joining("&")),
                StandardCharsets.UTF_8);
    }

    /** The encoded user of a flow in which nobody is logged in. */
    public static String publicUser(String tenantId) {
        Map<String, String> pairs = new LinkedHashMap<>(PUBLIC_USER);
        pairs.put("ManyWhoTenantId", tenantId);
        return encode(pairs);
    }
}
