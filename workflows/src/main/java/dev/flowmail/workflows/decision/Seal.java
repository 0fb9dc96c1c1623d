package dev.flowmail.workflows.decision;

/**
 * What an answer came in, as the data converter found it. It stands in no payload: the converter sets it on what it decodes.
 *
 * @param bound whether it was encrypted as an answer to this very request; earlier versions did not say what for
 * @param id the same for the same ciphertext, and for no other
 */
public record Seal(boolean bound, String id) {}
