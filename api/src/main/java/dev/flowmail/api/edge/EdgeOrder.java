package dev.flowmail.api.edge;

import org.springframework.core.Ordered;

/** In which order requests pass the filters: the cheapest question first. */
public final class EdgeOrder {
    static final int LEFTOVER = Ordered.HIGHEST_PRECEDENCE + 4;
    static final int HEADERS = Ordered.HIGHEST_PRECEDENCE + 5;
    static final int ESCAPED_SLASH = Ordered.HIGHEST_PRECEDENCE + 7;
    static final int HOST = Ordered.HIGHEST_PRECEDENCE + 10;
    static final int CROSS_SITE = Ordered.HIGHEST_PRECEDENCE + 15;
    static final int CREDENTIALS = Ordered.HIGHEST_PRECEDENCE + 20;
    /** Whether a decision link's code is genuine, before anything of the form is read. */
    public static final int CODES = Ordered.HIGHEST_PRECEDENCE + 25;

    static final int RATE = Ordered.HIGHEST_PRECEDENCE + 30;
    static final int BODY = Ordered.HIGHEST_PRECEDENCE + 40;
    static final int CONCURRENCY = Ordered.HIGHEST_PRECEDENCE + 50;

    private EdgeOrder() {}
}
