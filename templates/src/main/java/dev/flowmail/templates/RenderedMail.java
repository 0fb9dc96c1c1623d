package dev.flowmail.templates;

/** A mail's two bodies: the same content as plain text and as HTML. */
public record RenderedMail(String text, String html) {}
