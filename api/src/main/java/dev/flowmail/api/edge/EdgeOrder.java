package dev.flowmail.api.edge;

import org.springframework.core.Ordered;

/** In which order requests pass the filters: the cheapest question first. */
final class EdgeOrder {
    static final int HOST = Ordered.HIGHEST_PRECEDENCE + 10;
    static final int CREDENTIALS = Ordered.HIGHEST_PRECEDENCE + 20;
    static final int BODY = Ordered.HIGHEST_PRECEDENCE + 30;

    private EdgeOrder() {}
}
