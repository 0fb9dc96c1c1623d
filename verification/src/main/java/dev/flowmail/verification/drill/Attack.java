package dev.flowmail.verification.drill;

import java.net.URI;

/** One thing to do to Flowmail that it must refuse. */
enum Attack {
    FORGED_LINK("POST {link}0", Attack.FORM, "outcome=0"),
    PRESS_THAT_IS_NO_FORM("POST {link}", "Content-Type: text/plain", "outcome=0"),
    PRESS_AS_JSON("POST {link}", Attack.JSON, "{\"outcome\": 0}"),
    BROKEN_ESCAPE("POST {link}", Attack.FORM, "outcome=%zz"),
    FIELD_GIVEN_TWICE("POST {link}", Attack.FORM, "outcome=0&outcome=1"),
    MANY_FIELDS("POST {link}", Attack.FORM, "x=0&".repeat(500)),
    LONG_FORM("POST {link}", Attack.FORM, "outcome=0&comment=" + "x".repeat(200_000)),
    GUESSED_LOGIN("POST /api/email/1/metadata", Attack.JSON + "\r\n" + Wire.login("flow", "guess"), "{}"),
    NO_LOGIN("POST /api/email/1/actions/email", Attack.JSON, "{}"),
    CODEC("POST /codec/decode", Attack.JSON, "{}"),
    UNKNOWN_ENCODING("POST {link}", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
    SPACE_BEFORE_COLON("POST {link}", "Content-Type : application/x-www-form-urlencoded", "outcome=0"),
    MANY_HEADERS("POST {link}", "X: y\r\n".repeat(500) + "Z: z", "outcome=0"),
    ENDLESS_UPLOAD("POST /api/email/1/file/content", "Content-Type: multipart/form-data; boundary=b", Pace.BREAKS_OFF),
    ENDLESS_FORM("POST {link}", Attack.FORM, Pace.BREAKS_OFF),
    SLOW_HEADER("GET {link}", "X: y", Pace.DRIPS_HEADER),
    SLOW_FORM("POST {link}", Attack.FORM, Pace.DRIPS_BODY),
    SLOW_CALL("POST /api/email/1/actions/email", Attack.JSON, Pace.DRIPS_BODY);

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Content-Type: application/json";
    private static final long ENDLESS = 9_000_000_000L;

    private final String request;
    private final String headers;
    private final String body;
    private final Pace pace;

    private enum Pace {
        AT_ONCE,
        BREAKS_OFF,
        DRIPS_HEADER,
        DRIPS_BODY
    }

    Attack(String request, String headers, String body) {
        this(request, headers, body, Pace.AT_ONCE);
    }

    Attack(String request, String headers, Pace pace) {
        this(request, headers, "outcome=0&comment=", pace);
    }

    Attack(String request, String headers, String body, Pace pace) {
        this.request = request;
        this.headers = headers;
        this.body = body;
        this.pace = pace;
    }

    /**
     * Does it.
     *
     * @param link the path of a genuine link
     * @return the status of the answer, or what {@link Wire} has instead of one
     */
    int on(URI server, String link) {
        String head = request.replace("{link}", link) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + headers + "\r\n";
        return switch (pace) {
            case AT_ONCE -> Wire.send(server, head + length(body.length()) + body);
            case BREAKS_OFF -> Wire.send(server, head + length(ENDLESS) + body);
            case DRIPS_HEADER -> Wire.drip(server, head);
            case DRIPS_BODY -> Wire.drip(server, head + length(ENDLESS / 100_000) + body);
        };
    }

    private static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n\r\n";
    }
}
