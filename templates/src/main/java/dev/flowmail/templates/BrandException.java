package dev.flowmail.templates;

/** Something in the brand directory cannot be used. The message names what, and says what to do. */
public final class BrandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrandException(String sentence) {
        super(sentence);
    }

    BrandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
