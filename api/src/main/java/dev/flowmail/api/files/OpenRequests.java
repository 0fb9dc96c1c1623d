package dev.flowmail.api.files;

/** Knows whether a request still runs. */
@FunctionalInterface
public interface OpenRequests {

    /**
     * Whether a request may still need what is kept for it. True when that cannot be found out just now.
     *
     * @param requestId the id of a decision's workflow or of a plain send's activity
     */
    boolean isOpen(String requestId);
}
